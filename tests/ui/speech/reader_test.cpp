#include "shared/ui/speech/reader.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;

namespace {

/// A frame that is written node by node.
struct Written {
    SemanticFrame frame;
    explicit Written(std::string const& language = "en") { frame.language = language; }
    Node& add(Role role, std::string label, std::string value = {}) {
        Node node;
        node.role = role;
        node.id = "n" + std::to_string(frame.nodes.size());
        node.label = std::move(label);
        node.value = std::move(value);
        node.language = frame.language;
        frame.nodes.push_back(std::move(node));
        return frame.nodes.back();
    }
};

std::string text_of(std::vector<Phrase> const& phrases) {
    std::string out;
    for (auto const& phrase : phrases)
        out += (out.empty() ? "" : " ") + phrase.text;
    return out;
}

std::string said(Role role, std::string const& language, std::string const& value = {}) {
    Written written(language);
    written.add(role, "Label", value);
    return text_of(read_node(written.frame, 0, test_catalog()));
}

std::string node_in(Written const& written, std::size_t index) {
    return text_of(read_node(written.frame, index, test_catalog()));
}

} // namespace

TEST_CASE("speech: every role is said in both languages") {
    struct Row {
        Role role;
        char const* english;
        char const* spanish;
    };
    Row const rows[] = {
        {Role::Heading, "Label, heading.", "Label, título."},
        {Role::Section, "Label, heading.", "Label, título."},
        {Role::Text, "Label.", "Label."},
        {Role::Button, "Label, button.", "Label, botón."},
        {Role::Tile, "Label, button.", "Label, botón."},
        {Role::Row, "Label, button.", "Label, botón."},
        {Role::Chip, "Label, check box, not on.", "Label, casilla, no activada."},
        {Role::Radio, "Label, option, not on.", "Label, opción, no activada."},
        {Role::RadioGroup, "Label, choose one.", "Label, elija una opción."},
        {Role::Select, "Label, list.", "Label, lista."},
        {Role::Field, "Label, text field, empty.", "Label, campo de texto, vacío."},
        {Role::Key, "Label.", "Label."},
        {Role::Keyboard, "Label.", "Label."},
        {Role::Banner, "Label.", "Label."},
        {Role::Ring, "Label.", "Label."},
        {Role::Progress, "Label.", "Label."},
        {Role::Step, "Label.", "Label."},
        {Role::Staircase, "Label.", "Label."},
        {Role::MoneyBar, "Label.", "Label."},
        {Role::Legend, "Label.", "Label."},
        {Role::Table, "Label, table.", "Label, tabla."},
        {Role::TableRow, "Label.", "Label."},
        {Role::Cell, "Label.", "Label."},
        {Role::Timeline, "Label.", "Label."},
        {Role::TimelineEntry, "Label.", "Label."},
        {Role::Pill, "Label.", "Label."},
        {Role::Image, "Label, picture.", "Label, imagen."},
        {Role::Picture, "Label, picture.", "Label, imagen."},
        {Role::Group, "Label.", "Label."},
        {Role::Dialog, "Label, question.", "Label, pregunta."},
        {Role::Spinner, "Label.", "Label."},
        {Role::Countdown, "Label.", "Label."},
        {Role::Bar, "Label.", "Label."},
        {Role::Page, "Label.", "Label."},
    };
    CHECK(std::size(rows) == static_cast<std::size_t>(Role::Page) + 1);
    for (auto const& row : rows) {
        INFO(name(row.role));
        CHECK(said(row.role, "en") == row.english);
        CHECK(said(row.role, "es") == row.spanish);
    }
    CHECK(said(Role::Ring, "en", "$1,140 of $1,500") == "Label, 1140 dollars of 1500 dollars.");
}

TEST_CASE("speech: states, places and reasons are said") {
    Written list;
    list.add(Role::Row, "One").states.selected = true;
    list.add(Role::Row, "Two");
    list.add(Role::Row, "Three");
    CHECK(node_in(list, 0) == "One, button, selected, 1 of 3.");
    CHECK(node_in(list, 2) == "Three, button, 3 of 3.");

    Written print;
    auto& button = print.add(Role::Button, "Print");
    button.states.disabled = true;
    button.described_by = 1;
    print.add(Role::Text, "There are no cards.");
    CHECK(node_in(print, 0) == "Print, button, off, because: There are no cards.");
    print.frame.language = "es";
    CHECK(text_of(read_node(print.frame, 0, test_catalog())).find("porque") != std::string::npos);

    Written chip;
    chip.add(Role::Chip, "Open now").states.selected = true;
    CHECK(node_in(chip, 0) == "Open now, check box, on.");
    Written busy;
    auto& sending = busy.add(Role::Button, "Send", "Sending");
    sending.states.busy = true;
    CHECK(node_in(busy, 0) == "Send, button, Sending, please wait.");
    Written wrong;
    wrong.add(Role::Field, "ZIP code", "0299").states.invalid = true;
    CHECK(node_in(wrong, 0) == "ZIP code, text field. 0 2 9 9. needs correction.");
}

TEST_CASE("speech: of a secret only its length is said, to headphones") {
    Written pin;
    auto& field = pin.add(Role::Field, "PIN", "never here");
    field.sensitive = true;
    field.characters = 3;
    pin.add(Role::Key, "5").is_data = true;
    auto const said = read_node(pin.frame, 0, test_catalog());
    CHECK(text_of(said) == "PIN, text field. 3 characters.");
    CHECK_FALSE(said[0].personal);
    CHECK(said[1].personal);
    // Which key has the focus would tell the secret.
    auto const key = read_node(pin.frame, 1, test_catalog());
    REQUIRE(key.size() == 1);
    CHECK(key[0].text == "5");
    CHECK(key[0].personal);
    CHECK(text_of(read_screen(pin.frame, test_catalog())) == "PIN, text field. 3 characters.");
}

TEST_CASE("speech: the heading comes first, then the screen from its top") {
    Written page;
    page.add(Role::Text, "Sample Health Plan");
    page.add(Role::Heading, "Claims").level = 1;
    page.add(Role::Text, "Three claims");
    page.add(Role::Button, "Back");
    page.frame.page = 2;
    page.frame.pages = 3;
    CHECK(text_of(read_screen(page.frame, test_catalog())) ==
          "Claims, heading. Sample Health Plan. Three claims. Back, button.");
    CHECK(text_of(read_summary(page.frame, test_catalog())) == "Claims, heading. Three claims. Page 2 of 3.");
}

TEST_CASE("speech: a word of another language is left to that language's voice") {
    Written page;
    page.add(Role::Row, "Español").language = "es";
    auto const said = read_node(page.frame, 0, test_catalog());
    REQUIRE(said.size() == 2);
    CHECK(said[0] == Phrase{"Español.", "es", false});
    CHECK(said[1] == Phrase{"button.", "en", false});
}

TEST_CASE("speech: after sign-in what is personal goes to headphones only, and the rest says so once") {
    Written home;
    home.frame.signed_in = true;
    auto& hello = home.add(Role::Heading, "Hello, Alex");
    hello.level = 1;
    hello.holds_data = true;
    auto& row = home.add(Role::Row, "Riverside Sample Clinic", "$86.00");
    row.is_data = row.holds_data = true;
    home.add(Role::Button, "My claims");
    home.add(Role::Tile, "Costs", "$360 to go");
    Phrase const instead{"Plug in headphones to hear the rest.", "en", false};
    auto const all = read_screen(home.frame, test_catalog());
    CHECK(text_of(all).find("Alex") != std::string::npos);
    CHECK(text_of(said_aloud(all, instead)) ==
          "My claims, button. Costs, button. Plug in headphones to hear the rest.");
    // Its focus tells what it is, not whose.
    CHECK(text_of(said_aloud(read_node(home.frame, 1, test_catalog()), instead)) ==
          "button. Plug in headphones to hear the rest.");
    home.frame.signed_in = false;
    CHECK(text_of(said_aloud(read_screen(home.frame, test_catalog()), instead)).find("Riverside") !=
          std::string::npos);
}
