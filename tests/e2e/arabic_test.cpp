#include "shared/base/language.h"
#include "tests/support/catch.h"
#include "tests/walk/visit_steps.h"

#include <filesystem>

using namespace portico::test;

namespace {

/// Every word of ours on the screen is Arabic.
void check_arabic(Driver& screen) {
    auto const frame = screen.frame();
    CHECK(frame.at("language").as_string() == "ar");
    for (auto const& each : frame.at("nodes").as_array()) {
        auto const& node = each.as_object();
        if (node.at("msg").as_string().empty())
            continue;
        INFO(boost::json::serialize(node));
        CHECK(node.at("language").as_string() == "ar");
    }
    CHECK(frame.at("problems").as_array().empty());
}

/// What the newest paper or card says, as another program reads it, without the marks of direction.
std::string printed(Bench::Kiosk const& kiosk, std::string const& name_begins) {
    std::filesystem::path pdf;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(kiosk.folder() / "bench")) {
        auto const& path = entry.path();
        bool const fits = path.extension() == ".pdf" && path.filename().string().starts_with(name_begins);
        if (fits && (pdf.empty() || path.filename() > pdf.filename()))
            pdf = path;
    }
    INFO("no PDF of the printer " << name_begins);
    REQUIRE_FALSE(pdf.empty());
    auto const read = run({"pdftotext", pdf.string(), "-"});
    REQUIRE(read.exit_code == 0);
    return portico::without_direction_marks(read.output);
}

void check_contains(std::string const& text, std::vector<std::string> const& parts) {
    for (auto const& part : parts) {
        INFO(part << "\nin\n" << text);
        CHECK(text.find(part) != std::string::npos);
    }
}

} // namespace

TEST_CASE(
    "arabic: a member chooses it, registers, reads a claim, and takes letter, card and list home in it") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen, "العربية");
    check_arabic(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_shows("home.year");
    check_arabic(screen);

    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.where");
    check_arabic(screen);
    press(screen, "eob.print");
    screen.wait_shows("letter.done");
    check_arabic(screen);
    screen.device("letter_printer", "take");
    press(screen, "letter.ok");
    press(screen, "part.claims");
    screen.wait_screen("claims");
    check_arabic(screen);
    press(screen, "part.home");
    screen.wait_screen("home");
    check_contains(printed(*kiosk, "letter"), {"هذه ليست فاتورة", "$", "في حال عدم الموافقة"});

    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    check_arabic(screen);
    press(screen, "id_card.print");
    screen.wait_shows("card_print.done");
    screen.device("card_printer", "take");
    press(screen, "card_print.have_it");
    screen.wait_screen("home");
    check_contains(printed(*kiosk, "card"), {"رقم العضوية", "Alex Sample"});
    CHECK(barcode_of_printed_card(*kiosk).find("SHP1") != std::string::npos);

    press(screen, "home.doctor");
    screen.wait_screen("find_doctor");
    check_arabic(screen);
    finish_visit(screen);
    // The next person finds the kiosk in its own language.
    CHECK(screen.frame().at("language").as_string() == "en");
}
