#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/plan_files.h"
#include "tests/support/text.h"
#include "tests/walk/phone_desk.h"

using namespace portico::test;

namespace {

/// Born on the same day in the same house: Alex Sample and a sibling.
void add_twin(std::filesystem::path const& plan) {
    add_member(plan, {});
    add_member(plan, {.patient = "patient-twin", .given = "Morgan", .family = "Sample"});
    change_resources(plan / "Patient.ndjson", [](boost::json::object& person) {
        if (person.at("id").as_string() == "patient-twin")
            person["birthDate"] = "1984-05-17";
        return true;
    });
}

} // namespace

TEST_CASE("desk case: a caller is found by name and birth date, and the case is closed, by keys alone") {
    PhoneDesk office("phone_rep", add_twin);
    auto& screen = office.screen();
    screen.key("F3");
    screen.wait_screen("cases");
    screen.wait_shows("cases.none");
    screen.key("Alt+C");
    screen.wait_shows("open_case.title");
    screen.tap("case_channel.call_back");
    screen.tap_key("card");
    screen.key("Alt+O");
    screen.wait_shows("case.find_title");
    // The first field has the focus; the next ones are a Tab away: member ID, birth date, ZIP, names.
    screen.key("Tab");
    screen.type(alex_birth_date_digits);
    screen.key("Tab");
    screen.key("Tab");
    screen.type("Alex");
    screen.key("Tab");
    screen.type("Sample");
    CHECK(holds(screen.words(), "ID card, Call back, no. "));
    screen.key("Enter");
    screen.wait_shows("case.level_identified");
    CHECK_FALSE(holds(screen.words(), "05/17/1984"));
    CHECK_FALSE(screen.shows("case.birth_date"));
    screen.key("F2");
    screen.wait_screen("work");
    screen.key("F3");
    screen.wait_shows("case.level_identified");
    office.close_case();
    screen.wait_shows("cases.none");
}

TEST_CASE("desk case: facts that fit two find nobody, and each wrong try is counted until none is left") {
    PhoneDesk office("phone_rep", add_twin);
    auto& screen = office.screen();
    office.open_case();
    office.fill("case.birth_date", alex_birth_date_digits);
    office.fill("case.zip", "06101");
    screen.key("Enter");
    screen.wait_shows("case.nobody_found");
    CHECK(holds(screen.words(), "4 tries left"));
    CHECK(holds(screen.words(), "05/17/1984"));
    for (int left = 3; left >= 0; --left) {
        screen.key("Alt+I");
        CHECK(eventually([&] {
            return holds(screen.words(), left == 1   ? std::string("One try left")
                                         : left == 0 ? std::string("0 tries left")
                                                     : std::to_string(left) + " tries left");
        }));
    }
    CHECK(screen.is_off("act.find_caller"));
    CHECK(holds(screen.words(), "Five tries have found nobody"));
    // The same caller in another case, with a fact more: the tries are the case's.
    screen.key("Alt+B");
    office.open_case();
    CHECK_FALSE(holds(screen.words(), "05/17/1984"));
    office.say_name_and_birth();
    screen.key("Enter");
    screen.wait_shows("case.level_identified");
    office.close_case();
}

TEST_CASE("desk case: what can be no such fact is told beside its field and costs no try") {
    PhoneDesk office("phone_rep", add_twin);
    auto& screen = office.screen();
    office.open_case();
    office.say_name_and_birth("02301984");
    screen.key("Enter");
    screen.wait_shows("case_problem.birth_date_invalid");
    CHECK_FALSE(screen.shows("case.tries_left"));
    office.fill("case.member_id", "SHP?1");
    for (int i = 0; i < 10; ++i) {
        screen.tap("case.birth_date");
        screen.key("Backspace");
    }
    screen.key("Alt+I");
    screen.wait_shows("case_problem.member_id_invalid");
    CHECK_FALSE(screen.shows("case.tries_left"));
}

TEST_CASE(
    "desk case: a lock keeps what was typed for the same person, covered, the next one sees none of it") {
    PhoneDesk office("phone_rep", add_twin);
    register_staff(office.bench, office.kiosk->screen(),
                   {.key = "robin", .name = "Robin Example", .role = "phone_rep"});
    auto& screen = office.screen();
    office.open_case();
    office.say_name_and_birth();
    screen.key("Ctrl+L");
    screen.wait_screen("locked");
    CHECK_FALSE(holds(screen.words(), "05/17/1984"));
    office.desk->insert_key("sam");
    office.desk->pin_and_touch();
    screen.wait_screen("cases");
    CHECK(holds(screen.words(), "05/17/1984"));
    office.desk->take_key_out();
    screen.key("Ctrl+L");
    screen.wait_screen("locked");
    office.desk->insert_key("robin");
    office.desk->pin_and_touch();
    screen.wait_shows("desk_lock.not_yours");
    screen.tap("desk_lock.end_other");
    screen.wait_shows("desk_key.pin");
    office.desk->pin_and_touch();
    screen.wait_screen("work");
    screen.key("F3");
    screen.wait_shows("cases.none");
    CHECK_FALSE(holds(screen.words(), "05/17/1984"));
}

TEST_CASE(
    "desk case: an answer cut off, central killed and back: nothing typed is lost, nothing is asked twice") {
    PhoneDesk office("phone_rep", add_twin);
    auto& screen = office.screen();
    office.open_case();
    office.say_name_and_birth();
    // Central finds the member; the desk does not hear it.
    office.desk->cable().pull_after_bytes_received(1);
    screen.key("Enter");
    screen.wait_shows("desk.offline", 60);
    CHECK(holds(screen.words(), "05/17/1984"));
    CHECK(screen.is_off("act.find_caller"));
    office.bench.kill_central();
    office.desk->cable().plug_in();
    office.bench.start_central();
    screen.wait_gone("desk.offline", 60);
    // Whether it was found before the cut or not, Enter or the list brings it.
    if (!eventually([&] { return screen.shows("case.level_identified"); }))
        screen.key("Alt+I");
    screen.wait_shows("case.level_identified", 60);
    CHECK_FALSE(holds(screen.words(), "05/17/1984"));
    office.close_case();
}
