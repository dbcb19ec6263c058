#pragma once

#include "kiosk/app/app.h"

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
    /// Ends the session and leaves the screens: nothing of a person is on them yet.
    void sign_out_quietly();
    /// The plan took this kiosk out of service: it serves nobody.
    void withdraw();
    /// The account is set up: what was allowed to do that ends, and the person signs in.
    void sign_in_anew();
    /// Back to the attract screen, ready for the next person.
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
void enter(Turn& turn, KeySignIn& screen);
void enter(Turn& turn, TotpSetup& screen);
void enter(Turn& turn, CallCheckPage& screen);

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

// By family: true when the intent or event was theirs.
void open_place(Turn& turn, Place place);
void pick(Turn& turn, Picked const& picked);
void on_sign_in_reply(Turn& turn, RequestNumber request, SignedIn& event);
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
