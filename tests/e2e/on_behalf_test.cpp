#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/process_memory.h"
#include "tests/support/text.h"
#include "tests/walk/hand.h"
#include "tests/walk/locked_member.h"

#include <csignal>

using namespace portico::test;

namespace {

constexpr char const* eob_with_twins = "eob-0000001-0002"; // a service stands on it twice
constexpr char const* first_line = "We asked the clinic about your two tests.";
constexpr char const* last_line = "You need not pay before we write again.";

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

/// What was asked for in the case at hand is shown to stand so.
bool stands(Driver& desk, std::string const& state) {
    auto const frame = desk.frame();
    for (auto const& node : frame.at("nodes").as_array()) {
        auto const& fact = node.as_object();
        auto const* value = fact.if_contains("value");
        if (fact.at("msg").as_string().starts_with("behalf_kind.") && value != nullptr &&
            value->as_string() == state)
            return true;
    }
    return false;
}

/// Down the pages of the case, and from the top again, until it is shown: what arrives meanwhile may make
/// pages more or fewer.
void page_to(Driver& desk, std::string const& msg) {
    CHECK(eventually([&] {
        if (desk.shows(msg))
            return true;
        auto const frame = desk.frame();
        auto const page = frame.at("page").as_int64();
        if (page < frame.at("pages").as_int64())
            desk.attempt({{"do", "tap"}, {"msg", "ui.page.down"}});
        else
            for (auto up = page; up > 1; --up)
                desk.attempt({{"do", "tap"}, {"msg", "ui.page.up"}});
        return false;
    }));
}

/// Alex is signed in at the lobby's kiosk and on the phone with a rep, who has verified them.
struct Call : LockedMember {
    explicit Call(std::string const& language = "English") {
        sign_in_at_lobby(language);
        begin_call();
        stay();
        desk().wait_shows("member.covered");
        confirm(ask_member());
        desk().wait_shows("case.level_verified");
        lobby().wait_screen("home");
    }
    /// The member stands at the kiosk: a key that does nothing there shows it to be in use. Its session ends
    /// when nobody touches it for a minute, which what is done at the desk may take on a slow machine.
    void stay() {
        lobby().key("Home");
        say_still_there(lobby());
    }
    /// The member waits until it holds.
    template <class Condition>
    bool member_sees(Condition condition) {
        return eventually([&] {
            stay();
            return condition();
        });
    }
    void wait_done() {
        CHECK(member_sees([&] { return stands(desk(), "Done"); }));
    }
    void type_message() {
        stay();
        desk().key("Alt+M");
        desk().wait_shows("behalf.message");
        desk().type(first_line);
        desk().key("Enter");
        desk().type(last_line);
    }
    /// Ends when the desk has it on its disk.
    void write_down() {
        desk().key("Alt+O");
        desk().wait_shows("behalf.written");
        stay();
    }
    void open_messages() {
        press(lobby(), "home.messages");
        lobby().wait_screen("messages");
        lobby().wait_shows("messages.subtitle");
    }
    /// Of the list at the kiosk.
    std::size_t messages_there() { return count(lobby().words(), first_line); }
    /// A phone number that is typed over the one on file.
    void change_phone(std::string const& number) {
        stay();
        desk().key("Alt+D");
        desk().wait_shows("behalf.contact_part");
        desk().tap_key("phone");
        desk().key("Alt+O");
        desk().wait_shows("behalf.new_phone");
        desk().type(number);
        desk().key("Alt+O");
    }
};

/// Written at the desk, told at once at the kiosk, opened there; ends at home, where nothing is new.
void read_message(Call& call, Hand& hand) {
    auto& lobby = call.lobby();
    CHECK_FALSE(lobby.shows("home.messages"));
    call.type_message();
    call.write_down();
    CHECK(call.member_sees([&] { return lobby.shows("home.messages"); }));
    hand.press("home.messages");
    lobby.wait_screen("messages");
    CHECK(call.member_sees([&] { return holds(lobby.words(), first_line); }));
    hand.press_key(first_listing(lobby));
    lobby.wait_screen("message");
    CHECK(holds(lobby.words(), first_line));
    CHECK(holds(lobby.words(), last_line));
    hand.press("messages.back");
    lobby.wait_screen("messages");
    hand.press("part.back");
    lobby.wait_screen("home");
    lobby.wait_gone("home.messages");
}

} // namespace

TEST_CASE("on behalf: a claim disputed on the phone stands at once at the kiosk, as asked for by staff") {
    Call call;
    auto& desk = call.desk();
    auto& lobby = call.lobby();
    press(lobby, "home.requests");
    lobby.wait_shows("requests.none");
    desk.key("Alt+L");
    desk.wait_shows("desk_claims.list");
    desk.tap_key(eob_with_twins);
    desk.wait_shows("desk_eob.claim");
    call.stay();
    page_to(desk, "eob.looks_wrong");
    call.stay();
    // To a rep the finding speaks of the member.
    CHECK(holds(desk.words(), "the member’s share"));
    CHECK_FALSE(holds(desk.words(), "your share"));
    desk.key("Alt+F");
    desk.wait_shows("behalf.claim_title");
    call.write_down();
    call.wait_done();
    page_to(desk, "desk_eob.answered");
    CHECK(call.member_sees([&] { return lobby.shows("requests.list"); }));
    CHECK(holds(lobby.words(), "A claim to check"));
    CHECK(holds(lobby.words(), "Asked for you by our staff, on the phone."));
    // The rep sees it as the member does.
    desk.key("Alt+H");
    desk.wait_shows("history.request_list");
    CHECK(holds(desk.words(), "Claim to check"));
    CHECK(holds(desk.words(), "Asked for by staff, on the phone with the member"));
    call.stay();
    // And the member, that it is answered, on their own EOB.
    press(lobby, "part.back");
    lobby.wait_screen("home");
    open_claim(lobby, eob_with_twins);
    lobby.wait_shows("eob.answered");
}

TEST_CASE("on behalf: a message of two lines arrives while its member is there, and is read by touch") {
    Call call;
    Hand hand(call.lobby(), Hand::By::Touch);
    read_message(call, hand);
    finish_visit(call.lobby());
    // On the next visit it is read still.
    call.sign_in_at_lobby("Español");
    call.lobby().wait_screen("home");
    call.lobby().wait_shows("home.hello");
    CHECK_FALSE(call.lobby().shows("home.messages"));
}

TEST_CASE("on behalf: by keypad, in Spanish, a message is found, read and left") {
    Call call("Español");
    Hand hand(call.lobby(), Hand::By::Keypad);
    read_message(call, hand);
    CHECK(holds(call.lobby().words(), "Hola, Alex"));
}

TEST_CASE("on behalf: what was written down reaches central once, whatever is cut or killed meanwhile") {
    Call call;
    auto& desk = call.desk();
    auto& lobby = call.lobby();
    auto& cable = call.office.desk->cable();
    SECTION("central is killed between writing down and sending") {
        cable.pull();
        CHECK(call.member_sees([&] { return desk.shows("desk.offline"); }));
        call.type_message();
        CHECK(desk.shows("behalf.sent_later"));
        call.write_down();
        CHECK(stands(desk, "Written down, on its way"));
        CHECK(desk.shows("behalf.waiting_count"));
        call.office.bench.kill_central();
        call.office.bench.start_central();
        call.stay();
        cable.plug_in();
    }
    SECTION("central's answer is cut off on its way") {
        call.type_message();
        cable.pull_after_bytes_received(1);
        call.write_down();
        CHECK(call.member_sees([&] { return desk.shows("desk.offline"); }));
        cable.plug_in();
    }
    SECTION("the desk itself is killed") {
        cable.pull();
        CHECK(call.member_sees([&] { return desk.shows("desk.offline"); }));
        call.type_message();
        call.write_down();
        call.office.desk->process().signal(SIGKILL);
        call.office.desk->process().wait();
        cable.plug_in();
        call.office.desk->start();
    }
    CHECK(call.member_sees([&] { return lobby.shows("home.messages"); }));
    call.open_messages();
    CHECK(call.member_sees([&] { return call.messages_there() == 1; })); // the page comes before its list
    // Nothing comes after it: the outbox is empty.
    auto& again = call.desk();
    if (again.screen() != "sign_in") {
        call.wait_done();
        CHECK(call.member_sees([&] { return !again.shows("behalf.waiting_count"); }));
    }
    CHECK(call.messages_there() == 1);
}

TEST_CASE("on behalf: what central refuses comes back with a sentence and with what was typed") {
    Call call;
    auto& desk = call.desk();
    call.change_phone("6175550199");
    call.wait_done();
    // The first change is on hold: a second one has to wait.
    call.change_phone("6175550188");
    CHECK(call.member_sees([&] { return desk.shows("behalf.refused"); }));
    CHECK(holds(desk.words(), "An earlier change of the member’s is on hold."));
    desk.tap("behalf.correct");
    desk.wait_shows("behalf.contact_part");
    desk.key("Alt+O");
    desk.wait_shows("behalf.new_phone");
    CHECK(holds(desk.words(), "6175550188"));
    desk.key("Escape");
    desk.wait_gone("behalf.new_phone");
    // The member sees the one that waits, and the rep takes it back with them.
    call.stay();
    desk.key("Alt+H");
    page_to(desk, "behalf.withdraw");
    press(desk, "behalf.withdraw"); // notes that arrive may move it to another page
    desk.wait_shows("behalf.withdraw_title");
    desk.key("Alt+O");
    desk.wait_gone("behalf.withdraw_title");
    press(call.lobby(), "home.requests");
    CHECK(call.member_sees([&] { return holds(call.lobby().words(), "Taken back"); }));
}

TEST_CASE("on behalf: a note is added while the call goes on, and is there for the next case of the member") {
    Call call;
    auto& desk = call.desk();
    desk.key("Alt+N");
    desk.wait_shows("note.text");
    desk.type("Asked why two tests are billed.");
    desk.key("Enter");
    desk.type("Wants a letter.");
    desk.key("Escape");
    desk.wait_gone("note.text");
    call.stay();
    desk.key("Alt+N");
    desk.wait_shows("note.text");
    CHECK(holds(desk.words(), "Wants a letter."));
    desk.key("Alt+O");
    desk.wait_shows("note.added");
    desk.key("Alt+H");
    desk.wait_shows("history.notes");
    CHECK(call.member_sees([&] { return holds(desk.words(), "Asked why two tests are billed."); }));
    desk.key("Escape");
    call.stay();
    call.office.close_case();
    call.stay();
    call.begin_call();
    call.stay();
    desk.wait_shows("member.covered");
    desk.key("Alt+H");
    desk.wait_shows("history.notes");
    // Of others nothing is read before the caller is verified.
    CHECK_FALSE(holds(desk.words(), "Asked why two tests are billed."));
    desk.key("Escape");
    call.confirm(call.ask_member());
    desk.wait_shows("case.level_verified");
    desk.key("Alt+H");
    CHECK(call.member_sees([&] { return holds(desk.words(), "Asked why two tests are billed."); }));
}

TEST_CASE("on behalf: two callers at one desk, and what is typed for one is in nobody else's case") {
    Call call;
    auto& desk = call.desk();
    call.type_message();
    desk.key("Escape");
    desk.wait_gone("behalf.message");
    call.office.open_case();
    CHECK_FALSE(holds(desk.words(), first_line));
    desk.key("Alt+A");
    CHECK_FALSE(desk.shows("behalf.title")); // nobody was found yet
    desk.key("Alt+M");
    CHECK_FALSE(desk.shows("behalf.message"));
}

TEST_CASE("on behalf: nothing of a message stays in a desk's memory after its session, nor on its disk") {
    Call call;
    auto& desk = call.desk();
    auto const pid = call.office.desk->process().pid();
    call.type_message();
    call.write_down();
    call.wait_done();
    call.type_message(); // and a draft
    REQUIRE_FALSE(found_in_memory(pid, {first_line}).empty());
    desk.key("Escape");
    desk.wait_gone("behalf.message");
    desk.key("Ctrl+Q");
    desk.wait_screen("sign_in");
    CHECK(eventually([&] { return found_in_memory(pid, {first_line, last_line}).empty(); }));
    CHECK(found_in_files((call.office.desk->folder() / "data").string(), {first_line, last_line}).empty());
}
