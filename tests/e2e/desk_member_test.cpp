#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/process_memory.h"
#include "tests/support/text.h"
#include "tests/walk/phone_desk.h"
#include "tests/walk/visit_steps.h"

using namespace portico::test;

namespace {

void begin_call(PhoneDesk& office) {
    office.open_case();
    office.say_name_and_birth();
    office.find();
}

/// The dialog of a value in full, up to its primary button.
void choose_field(Driver& screen, std::string const& field) {
    screen.key("Alt+R");
    screen.wait_shows("reveal.title");
    screen.tap_key("caller_corrects");
    screen.tap_key(field);
}

void ask_for(Driver& screen, std::string const& field) {
    choose_field(screen, field);
    screen.key("Alt+O");
}

} // namespace

TEST_CASE(
    "desk member: a record is masked, a value in full is shown for a reason and goes with a look away") {
    PhoneDesk office;
    auto& screen = office.screen();
    begin_call(office);
    screen.wait_shows("member.covered");
    CHECK(holds(screen.words(), "Alex S."));
    CHECK(holds(screen.words(), "19**"));
    CHECK_FALSE(holds(screen.words(), "1984"));
    CHECK_FALSE(holds(screen.words(), "Sample Street"));
    // No reason, no value.
    screen.key("Alt+R");
    screen.wait_shows("reveal.title");
    CHECK(screen.is_off("reveal.go"));
    screen.key("Escape");
    screen.wait_gone("reveal.title");
    ask_for(screen, "birth_date");
    screen.wait_shows("member.in_full");
    CHECK(holds(screen.words(), "1984"));
    screen.key("F2");
    screen.wait_screen("work");
    CHECK_FALSE(holds(screen.words(), "1984"));
    screen.key("F3");
    screen.wait_shows("member.covered");
    CHECK_FALSE(holds(screen.words(), "1984"));
    CHECK_FALSE(screen.shows("member.in_full"));
    // A lock hides it too, and gives the record back masked.
    ask_for(screen, "birth_date");
    screen.wait_shows("member.in_full");
    screen.key("Ctrl+L");
    screen.wait_screen("locked");
    office.desk->insert_key("sam");
    office.desk->pin_and_touch();
    screen.wait_shows("member.covered");
    CHECK_FALSE(holds(screen.words(), "1984"));
    office.close_case();
}

TEST_CASE("desk member: without central no value is shown, and the masked record stays readable") {
    PhoneDesk office;
    auto& screen = office.screen();
    begin_call(office);
    screen.wait_shows("member.covered");
    // The answer is cut off on its way: what was asked for is not on the screen. When it is the answer to
    // what the desk itself waits for that is cut, it is offline before it can ask: once more then.
    choose_field(screen, "birth_date");
    auto const asked_and_cut = [&] {
        office.desk->cable().plug_in();
        screen.wait_gone("desk.offline", 60);
        office.desk->cable().pull_after_bytes_received(1);
        screen.key("Alt+O");
        wait_not_busy(screen);
        return screen.shows("desk_problem.central_unreachable");
    };
    REQUIRE(eventually(asked_and_cut));
    CHECK_FALSE(holds(screen.words(), "1984"));
    screen.key("Escape");
    screen.wait_gone("reveal.title");
    screen.wait_shows("desk.offline", 60);
    CHECK(holds(screen.words(), "Alex S."));
    office.desk->cable().plug_in();
    screen.wait_gone("desk.offline", 60);
    ask_for(screen, "birth_date");
    screen.wait_shows("member.in_full", 60);
    CHECK(holds(screen.words(), "1984"));
}

TEST_CASE("desk member: a protected record opens after a sentence that the privacy officer reads") {
    PhoneDesk office("phone_rep", restrict_alex);
    auto& screen = office.screen();
    begin_call(office);
    screen.wait_shows("member.protected");
    CHECK_FALSE(holds(screen.words(), "Alex S."));
    CHECK_FALSE(holds(office.bench.central({"queue", "list"}), "glass_broken"));
    screen.key("Alt+K");
    screen.wait_shows("glass.title");
    office.fill("glass.reason", "Short");
    CHECK(screen.is_off("glass.go"));
    office.fill("glass.reason", " of a letter that the member asks about");
    screen.key("Alt+O");
    screen.wait_shows("member.covered");
    CHECK(holds(screen.words(), "Alex S."));
    auto const queue = office.bench.central({"queue", "list"});
    CHECK(holds(queue, "glass_broken"));
    CHECK(holds(queue, "that the member asks about"));
}
