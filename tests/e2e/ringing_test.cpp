#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/plan_files.h"
#include "tests/support/process.h"
#include "tests/support/text.h"
#include "tests/walk/phone_desk.h"

using namespace portico::test;

namespace {

constexpr auto alex_number = "+16175550112";

/// Alex Sample and a sibling have one number, each written in a way of their own; nobody else has it.
void give_numbers(std::filesystem::path const& plan) {
    add_member(plan, {.patient = "patient-twin", .given = "Morgan", .family = "Sample"});
    change_resources(plan / "Patient.ndjson", [](boost::json::object& patient) {
        auto const id = patient.at("id").as_string();
        auto const* written = id == alex ? "(617) 555-0112" : id == "patient-twin" ? "617-555-0112" : "";
        patient["telecom"] = *written == '\0' ? boost::json::array()
                                              : boost::json::array{{{"system", "phone"}, {"value", written}}};
        return true;
    });
}

struct Ringing : PhoneDesk {
    Ringing() : PhoneDesk("phone_rep", give_numbers) {}
    void ring(std::string const& from, std::string const& line = "Claims") {
        screen().device("telephone", "ring", {{"value", from + (line.empty() ? "" : " " + line)}});
        CHECK(waits_for("Ringing: "));
    }
    /// A desk phone's program hands a call over: exit code, and what it says.
    Finished hand_over(std::vector<std::string> const& words) {
        std::vector<std::string> argv{program("portico-agent"), "call"};
        argv.insert(argv.end(), words.begin(), words.end());
        return run(argv, desk->session_environment());
    }
    bool waits_for(std::string const& words) {
        return eventually([&] { return holds(screen().words(), words); });
    }
};

} // namespace

TEST_CASE(
    "ringing: a call shows who might be on it, F4 answers it and opens its case, and hanging up ends it") {
    Ringing office;
    auto& screen = office.screen();
    office.ring(alex_number);
    CHECK(screen.screen() == "work");
    CHECK(holds(screen.words(), "(617) 555-0112, Claims"));
    CHECK(office.waits_for("It is on file for A. S., M. S."));
    CHECK_FALSE(holds(screen.words(), "Alex"));
    screen.key("F4");
    screen.wait_screen("cases");
    screen.wait_shows("case.find_title");
    CHECK(office.waits_for("(617) 555-0112: talking"));
    CHECK(holds(screen.words(), "Other, Phone, no. "));
    // It is a case of central's, which a second desk of the same rep would see.
    screen.key("F5");
    CHECK(office.waits_for("You have one open case"));
    office.say_name_and_birth();
    office.find();
    screen.key("F6");
    CHECK(office.waits_for("(617) 555-0112: on hold"));
    screen.key("F6");
    CHECK(office.waits_for("(617) 555-0112: talking"));
    screen.device("telephone", "hang_up");
    CHECK(office.waits_for("the caller hung up"));
    office.close_case();
    screen.wait_shows("cases.none");
    CHECK_FALSE(screen.shows("call.tab"));
}

TEST_CASE("ringing: two calls never mix, and a call that rings covers nothing that is typed") {
    Ringing office;
    auto& screen = office.screen();
    office.ring(alex_number);
    screen.key("F4");
    screen.wait_shows("case.find_title");
    office.say_name_and_birth();
    office.ring("+16175550199");
    CHECK(office.waits_for("No member has this number on file"));
    CHECK(holds(screen.words(), "05/17/1984"));
    // What is typed goes on where it was.
    office.fill("case.member_id", "SHP");
    CHECK(holds(screen.words(), "SHP"));
    screen.key("F4");
    CHECK(office.waits_for("(617) 555-0199: talking"));
    CHECK(office.waits_for("(617) 555-0112: on hold"));
    CHECK(eventually([&] { return !holds(screen.words(), "05/17/1984"); }));
    screen.key("F12");
    CHECK(office.waits_for("05/17/1984"));
    CHECK(holds(screen.words(), "Call: (617) 555-0112"));
}

TEST_CASE("ringing: a hidden number and a missed call are told in words") {
    Ringing office;
    auto& screen = office.screen();
    office.ring("", "");
    CHECK(holds(screen.words(), "Hidden number"));
    CHECK(holds(screen.words(), "Ask who is calling."));
    screen.device("telephone", "hang_up");
    CHECK(office.waits_for("Hidden number: missed"));
    screen.advance(30);
    screen.wait_gone("call.tab");
}

TEST_CASE("ringing: a call of a desk phone is handed over by a process, which says why when it is not") {
    Ringing office;
    auto& screen = office.screen();
    auto const taken = office.hand_over({"--from", "617-555-0112", "--to", "Members"});
    INFO(taken.errors);
    CHECK(taken.exit_code == 0);
    CHECK(office.waits_for("(617) 555-0112, Members"));
    CHECK(office.waits_for("It is on file for A. S., M. S."));
    screen.key("F4");
    screen.wait_shows("case.find_title");
    CHECK(office.waits_for("(617) 555-0112: talking"));
    CHECK_FALSE(screen.shows("act.hold_call"));
    screen.key("F10");
    CHECK(office.waits_for("hung up here"));
    office.close_case();

    auto const letters = office.hand_over({"--from", "617-555-HELP"});
    CHECK(letters.exit_code == 2);
    CHECK(holds(letters.errors, "no letters"));
    CHECK(office.hand_over({"--from"}).exit_code == 2);
    CHECK(office.hand_over({}).exit_code == 2);

    screen.key("Ctrl+Q");
    screen.wait_screen("sign_in");
    auto const nobody = office.hand_over({"--from", "6175550112"});
    CHECK(nobody.exit_code == 1);
    CHECK(holds(nobody.errors, "nobody is signed in"));

    auto const elsewhere = run({program("portico-agent"), "call", "--from", "6175550112"},
                               {{"XDG_RUNTIME_DIR", office.kiosk->folder().string()}});
    CHECK(elsewhere.exit_code == 1);
    CHECK(holds(elsewhere.errors, "no desktop of this user runs here"));
}

TEST_CASE("ringing: a flood of forged calls shows initials to the rep who is signed in, and no more") {
    Ringing office;
    auto& screen = office.screen();
    office.open_case();
    office.say_name_and_birth();
    int taken = 0;
    for (int i = 0; i < 14; ++i)
        taken += int{office.hand_over({"--from", "617-555-0112", "--to", "Members"}).exit_code == 0};
    CHECK(taken == 4); // as many as are shown at once
    CHECK(office.waits_for("A. S., M. S."));
    // The rep sees and types what they saw and typed.
    CHECK(screen.screen() == "cases");
    CHECK(holds(screen.words(), "05/17/1984"));
    CHECK(holds(screen.words(), "You have one open case"));
    CHECK_FALSE(holds(screen.words(), "Morgan"));
}
