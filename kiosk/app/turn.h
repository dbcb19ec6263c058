#pragma once

#include "kiosk/app/app.h"
#include "kiosk/screens/device_cards.h"

#include <algorithm>
#include <type_traits>

namespace portico::kiosk {

/// One call of `update`: the state, the time, and the commands so far.
class Turn {
public:
    Turn(App& the_app, Now the_time) : app(the_app), now(the_time) {}

    App& app;
    Now now;
    std::vector<Command> commands;

    /// Queues a command; its number comes back with the reply.
    RequestNumber ask(CommandBody body);

    /// Shows `screen` over the present one, which Back returns to.
    void open(Screen screen);
    /// Shows `screen` instead of the present one.
    void replace(Screen screen);
    void back();
    void go_home();
    /// Asks for what the present screen shows.
    void enter_top();

    /// The visit is over: everything personal goes now; the screen says what to take along.
    void end_visit(EndReason reason);
    /// The account is locked: whoever was signed in is so no longer, and the screen shows nothing of them.
    void lock_out(LockedOut locked);
    /// Whoever is here may be gone: what they were is wiped, and only this page stays, which shows nothing of
    /// them.
    void leave_standing(Screen screen);
    /// Ends the session and leaves the screens: nothing of a person is on them yet.
    void sign_out_quietly();
    /// The plan took this kiosk out of service: it serves nobody.
    void withdraw();
    /// The account is set up: what was allowed to do that ends, and the person signs in.
    void sign_in_anew();
    /// Back to the first screen, ready for the next person.
    void attract();

    /// The topmost screen of a kind, shown or beneath.
    template <class S>
    S* find() {
        if (auto* top = std::get_if<S>(&app.screen))
            return top;
        for (auto each = app.beneath.rbegin(); each != app.beneath.rend(); ++each)
            if (auto* found = std::get_if<S>(&*each))
                return found;
        return nullptr;
    }
    template <class S>
    bool on_top() const {
        return std::holds_alternative<S>(app.screen);
    }
    /// Takes screens off the top until one satisfies `stays`; false when none is left.
    template <class Stays>
    bool pop_until(Stays stays) {
        while (!stays(app.screen)) {
            if (app.beneath.empty())
                return false;
            app.screen = std::move(app.beneath.back());
            app.beneath.pop_back();
        }
        return true;
    }

private:
    void clear_session();
};

/// "Continue" waits for this field: it says so beside it, until something is typed. What was wrong before is
/// no longer said.
template <class S>
void wait_for(S& screen, Field field) {
    screen.missing = field;
    screen.doing.failure.reset();
}

// What a screen does when it is shown (or asked to try again), and on its primary action. A screen without an
// overload has nothing to do. In the update_*.cpp of its family.
void enter(Turn& turn, Home& screen);
void enter(Turn& turn, Claims& screen);
void enter(Turn& turn, Costs& screen);
void enter(Turn& turn, EobPage& screen);
void enter(Turn& turn, CardPage& screen);
void enter(Turn& turn, FindDoctor& screen);
void enter(Turn& turn, Contact& screen);
void enter(Turn& turn, Methods& screen);
void enter(Turn& turn, Requests& screen);
void enter(Turn& turn, Messages& screen);
void enter(Turn& turn, KeySignIn& screen);
void enter(Turn& turn, TotpSetup& screen);
void enter(Turn& turn, CallCheckPage& screen);
void enter(Turn& turn, WhoCalls& screen);
void enter(Turn& turn, SetUpHub& screen);
void enter(Turn& turn, SetUpTouch& screen);
void enter(Turn& turn, SetUpDevices& screen);
void enter(Turn& turn, Diagnostics& screen);

void proceed(Turn& turn, KeySignIn& screen);
void proceed(Turn& turn, ChipSignIn& screen);
void proceed(Turn& turn, CardPin& screen);
void proceed(Turn& turn, PasswordSignIn& screen);
void proceed(Turn& turn, TotpCode& screen);
void proceed(Turn& turn, LockedOut& screen);
void proceed(Turn& turn, RegisterCode& screen);
void proceed(Turn& turn, ChooseUsername& screen);
void proceed(Turn& turn, ChoosePin& screen);
void proceed(Turn& turn, OfferKey& screen);
void proceed(Turn& turn, RegisterDone& screen);
void proceed(Turn& turn, TotpSetup& screen);
void proceed(Turn& turn, ClaimSearch& screen);
void proceed(Turn& turn, MailCard& screen);
void proceed(Turn& turn, CardPrint& screen);
void proceed(Turn& turn, LetterPrint& screen);
void proceed(Turn& turn, FindDoctor& screen);
void proceed(Turn& turn, ReportListing& screen);
void proceed(Turn& turn, Contact& screen);
void proceed(Turn& turn, ContactEdit& screen);
void proceed(Turn& turn, VisitEnd& screen);
void proceed(Turn& turn, CallCheckPage& screen);
void proceed(Turn& turn, CallBackAsk& screen);
void proceed(Turn& turn, WhoCalls& screen);
void proceed(Turn& turn, WayBack& screen);
void proceed(Turn& turn, ReplaceLost& screen);
void proceed(Turn& turn, SetUpHub& screen);
void proceed(Turn& turn, SetUpCentral& screen);

// By family: true when the intent or event was theirs.
void open_place(Turn& turn, Place place);
void pick(Turn& turn, Picked const& picked);
/// Staff have security keys only; a member begins with a username.
void begin_registration(Turn& turn, bool staff);
void on_sign_in_reply(Turn& turn, RequestNumber request, SignedIn& event);
/// Whatever waits for this reply, on top or beneath; nothing when it went.
Doing* waiting_for(Turn& turn, RequestNumber request);
/// Clears what was typed, so that the next try starts empty.
void forget_secrets(Screen& screen);
/// The key in use did not do what was asked of it.
void key_failed(Turn& turn, Error const& failure);
/// "03091980", month first as it is said here, as 1980-03-09; what is no such day stays as typed.
std::string iso_date(std::string const& typed);
void on_recovery_asked(Turn& turn, RequestNumber request, RecoveryAsked& event);
/// Under which proofs are shown by a key or card that was opened over the page with the codes.
std::string visit_of_return(Turn& turn);
/// By what else than a second code of ours.
void prove_return_by(Turn& turn, Place place);
/// Both proofs were right: what was lost is set anew, and then the next.
void begin_return(Turn& turn, std::string const& sets_anew);
void next_of_return(Turn& turn);
/// It was not this member who asked for it.
void stop_return(Turn& turn);
void on_account_changed(Turn& turn, RequestNumber request, AccountChanged& event);
void on_operation_kept(Turn& turn, RequestNumber request, OperationKept& event);
void on_print_moved(Turn& turn, RequestNumber request, PrintMoved& event);
void on_key_changed(Turn& turn, SecurityKeyState const& before);
void on_chip_changed(Turn& turn, ChipCardState const& before);
void on_scanned(Turn& turn, Scan const& scan);
void on_central_told(Turn& turn, api::TerminalEvent const& event);
void on_online(Turn& turn, client::Online online);
void on_speech(Turn& turn, SpeechAct act);
void on_headphones(Turn& turn, Headphones now);
void on_tick(Turn& turn);
void on_person(Turn& turn);
void still_here(Turn& turn);
void step_back(Turn& turn);
void code_app_failed(Turn& turn, Error const& failure);
void answer_finding(Turn& turn, AnswerFinding const& answer);
void print_letter(Turn& turn);
void print_card(Turn& turn);
void print_doctors(Turn& turn);
void toggle_doctor(Turn& turn, std::string const& listing_id);
/// Back from what was found to what to look for.
void change_search(FindDoctor& screen);
void open_doctor(Turn& turn, std::string const& listing_id);
void report_doctor(Turn& turn, std::string const& listing_id);
void turn_claims(Turn& turn, bool older);
void open_claim(Turn& turn, OpenClaim const& claim);
void clear_search(Turn& turn);
void ask_remove(Turn& turn, std::string const& id);
void confirm_remove(Turn& turn, bool yes);
void ask_withdraw(Turn& turn, std::string const& operation_id);
void confirm_withdraw(Turn& turn, bool yes);
void on_outbox_changed(Turn& turn, client::OutboxCounts const& counts);
void mail_eob(Turn& turn);
void open_message(Turn& turn, std::string const& id);
void on_message_read(Turn& turn, RequestNumber request, MessageRead& event);
/// Staff have written to the member who is signed in here: what counts or lists messages is read again.
void on_messages_changed(Turn& turn);
/// ... have asked for something on their behalf.
void on_requests_changed(Turn& turn);
/// Asks whether a desk wants to know if this member is on the phone; of a member who is surely signed in.
void ask_call_check(Turn& turn);
/// ... again, when the last time central could not be reached.
void ask_missed_call_check(Turn& turn);
void on_call_check(Turn& turn, RequestNumber request, Result<api::CallCheck>& result);
void on_call_check_answered(Turn& turn, RequestNumber request, CallCheckAnswered& event);
void answer_call(Turn& turn, std::string const& number);
/// After every turn: opens the page of one that waits once it can, and ends one whose time is over.
void attend_call_check(Turn& turn);
std::optional<MonoTime> call_check_deadline(App const& app);
/// "Talk to a person".
void open_call_back(Turn& turn);
/// True when the choice was of that page.
bool pick_call_back(Turn& turn, Picked const& picked);
void on_call_back_asked(Turn& turn, RequestNumber request, CallBackAsked& event);
void on_call_back_place(Turn& turn, RequestNumber request, Result<api::CallBackPlace>& result);
void on_call_back_cancelled(Turn& turn, RequestNumber request, CallBackCancelled& event);
/// Asks how the call stands that is shown or beneath.
void look_at_place(Turn& turn);
void ask_cancel_call(Turn& turn);
void confirm_cancel_call(Turn& turn, bool yes);
/// True while a place in line is shown: its time is its own.
bool tick_call_back(Turn& turn);
std::optional<MonoTime> call_back_deadline(App const& app);
/// The set-up, where there is one: what it opens itself and what it lets be opened; true when that was all.
bool open_in_set_up(Turn& turn, Place place);
void on_set_up_scan(Turn& turn, Scan const& scan);
void on_certify_moved(Turn& turn, RequestNumber request, CertifyMoved& event);
void on_certified(Turn& turn, RequestNumber request, TerminalCertified& event);
void on_central_checked(Turn& turn, RequestNumber request, CentralChecked& event);
/// What the set-up has seen to work stays so.
void note_devices(App& app);
void on_device_test(Turn& turn, RequestNumber request, DeviceTestPrinted& event);
void touch_target(Turn& turn, std::size_t target);
void print_device_test(Turn& turn);
/// True in a set-up: its time is its own.
bool tick_set_up(Turn& turn);
std::optional<MonoTime> set_up_deadline(App const& app);
/// A technician's key: the diagnostics of this kiosk, as long as the key is in.
void begin_service(Turn& turn, api::SessionReply const& reply);
/// In a technician's session: what it must not open; true when that was all.
bool kept_from_service(Turn& turn, Place place);
/// The same, when the key changed.
bool end_service_without_key(Turn& turn);
void on_measures(Turn& turn, RequestNumber request, Result<Measures>& result);
void tell_central(Turn& turn);
void on_diagnostics_sent(Turn& turn, RequestNumber request, DiagnosticsSent& event);
/// Looks again at what has changed meanwhile.
void tick_service(Turn& turn);
std::optional<MonoTime> service_deadline(App const& app);
/// How long nobody has to touch anything until somebody is asked for.
std::chrono::seconds idle_timeout(App const& app);
/// A print that runs is watched, not left.
bool is_printing(Screen const& screen);
/// A session that is not sure enough, or over: offers the next step instead of an error.
bool handled_as_sign_in(Turn& turn, Error const& failure);

/// An operation of this session with one payload still to be set.
inline api::Operation operation_of(App const& app) {
    api::Operation operation;
    operation.session_token = app.session.token;
    return operation;
}

} // namespace portico::kiosk
