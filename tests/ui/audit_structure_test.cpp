#include "shared/ui/audit.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

#include <algorithm>

using namespace portico;
using namespace portico::ui;

namespace {

Node made(std::string id, Role role, float y, int parent = -1) {
    Node node;
    node.id = node.label = std::move(id);
    node.msg = "gallery.send";
    node.role = role;
    node.language = "en";
    node.parent = parent;
    node.interactive = role == Role::Button || role == Role::Radio || role == Role::Key;
    node.rect = node.clip = {56, y, 300, 104};
    return node;
}

SemanticFrame sound_page() {
    SemanticFrame frame;
    frame.screen = "made";
    frame.language = "en";
    frame.size = {1080, 1920};
    auto heading = made("heading", Role::Heading, 200);
    heading.level = 1;
    heading.runs = {{{56, 200, 300, 66}, rgb(0x000000), rgb(0xFFFFFF), 56}};
    frame.nodes = {heading, made("a", Role::Button, 320), made("b", Role::Button, 440)};
    return frame;
}

using Rules = std::vector<std::string>;

Rules broken_structure(SemanticFrame const& frame) {
    Rules rules;
    for (auto const& finding : audit(frame, test_catalog(), {}))
        rules.push_back(finding.rule);
    return rules;
}

} // namespace

TEST_CASE("audit: a screen without a name is found") {
    auto frame = sound_page();
    REQUIRE(broken_structure(frame).empty());
    frame.screen = " ";
    CHECK(broken_structure(frame) == Rules{"title"});
}

TEST_CASE("audit: words of another language than the screen, and what is no language, are found") {
    auto frame = sound_page();
    frame.nodes[1].language = "es"; // spoken by the wrong voice
    CHECK(broken_structure(frame) == Rules{"language"});
    frame.nodes[1].is_data = true; // a language's own name
    CHECK(broken_structure(frame).empty());
    for (auto const* tag : {"english", "e", "en_US", "en-", "-en", "12"}) {
        frame.nodes[1].language = tag;
        INFO(tag);
        CHECK(broken_structure(frame) == Rules{"language"});
    }
    for (auto const* tag : {"es-419", "zh-Hant-TW", "ht", "km"}) {
        frame.nodes[1].language = tag;
        INFO(tag);
        CHECK(broken_structure(frame).empty());
    }
}

TEST_CASE("audit: a screen in a language that has no catalog is found") {
    auto frame = sound_page();
    frame.language = "fr";
    for (auto& node : frame.nodes) {
        node.language = "fr";
        node.is_data = true;
    }
    CHECK(broken_structure(frame) == Rules{"language"});
}

TEST_CASE("audit: an id that stands twice is found") {
    auto frame = sound_page();
    frame.nodes[2].id = "a";
    CHECK(broken_structure(frame) == Rules{"duplicate_id"});
}

TEST_CASE("audit: what belongs into a group and stands outside of it is found") {
    struct Pair {
        Role inner, outer;
    };
    for (auto const& [inner, outer] : {Pair{Role::Radio, Role::RadioGroup}, Pair{Role::Key, Role::Keyboard},
                                       Pair{Role::TableRow, Role::Table}, Pair{Role::Cell, Role::Table},
                                       Pair{Role::TimelineEntry, Role::Timeline}}) {
        auto frame = sound_page();
        frame.nodes.push_back(made("outer", outer, 560));
        frame.nodes.push_back(made("inner", inner, 560, 3));
        INFO(name(inner));
        CHECK(broken_structure(frame).empty());
        frame.nodes[4].parent = 0;
        auto const rules = broken_structure(frame);
        CHECK(std::count(rules.begin(), rules.end(), "structure") >= 1);
        CHECK(std::all_of(rules.begin(), rules.end(), [](auto const& rule) { return rule == "structure"; }));
    }
}

TEST_CASE("audit: a group that holds nothing, and a parent that is not there or comes later, are found") {
    auto frame = sound_page();
    frame.nodes.push_back(made("choice", Role::RadioGroup, 560));
    CHECK(broken_structure(frame) == Rules{"structure"});
    for (int const parent : {2, 1, 99, -7}) {
        frame = sound_page();
        frame.nodes[1].parent = parent;
        INFO(parent);
        CHECK(broken_structure(frame) == Rules{"structure"});
    }
}

TEST_CASE("audit: a control inside of a control is found, however deep") {
    auto frame = sound_page();
    frame.nodes[2].parent = 1;
    CHECK(broken_structure(frame) == Rules{"nested"});
    frame = sound_page();
    frame.nodes.push_back(made("text", Role::Text, 560, 1));
    frame.nodes.push_back(made("deep", Role::Button, 560, 3));
    CHECK(broken_structure(frame) == Rules{"nested"});
}

TEST_CASE("audit: an explanation that is not there, or says nothing, is found") {
    auto frame = sound_page();
    frame.nodes.push_back(made("why", Role::Text, 560));
    frame.nodes[1].described_by = 3;
    CHECK(broken_structure(frame).empty());
    for (int const target : {99, -2, 1}) { // nowhere, nowhere, itself
        frame.nodes[1].described_by = target;
        INFO(target);
        CHECK(broken_structure(frame) == Rules{"described"});
    }
    frame.nodes[1].described_by = 3;
    frame.nodes[3].label.clear();
    auto const rules = broken_structure(frame);
    CHECK(std::count(rules.begin(), rules.end(), "described") == 1);
}

TEST_CASE("audit: a field that is wrong and does not say why is found") {
    auto frame = sound_page();
    auto field = made("zip", Role::Field, 560);
    field.interactive = true;
    field.states.invalid = true;
    frame.nodes.push_back(field);
    CHECK(broken_structure(frame) == Rules{"described"});
    frame.nodes.push_back(made("why", Role::Text, 700));
    frame.nodes[3].described_by = 4;
    CHECK(broken_structure(frame).empty());
}

TEST_CASE("audit: a message that nobody is told of is found") {
    for (auto const role : {Role::Banner, Role::Spinner, Role::Countdown}) {
        auto frame = sound_page();
        frame.nodes.push_back(made("message", role, 560));
        INFO(name(role));
        CHECK(broken_structure(frame) == Rules{"live"});
        frame.nodes.back().live = Live::Polite;
        CHECK(broken_structure(frame).empty());
    }
    auto frame = sound_page();
    frame.nodes.push_back(made("question", Role::Dialog, 560));
    frame.nodes.back().live = Live::Polite;
    CHECK(broken_structure(frame) == Rules{"live"});
    frame.nodes.back().live = Live::Assertive;
    CHECK(broken_structure(frame).empty());
}

TEST_CASE("audit: words whose capital I is lower than 4.8 mm are found") {
    auto frame = sound_page();
    frame.nodes[0].runs[0].size_px = 27;
    CHECK(broken_structure(frame) == Rules{"text_size"});
    frame.nodes[0].runs[0].size_px = 28;
    CHECK(broken_structure(frame).empty());
}

TEST_CASE("audit: a heading whose level leaves one out is found") {
    auto frame = sound_page();
    auto section = made("section", Role::Section, 560);
    section.level = 3;
    frame.nodes.push_back(section);
    CHECK(broken_structure(frame) == Rules{"heading_order"});
    frame.nodes.back().level = 2;
    CHECK(broken_structure(frame).empty());
}

TEST_CASE("audit: what can be pressed under a dialog is found") {
    auto frame = sound_page();
    for (auto& node : frame.nodes)
        node.layer = 1;
    CHECK(broken_structure(frame).empty());
    frame.nodes[1].layer = 0;
    // ... and no switch gets there: the scan is on the dialog.
    CHECK(broken_structure(frame) == Rules{"layer", "switch"});
}

TEST_CASE("audit: a control that takes too many presses of two switches is found") {
    auto frame = sound_page();
    frame.size.h = 8000;
    for (int i = 0; i < 30; ++i) {
        // Of two kinds by turns, or they were a list that is gone through in groups.
        auto one = made("more" + std::to_string(i), i % 2 == 0 ? Role::Button : Role::Row,
                        560 + 120 * static_cast<float>(i));
        one.interactive = true;
        frame.nodes.push_back(one);
    }
    auto const rules = broken_structure(frame);
    CHECK(rules.size() == 8); // the 25th to 32nd control
    CHECK(std::all_of(rules.begin(), rules.end(), [](auto const& rule) { return rule == "switch"; }));
}

TEST_CASE("audit: the ring of what has the focus is whole on every screen, at the screen's edge too") {
    TestStage stage;
    auto const draw = [](Ui& ui) {
        ui.frame({.screen = "edges"}, [&] {
            ui.heading("gallery.home"_msg);
            ui.button("gallery.send"_msg);
        });
    };
    CHECK(audit_all(*stage, draw).empty());
    // The access bar reaches the lower edge.
    stage->run(draw);
    for (int i = 0; i < 3; ++i)
        stage->input(KeyPressed{Key::Tab});
    stage->run(draw);
    Rect const screen{0, 0, stage->frame().size.w, stage->frame().size.h};
    int rings = 0;
    for (auto const& node : stage->frame().nodes) {
        if (node.focus_ring.empty())
            continue;
        ++rings;
        CHECK(screen.contains(node.focus_ring));
    }
    CHECK(rings == 1);
}
