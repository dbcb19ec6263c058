#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/text.h"
#include "tests/walk/desk.h"

#include <fstream>
#include <regex>
#include <sstream>

using namespace portico::test;

namespace {

/// A kiosk at which people register, and what they carry their keys from.
struct Office {
    Bench bench;
    std::unique_ptr<Bench::Kiosk> kiosk = bench.add_kiosk();

    Driver& lobby() { return kiosk->screen(); }
    std::string hire(std::string const& key, std::string const& name, std::string const& role = "phone_rep") {
        return register_staff(bench, lobby(), {.key = key, .name = name, .role = role});
    }
    std::unique_ptr<Desk> desk(std::string const& name = "desk-1") {
        return std::make_unique<Desk>(bench, Desk::Settings{.name = name, .keys = kiosk->folder() / "bench"});
    }
};

/// How old the screen says that the list is; 0 where it says nothing of the kind.
int minutes_old(std::string const& text) {
    static std::regex const age(R"((\d+) minutes ago)");
    std::smatch found;
    return std::regex_search(text, found, age) ? std::stoi(found[1]) : 0;
}

std::string queue(Bench& bench) {
    return bench.central({"queue", "list"});
}

} // namespace

TEST_CASE(
    "desk: a rep signs in with their key, takes what a member asked for and decides it, by keys alone") {
    Office office;
    dispute_claim(office.bench, office.lobby());
    office.hire("sam", "Sam Desk");
    auto const desk = office.desk();
    auto& screen = desk->screen();
    desk->sign_in("sam");
    CHECK(holds(screen.words(), "Sam Desk"));
    screen.tap_key(desk->wait_entry("work_kind.finding_disputed"));
    screen.wait_shows("act.take");
    CHECK_FALSE(screen.shows("act.decide"));
    screen.key("Alt+T");
    screen.wait_shows("work.done_take");
    screen.wait_shows("act.decide");
    CHECK(holds(screen.words(), "You"));
    screen.key("Alt+D");
    screen.wait_shows("decide.title");
    screen.tap("decide.refused");
    screen.wait_shows("decide.member_reads");
    screen.tap_key("claim_is_right");
    screen.key("Alt+O");
    screen.wait_shows("work.done_decide");
    CHECK_FALSE(holds(queue(office.bench), "finding_disputed"));
    // The member reads it at the kiosk.
    auto& lobby = office.lobby();
    begin_visit(lobby);
    sign_in_with_key(lobby, office.bench.settings().key_pin, "member");
    lobby.wait_shows("home.year");
    press(lobby, "home.requests");
    lobby.wait_shows("requests.list");
    CHECK(holds(lobby.words(), "we checked, and the claim is right"));
}

TEST_CASE("desk: a wrong PIN, a member's key, a key without a PIN and a closed account sign nobody in") {
    Office office;
    auto& lobby = office.lobby();
    begin_visit(lobby);
    register_with_letter(lobby, office.bench.invite(alex), office.bench.settings().key_pin);
    finish_visit(lobby);
    auto const sam = office.hire("sam", "Sam Desk");
    auto const desk = office.desk();
    auto& screen = desk->screen();

    desk->insert_key("sam");
    screen.type("9999");
    screen.key("Enter");
    screen.wait_shows("desk_key.pin_wrong");
    CHECK(holds(screen.words(), "7 tries left"));
    CHECK(screen.screen() == "sign_in");
    desk->take_key_out();
    screen.wait_shows("desk_key.waiting_key");

    desk->insert_key("member");
    desk->pin_and_touch();
    screen.wait_shows("desk_problem.sign_in_refused");
    CHECK(screen.screen() == "sign_in");
    desk->take_key_out();
    screen.wait_shows("desk_key.waiting_key");

    office.bench.central({"account", "disable", sam});
    desk->insert_key("sam");
    desk->pin_and_touch();
    screen.wait_shows("desk_problem.sign_in_refused");
    desk->take_key_out();
    screen.wait_shows("desk_key.waiting_key");
    office.bench.central({"account", "enable", sam});

    Desk bare(office.bench, {.name = "desk-2", .keys = office.bench.folder() / "bare", .key_pin = ""});
    bare.screen().device("security_key", "insert", {{"value", "new"}});
    bare.screen().wait_shows("desk_key.no_pin");
    CHECK_FALSE(bare.screen().shows("desk_key.sign_in"));
    bare.screen().key("Enter");
    CHECK(bare.screen().screen() == "sign_in");

    desk->sign_in("sam");
}

TEST_CASE("desk: the lock keeps the work for the one who locked it, another's key sees nothing of it") {
    Office office;
    dispute_claim(office.bench, office.lobby());
    office.hire("sam", "Sam Desk");
    office.hire("robin", "Robin Example");
    auto const desk = office.desk();
    auto& screen = desk->screen();
    desk->sign_in("sam");
    screen.tap_key(desk->wait_entry("work_kind.finding_disputed"));
    screen.key("Alt+T");
    screen.wait_shows("work.done_take");
    screen.key("Alt+H");
    screen.wait_shows("hand.title");
    screen.type("staff-42");
    // Over a dialog the keys of the queue are off, but for the lock.
    screen.key("Alt+G");
    CHECK(screen.shows("hand.title"));
    screen.advance(9 * 60);
    screen.wait_screen("still_there");
    screen.advance(60);
    screen.wait_screen("locked");
    CHECK_FALSE(holds(screen.words(), "staff-42"));
    CHECK_FALSE(holds(screen.words(), "Claim to check"));

    desk->insert_key("robin");
    desk->pin_and_touch();
    screen.wait_shows("desk_lock.not_yours");
    CHECK(screen.screen() == "locked");
    CHECK_FALSE(holds(screen.words(), "staff-42"));
    desk->take_key_out();
    screen.wait_gone("desk_key.pin");

    desk->insert_key("sam");
    desk->pin_and_touch();
    screen.wait_screen("work");
    screen.wait_shows("hand.title");
    CHECK(holds(screen.words(), "staff-42"));
    desk->take_key_out();
    screen.key("Escape");
    screen.wait_gone("hand.title");

    screen.key("Ctrl+L");
    screen.wait_screen("locked");
    desk->insert_key("robin");
    desk->pin_and_touch();
    screen.wait_shows("desk_lock.not_yours");
    screen.tap("desk_lock.end_other");
    screen.wait_screen("sign_in");
    screen.wait_shows("desk_ended.by_other");
    // Robin signs in with the key that is in, and finds the entry with Sam.
    screen.wait_shows("desk_key.pin");
    desk->pin_and_touch();
    screen.wait_screen("work");
    screen.tap_key(desk->wait_entry("work_kind.finding_disputed"));
    CHECK(holds(screen.words(), "Sam Desk has it."));
    CHECK_FALSE(screen.shows("act.decide"));
}

TEST_CASE(
    "desk: an account that is closed, and a desk that is taken back, end the session at once and say why") {
    Office office;
    auto const sam = office.hire("sam", "Sam Desk");
    auto const desk = office.desk();
    auto& screen = desk->screen();
    desk->sign_in("sam");
    bool const locked = GENERATE(false, true);
    if (locked) {
        screen.key("Ctrl+L");
        screen.wait_screen("locked");
    }
    office.bench.central({"account", "disable", sam});
    screen.wait_screen("sign_in");
    screen.wait_shows("desk_ended.by_plan");
    office.bench.central({"account", "enable", sam});
    desk->sign_in("sam");
    office.bench.central({"terminal", "revoke", desk->terminal_id()});
    screen.wait_screen("out_of_order");
    screen.wait_shows("desk_out.withdrawn");
    CHECK(holds(screen.words(), desk->terminal_id()));
    CHECK_FALSE(holds(screen.words(), "Sam Desk"));
}

TEST_CASE("desk: a session is over after twelve hours, at the desk and at central") {
    Office office;
    office.hire("sam", "Sam Desk");
    auto const desk = office.desk();
    desk->sign_in("sam");
    desk->screen().advance(12 * 60 * 60);
    desk->screen().wait_screen("sign_in");
    desk->screen().wait_shows("desk_ended.time_up");
}

TEST_CASE(
    "desk: central killed and back: the list stays readable with its age, and acts come back by themselves") {
    Office office;
    dispute_claim(office.bench, office.lobby());
    office.hire("sam", "Sam Desk");
    auto const desk = office.desk();
    auto& screen = desk->screen();
    desk->sign_in("sam");
    desk->wait_entry("work_kind.finding_disputed");
    office.bench.kill_central();
    screen.wait_shows("desk.offline", 60);
    CHECK(holds(screen.words(), "The list is as it was"));
    desk->wait_entry("work_kind.finding_disputed");
    CHECK(screen.shows("work.needs_central"));
    CHECK(screen.is_off("act.take"));
    screen.key("Alt+T");
    CHECK(screen.screen() == "work");
    // In whole minutes of the clock on the wall, which may have turned just now; and a machine may be slow.
    constexpr int minutes = 4;
    screen.advance(minutes * 60);
    CHECK(eventually([&] { return minutes_old(screen.words()) >= minutes - 1; }));
    CHECK(minutes_old(screen.words()) < 2 * minutes);
    office.bench.start_central();
    screen.wait_gone("desk.offline", 60);
    screen.key("Alt+T");
    screen.wait_shows("work.done_take", 60);
}

TEST_CASE("desk: what a colleague took first says who has it, given back it can be taken, handed over it is "
          "theirs") {
    Office office;
    dispute_claim(office.bench, office.lobby());
    office.hire("sam", "Sam Desk");
    auto const robin = office.hire("robin", "Robin Example");
    auto const one = office.desk();
    auto const two = office.desk("desk-2");
    one->sign_in("sam");
    two->sign_in("robin");
    auto const entry = one->wait_entry("work_kind.finding_disputed");
    one->screen().tap_key(entry);
    two->wait_entry("work_kind.finding_disputed");
    two->screen().tap_key(entry);
    two->screen().key("Alt+T");
    two->screen().wait_shows("work.done_take");
    // Sam's list does not know yet, or does by now: both ways it is Robin's.
    one->screen().key("Alt+T");
    CHECK(eventually([&] { return holds(one->screen().words(), "Robin Example has it"); }));
    CHECK_FALSE(one->screen().shows("act.decide"));

    two->screen().key("Alt+G");
    two->screen().wait_shows("work.done_give_back");
    one->screen().key("F5");
    one->screen().wait_shows("act.take", 60);
    one->screen().key("Alt+T");
    one->screen().wait_shows("work.done_take");

    one->screen().key("Alt+H");
    one->screen().wait_shows("hand.title");
    one->screen().type("nobody-at-all");
    one->screen().key("Enter");
    one->screen().wait_shows("desk_problem.colleague_unknown");
    one->screen().key("Alt+H");
    one->screen().wait_shows("hand.title");
    one->screen().type(robin);
    one->screen().key("Enter");
    one->screen().wait_shows("work.done_hand_over");
    two->screen().key("Alt+M");
    two->screen().tap_key(two->wait_entry("work_kind.finding_disputed"));
    two->screen().wait_shows("act.decide");
}

TEST_CASE("desk: the palette does by a word what buttons and keys do") {
    Office office;
    office.hire("sam", "Sam Desk");
    auto const desk = office.desk();
    auto& screen = desk->screen();
    desk->sign_in("sam");
    screen.key("Ctrl+K");
    screen.wait_shows("palette.title");
    screen.type("zzz");
    screen.wait_shows("palette.none");
    screen.key("Escape");
    screen.wait_gone("palette.title");
    screen.key("Ctrl+K");
    screen.wait_shows("palette.title");
    screen.type("lock");
    screen.key("Enter");
    screen.wait_screen("locked");
}

TEST_CASE("desk: it starts half for nobody: wrong words, unknown keys and a missing enrolment are told") {
    ScratchFolder const folder;
    auto const file = folder.path / "agent.toml";
    auto const start = [&](std::string const& text) {
        std::ofstream(file) << text;
        return run({program("portico-agent"), "--config", file.string(), "--headless"});
    };
    auto const good =
        "data = \"" + (folder.path / "data").string() + "\"\ncentral = \"https://127.0.0.1:1\"\n";
    for (auto const& [slip, told] :
         {std::pair(good + "orientation = \"portrait\"\n", ":3: unknown key orientation"),
          std::pair(good + "theme = \"pink\"\n", ":3: theme must be one of \"light\", \"dark\""),
          std::pair(good + "[screen]\nwidth = 800\n", ":4: screen.width must be from 1366 to 3840"),
          std::pair(std::string("data = \"x\"\n"), ": central is missing")}) {
        auto const finished = start(slip);
        INFO(slip << finished.errors);
        CHECK(finished.exit_code == 2);
        CHECK(holds(finished.errors, std::string("agent.toml") + told));
    }
    CHECK(run({program("portico-agent")}).exit_code == 2);
    auto const version = run({program("portico-agent"), "--version"});
    CHECK(version.exit_code == 0);
    CHECK(holds(version.output, "portico-agent "));
    CHECK(holds(run({program("portico-agent"), "--help"}).output, "Exit codes"));
}
