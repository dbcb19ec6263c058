#pragma once

#include "tests/phone/telephone_of.h"
#include "tests/support/kannel.h"
#include "tests/walk/phone_desk.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace portico::test {

/// The telephone number that stands on Alex's file.
inline constexpr char const* alex_number = "+18605550101";

/// A call for help from its beginning to its end, each program a real one: a member locks themself out at a
/// kiosk, calls, is found by facts and verified by a texted code that they key; the account of their
/// protected record is unlocked by a colleague's yes; they sign in with their key, and the rep has a claim
/// checked for them, which the kiosk shows. As steps that people try until they are done, whatever befalls
/// meanwhile.
class CallWalk {
public:
    static constexpr char const* key_name = "alex";

    /// False, after a word on why, on a machine without the programs.
    static bool can_run();
    /// What a bench needs for it. `run`: folder of the telephone's sockets.
    static Bench::Settings settings(Kannel const& kannel, std::filesystem::path const& run);

    CallWalk(Bench& bench, Kannel& kannel, std::filesystem::path const& run);

    /// What is so at central when a step is done, exactly; what is not named came about at no time before.
    struct Effects {
        int proofs = 0;   ///< a caller was verified
        int unlocks = 0;  ///< an account was unlocked
        int disputes = 0; ///< a claim waits to be checked
    };
    struct Step {
        char const* name;
        /// Up to the one thing that is tried.
        std::function<void()> prepare;
        /// What a person does when they look at the screen now. To be repeated until it is done.
        std::function<void()> act;
        std::function<bool()> done;
        Effects after;
    };
    std::vector<Step> steps();
    /// Acts until the step is done; fails the test, with all screens, when that takes too long.
    void finish(Step const& step);

    void check_effects(Effects const& expected);
    /// At the end of the walk, when nothing is under way any more: each effect once, and none beside.
    void check_outcome();

    Driver& kiosk() { return office.kiosk->screen(); }
    Driver& desk() { return office.screen(); }
    Driver& approver() { return approvers_->screen(); }

    PhoneDesk office;

private:
    void type_wrong_pins();
    void answer();
    void find();
    void break_glass();
    void open_ways();
    void send_code();
    void begin_keying();
    void key_code();
    void open_unlock();
    void ask_for_unlock();
    void open_entry();
    void say_yes();
    void prepare_key();
    void sign_in();
    void prepare_dispute();
    void check_shown_request();
    void prepare_close();
    std::string newest_code() const;
    std::int64_t count_of(std::string const& rows) const;
    std::string screens();

    Bench& bench_;
    Kannel& kannel_;
    std::string card_;
    std::unique_ptr<Desk> approvers_;
    PhoneBench telephone_;
    std::unique_ptr<Caller> caller_;
    std::size_t texts_before_ = 0;
};

} // namespace portico::test
