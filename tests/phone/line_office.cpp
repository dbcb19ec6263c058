#include "tests/phone/line_office.h"

#include "tests/support/catch.h"
#include "tests/support/must.h"
#include "tests/support/places.h"
#include "tests/walk/hand.h"
#include "tests/walk/looks.h"

#include <filesystem>
#include <fstream>

namespace portico::test {

namespace {

constexpr char const* first_extension = "201";
constexpr char const* second_extension = "202";

std::string telephone_table(std::filesystem::path const& run) {
    return "[telephone]\nsocket = '" + (run / "desk.sock").string() + "'\n";
}

/// "+16175550101" as a desk shows it.
std::string shown(std::string const& number) {
    return "(" + number.substr(2, 3) + ") " + number.substr(5, 3) + "-" + number.substr(8);
}

/// In one go: central may read it at any moment.
void set_clock(std::filesystem::path const& folder, std::int64_t ahead_s) {
    std::ofstream(folder / "next") << ahead_s;
    std::filesystem::rename(folder / "next", folder / "ahead");
}

} // namespace

bool LineOffice::can_run() {
    return PhoneBench::can_run() && HeldSwitch::can_run();
}

Bench::Settings LineOffice::bench_settings() const {
    Bench::Settings made;
    made.desk_config = telephone_table(run_.path);
    return made;
}

PhoneBench::Settings LineOffice::telephone_settings() {
    auto made = telephone_of(bench, office.desk->terminal_id(), run_.path);
    made.called = settings_.called;
    return made;
}

LineOffice::Second::Second(PhoneDesk& office, std::filesystem::path const& run)
    : desk(office.bench, {.name = "desk-2",
                          .keys = office.kiosk->folder() / "bench",
                          .has_telephone = false,
                          .config = telephone_table(run)}),
      telephone(telephone_of(office.bench, desk.terminal_id(), run)) {
    desk.sign_in("kim");
}

std::unique_ptr<LineOffice::Second> LineOffice::seat_second() {
    if (!settings_.second_desk)
        return nullptr;
    register_staff(bench, kiosk(), {.key = "kim", .name = "Kim Desk", .role = "phone_rep"});
    return std::make_unique<Second>(office, second_run_.path);
}

LineOffice::LineOffice(Settings const& settings)
    : settings_(settings), bench(bench_settings()), lines(bench.port(), bench.data() / "keys"),
      desk_lines(bench.port(), bench.data() / "keys"), office(prepared_bench()),
      telephone(telephone_settings()), second_(seat_second()),
      telephones(bench, [this](std::filesystem::path const& data) { return lines.lay(data); }) {
    connect(*office.desk, telephone, first_extension);
    if (second_)
        connect(second_->desk, second_->telephone, second_extension);
}

void LineOffice::connect(Desk& at, PhoneBench const& its_telephone, std::string const& extension) {
    bench.central({"terminal", "extension", at.terminal_id(), "--number", extension});
    telephones.connect_desk(extension, its_telephone.sip_port());
    wait("the telephone of " + extension + " is there", [&] {
        return !at.screen().shows("call.telephone_gone") && !at.screen().shows("call.not_registered");
    });
    at.screen().key("F3"); // the cases, beside which the line stands
    wait_shows(at.screen(), "line.nobody");
}

Bench& LineOffice::prepared_bench() {
    bench.lead_each_terminal_by([this](std::filesystem::path const& data) { return desk_lines.lay(data); });
    if (settings_.moves_clock) {
        set_clock(clock_.path, ahead_s_);
        bench.set_central_environment({{"LD_PRELOAD", bin_dir() + "/host_faults.so"},
                                       {"HOST_CLOCK_FILE", (clock_.path / "ahead").string()},
                                       {"ASAN_OPTIONS", "verify_asan_link_order=0"}});
        bench.stop_central();
        bench.start_central();
    }
    return bench;
}

void LineOffice::pass(std::chrono::seconds time) {
    REQUIRE(settings_.moves_clock);
    ahead_s_ += time.count();
    set_clock(clock_.path, ahead_s_);
}

std::string LineOffice::screens() {
    return "kiosk:\n" + kiosk().words() + "\ndesk:\n" + desk().words() +
           (second_ ? "\nsecond desk:\n" + second_desk().words() : std::string());
}

void LineOffice::wait(std::string const& what, std::function<bool()> const& is_so,
                      std::chrono::seconds limit) {
    bool const became_so = eventually(
        [&] {
            telephones.work();
            return is_so();
        },
        limit);
    INFO("waited until " << what << "\n" << (became_so ? std::string() : screens()));
    REQUIRE(became_so);
}

void LineOffice::wait_shows(Driver& screen, std::string const& msg) {
    wait(msg + " is shown", [&] { return screen.shows(msg); });
}

void LineOffice::wait_gone(Driver& screen, std::string const& msg) {
    wait(msg + " is gone", [&] { return !screen.shows(msg); });
}

void LineOffice::wait_words(Driver& screen, std::string const& words) {
    wait("a screen says " + words, [&] { return holds(screen.words(), words); });
}

// ---- what people do ----

HeldSwitch::OnHold& LineOffice::hold(std::string const& number, std::string const& language) {
    auto& one = telephones.call_from(number, language);
    wait(number + " has a place", [&] { return one.place > 0; });
    return one;
}

void LineOffice::ask_for_call_back(std::string const& number) {
    auto& screen = kiosk();
    begin_visit(screen);
    press(screen, "ui.bar.help");
    press(screen, "help.call_back");
    press(screen, "call_back.about_other");
    Hand hand(screen, Hand::By::Touch);
    hand.fill("call_back.number", number);
    hand.press("call_back.ask");
    wait("the kiosk shows the place", [&] { return screen.screen() == "call_back_place"; });
    wait_shows(screen, "call_back_place.leave");
}

void LineOffice::wait_line(Driver& screen, int calls, int call_backs) {
    if (calls + call_backs == 0)
        return wait_shows(screen, "line.nobody");
    wait_words(screen,
               std::to_string(calls) + " on the line, " + std::to_string(call_backs) + " to be called");
}

void LineOffice::take_next(Driver& screen, int calls, int call_backs) {
    // Only the calls of a system that was heard of a moment ago are in the line, however long the test was at
    // something else.
    telephones.tell();
    wait_line(screen, calls, call_backs);
    screen.key("Alt+J");
}

void LineOffice::wait_rings(Driver& screen, HeldSwitch::OnHold const& one) {
    wait("it rings at the desk",
         [&] { return one.is_put_through() && holds(screen.words(), "Ringing: " + shown(one.number)); });
}

void LineOffice::answer(Driver& screen, HeldSwitch::OnHold const& one) {
    wait_rings(screen, one);
    screen.key("F4");
    wait("it is answered", [&] { return one.talks(); });
    wait_shows(screen, "case.find_title");
}

void LineOffice::end_call(Driver& screen, HeldSwitch::OnHold const& one) {
    one.caller->hang_up();
    wait_words(screen, "the caller hung up");
    one.caller->expect_end();
    close_case(screen);
    // The line, for which a case may leave no room, says nothing else of it.
    CHECK_FALSE(screen.shows("line.not_put_through"));
    CHECK_FALSE(screen.shows("line.hung_up"));
}

void LineOffice::close_case(Driver& screen) {
    screen.key("Alt+E");
    wait_shows(screen, "close_case.title");
    screen.key("Alt+O");
    // "Closed" may stand there still of the case before.
    wait("the case is closed",
         [&] { return !screen.shows("close_case.title") && screen.shows("cases.none"); });
    // That a held call was put through is news of central's, which may come a moment after all this.
    wait_gone(screen, "line.rings_soon");
}

// ---- what central keeps ----

std::string LineOffice::kept_state(HeldSwitch::OnHold const& one) {
    auto database = bench.database();
    auto query = must(database.prepare("SELECT state FROM line_held_call WHERE call = $1"));
    query.bind(1, one.id);
    std::string states;
    while (must(query.step()))
        states += (states.empty() ? "" : " ") + query.text(0);
    return states;
}

std::int64_t LineOffice::count_of(std::string const& rows) {
    auto database = bench.database();
    auto query = must(database.prepare("SELECT count(*) FROM " + rows));
    REQUIRE(must(query.step()));
    return query.integer(0);
}

} // namespace portico::test
