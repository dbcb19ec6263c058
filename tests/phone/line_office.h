#pragma once

#include "tests/phone/faulty_lines.h"
#include "tests/phone/held_switch.h"
#include "tests/phone/telephone_of.h"
#include "tests/support/eventually.h"
#include "tests/walk/phone_desk.h"

#include <functional>
#include <memory>
#include <string>

namespace portico::test {

/// A plan whose callers and call-backs are one line, each program a real one: central, a kiosk at which
/// people ask for a call, one desk or two with a telephone each, and the plan's telephone system
/// (held_switch.h).
class LineOffice {
public:
    struct Settings {
        bool second_desk = false;
        bool moves_clock = false; ///< central's clock can be put forward: `pass`
        /// Who answers calls of the first desk's, as PhoneBench::Settings.
        std::string called = {};
    };
    /// False, after a word on why, on a machine without the programs.
    static bool can_run();

    LineOffice() : LineOffice(Settings()) {}
    explicit LineOffice(Settings const& settings);

    Driver& kiosk() { return office.kiosk->screen(); }
    Driver& desk() { return office.screen(); }
    Driver& second_desk() { return second_->desk.screen(); }

    /// Central's clock goes on by so much. Nobody else's does.
    void pass(std::chrono::seconds time);

    /// Until it is so; the telephone system works meanwhile. Fails the test with all screens when it takes
    /// too long.
    void wait(std::string const& what, std::function<bool()> const& is_so,
              std::chrono::seconds limit = eventually_max);
    void wait_shows(Driver& screen, std::string const& msg);
    void wait_gone(Driver& screen, std::string const& msg);
    void wait_words(Driver& screen, std::string const& words);

    /// Calls, and waits until central has put them into the line.
    HeldSwitch::OnHold& hold(std::string const& number, std::string const& language = "en");
    /// At the kiosk, without signing in. Ends where the place stands.
    void ask_for_call_back(std::string const& number);
    /// Until the desk shows so many.
    void wait_line(Driver& screen, int calls, int call_backs);
    /// The key for the next, when the desk shows that so many wait.
    void take_next(Driver& screen, int calls, int call_backs);
    /// Until it rings at this desk.
    void wait_rings(Driver& screen, HeldSwitch::OnHold const& one);
    /// Answers what rings, and has its case.
    void answer(Driver& screen, HeldSwitch::OnHold const& one);
    /// The caller hangs up, and the case is closed.
    void end_call(Driver& screen, HeldSwitch::OnHold const& one);
    void close_case(Driver& screen);

    /// What central keeps of it: "waiting", "ringing", "put_through", "gone"; empty: nothing.
    std::string kept_state(HeldSwitch::OnHold const& one);
    std::int64_t count_of(std::string const& rows);

private:
    /// Another rep at another desk, with a telephone of its own.
    struct Second {
        Second(PhoneDesk& office, std::filesystem::path const& run);
        Desk desk;
        PhoneBench telephone;
    };
    Bench::Settings bench_settings() const;
    PhoneBench::Settings telephone_settings();
    std::unique_ptr<Second> seat_second();
    void connect(Desk& at, PhoneBench const& its_telephone, std::string const& extension);
    /// Its central has a clock that can be moved, its terminals lines that can lose something.
    Bench& prepared_bench();
    std::string screens();

    Settings settings_;
    ScratchFolder run_;        ///< of the first telephone's sockets
    ScratchFolder second_run_; ///< of the second's
    ScratchFolder clock_;      ///< of the file that says how far ahead central's is
    std::int64_t ahead_s_ = 0;

public:
    Bench bench;
    FaultyLines lines; ///< of the telephone system
    FaultyLines desk_lines;
    PhoneDesk office;
    PhoneBench telephone;

private:
    std::unique_ptr<Second> second_;

public:
    HeldSwitch telephones; // last to enrol: it waits until central lets it
};

} // namespace portico::test
