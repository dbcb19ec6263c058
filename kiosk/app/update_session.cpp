#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"

namespace portico::kiosk {

namespace {

/// Nobody is in the middle of anything.
bool stands_idle(Screen const& screen) {
    return std::holds_alternative<Attract>(screen) || std::holds_alternative<OutOfOrder>(screen);
}

int seconds_until(MonoTime end, MonoTime now) {
    auto const left = std::chrono::ceil<std::chrono::seconds>(end - now).count();
    return static_cast<int>(std::max<std::int64_t>(0, left));
}

/// The next moment at which `seconds_until(end)` shows another number.
MonoTime next_second(MonoTime end, int shown) {
    return end - std::chrono::seconds(std::max(0, shown - 1));
}

/// By ear or by switch everything takes longer.
bool needs_longer(Settings const& settings) {
    return settings.speech.on || settings.switches.on;
}

std::chrono::seconds idle_countdown(App const& app) {
    return needs_longer(app.settings) ? idle_countdown_longer_s : idle_countdown_s;
}

/// Somebody chose large text or speech on the first screen and walked off.
bool left_unlike_found(App const& app) {
    return std::holds_alternative<Attract>(app.screen) && !(app.settings == app.defaults);
}

bool goodbye_is_over(App const& app, VisitEnd const& end, MonoTime now) {
    auto const stood = now - end.since;
    return stood >= left_behind_max_s || (stood >= goodbye_s && !app.facts.anything_left());
}

void tick_locked(Turn& turn, LockedOut& locked) {
    if (locked.until) {
        locked.minutes_left = (seconds_until(*locked.until, turn.now.mono) + 59) / 60;
        locked.unlocked = locked.unlocked || turn.now.mono >= *locked.until;
    }
    if (turn.now.mono - locked.since >= locked_screen_max_s)
        turn.end_visit(EndReason::Idle);
}

void tick_printing(Turn& turn) {
    turn.app.last_touch = turn.now.mono;
    if (auto* card = std::get_if<CardPrint>(&turn.app.screen))
        card->seconds_left = seconds_until(card->since + card_print_expected_s, turn.now.mono);
}

} // namespace

std::chrono::seconds idle_timeout(App const& app) {
    return needs_longer(app.settings) ? idle_timeout_longer_s : idle_timeout_s;
}

bool is_printing(Screen const& screen) {
    auto const runs = [](PrintStage stage) {
        return stage == PrintStage::Preparing || stage == PrintStage::Printing;
    };
    if (auto const* card = std::get_if<CardPrint>(&screen))
        return runs(card->stage);
    if (auto const* letter = std::get_if<LetterPrint>(&screen))
        return runs(letter->stage);
    return false;
}

void on_person(Turn& turn) {
    // The covered page comes back by its button alone: a passing sleeve must not keep a session open.
    if (!turn.on_top<StillThere>())
        turn.app.last_touch = turn.now.mono;
}

void still_here(Turn& turn) {
    if (!turn.on_top<StillThere>())
        return;
    turn.app.last_touch = turn.now.mono;
    turn.back();
}

void on_tick(Turn& turn) {
    App& app = turn.app;
    auto const now = turn.now.mono;
    if (tick_set_up(turn) || tick_call_back(turn))
        return;
    tick_service(turn);
    if (app.session.signed_in() && now >= app.session.ends_at)
        return turn.end_visit(EndReason::TimeUp);
    if (auto const* end = std::get_if<VisitEnd>(&app.screen)) {
        if (goodbye_is_over(app, *end, now))
            turn.attract();
        return;
    }
    if (auto* there = std::get_if<StillThere>(&app.screen)) {
        there->seconds_left = seconds_until(there->until, now);
        if (now >= there->until)
            turn.end_visit(EndReason::Idle);
        return;
    }
    if (auto* locked = std::get_if<LockedOut>(&app.screen))
        return tick_locked(turn, *locked);
    if (is_printing(app.screen))
        return tick_printing(turn);
    auto const timeout = idle_timeout(app);
    if (left_unlike_found(app) && now - app.last_touch >= timeout)
        return turn.attract();
    if (!stands_idle(app.screen) && now - app.last_touch >= timeout) {
        auto const countdown = idle_countdown(app);
        auto const until = app.last_touch + timeout + countdown;
        if (now >= until)
            return turn.end_visit(EndReason::Idle);
        turn.open(StillThere{.until = until,
                             .seconds_left = seconds_until(until, now),
                             .seconds_total = static_cast<int>(countdown.count())});
    }
}

std::optional<MonoTime> next_deadline(App const& app) {
    if (app.set_up)
        return set_up_deadline(app);
    std::optional<MonoTime> next;
    auto sooner = [&](MonoTime when) { next = next ? std::min(*next, when) : when; };
    if (app.session.signed_in())
        sooner(app.session.ends_at);
    if (auto const runs_out = call_check_deadline(app))
        sooner(*runs_out);
    if (auto const measures_due = service_deadline(app))
        sooner(*measures_due);
    if (auto const* end = std::get_if<VisitEnd>(&app.screen)) {
        sooner(end->since + (app.facts.anything_left() ? left_behind_max_s : goodbye_s));
    } else if (auto const* there = std::get_if<StillThere>(&app.screen)) {
        sooner(next_second(there->until, there->seconds_left));
    } else if (auto const place_shown = call_back_deadline(app)) {
        sooner(*place_shown);
    } else if (auto const* locked = std::get_if<LockedOut>(&app.screen)) {
        sooner(locked->since + locked_screen_max_s);
        if (locked->until && !locked->unlocked)
            sooner(*locked->until - std::chrono::minutes(std::max(0, locked->minutes_left - 1)));
    } else if (auto const* card = std::get_if<CardPrint>(&app.screen);
               card != nullptr && is_printing(app.screen) && card->seconds_left > 0) {
        sooner(next_second(card->since + card_print_expected_s, card->seconds_left));
    } else if (left_unlike_found(app) || (!stands_idle(app.screen) && !is_printing(app.screen))) {
        sooner(app.last_touch + idle_timeout(app));
    }
    return next;
}

void proceed(Turn& turn, VisitEnd&) {
    turn.attract();
}

void on_online(Turn& turn, client::Online online) {
    if (online != turn.app.facts.online)
        turn.app.facts.online_since = turn.now.utc;
    turn.app.facts.online = online;
    auto const* resting = std::get_if<OutOfOrder>(&turn.app.screen);
    if (online == client::Online::Withdrawn && (resting == nullptr || !resting->withdrawn))
        turn.withdraw();
    else if (online == client::Online::Yes && resting != nullptr && resting->withdrawn)
        turn.attract(); // the plan took it back
    else if (online == client::Online::Yes) {
        ask_missed_call_check(turn);
        look_at_place(turn);
    }
}

namespace {

/// It is what they waited for in line: they see it at once.
void unlock_arrived(Turn& turn, LockedOut& locked) {
    locked.unlocked = true;
    if (turn.on_top<CallBackPage>())
        turn.pop_until([](Screen const& each) { return std::holds_alternative<LockedOut>(each); });
}

} // namespace

void on_central_told(Turn& turn, api::TerminalEvent const& event) {
    if (event.event == "terminal_revoked") {
        turn.withdraw();
    } else if (event.event == "session_ended") {
        if (turn.app.session.signed_in() && event.ticket.empty())
            turn.end_visit(EndReason::EndedByPlan);
    } else if (event.event == "account_unlocked") {
        if (auto* locked = turn.find<LockedOut>();
            locked != nullptr && !event.ticket.empty() && locked->ticket == event.ticket)
            unlock_arrived(turn, *locked);
    } else if (event.event == "call_check") {
        ask_call_check(turn);
    } else if (event.event == "message_written") {
        on_messages_changed(turn);
    } else if (event.event == "requests_changed") {
        on_requests_changed(turn);
    } else if (event.event == "line_changed") {
        look_at_place(turn);
    }
}

void open_place(Turn& turn, Place place) {
    if (open_in_set_up(turn, place) || kept_from_service(turn, place))
        return;
    switch (place) {
    case Place::SignIn:
        return turn.open(SignIn{});
    case Place::Home:
        return turn.go_home();
    case Place::More:
        return turn.open(More{});
    case Place::Claims:
        return turn.open(Claims{});
    case Place::ClaimSearch: {
        auto const* claims = turn.find<Claims>();
        return turn.open(ClaimSearch{.filter = claims != nullptr ? claims->filter : ClaimFilter{}});
    }
    case Place::Costs:
        return turn.open(Costs{});
    case Place::EobStory: {
        auto const* eob = turn.find<EobPage>();
        if (eob != nullptr && eob->detail.value)
            turn.open(EobStory{.detail = *eob->detail.value});
        return;
    }
    case Place::WordHelp:
        return turn.open(WordHelp{});
    case Place::Card:
        return turn.open(CardPage{});
    case Place::MailCard:
        return turn.open(MailCard{});
    case Place::FindDoctor:
        return turn.open(FindDoctor{.in_plan = !turn.app.session.network_ids.empty()});
    case Place::MyDoctors:
        return turn.open(MyDoctors{});
    case Place::Contact:
        return turn.open(Contact{});
    case Place::ContactEdit:
        if (auto* contact = std::get_if<Contact>(&turn.app.screen))
            proceed(turn, *contact);
        return;
    case Place::Methods:
        return turn.open(Methods{});
    case Place::Requests:
        return turn.open(Requests{});
    case Place::Messages:
        return turn.open(Messages{});
    case Place::WhoCalls:
        return turn.open(WhoCalls{});
    case Place::Notices:
        return turn.open(Notices{});
    // From the access bar of any screen: pressed again on the screen itself it does nothing.
    case Place::Help:
        return turn.on_top<Help>() ? void() : turn.open(Help{});
    case Place::CallBack:
        return open_call_back(turn);
    case Place::Language:
        return turn.on_top<LanguageMenu>() || turn.on_top<Attract>() ? void() : turn.open(LanguageMenu{});
    case Place::TextAndColor:
        return turn.on_top<TextAndColor>() ? void() : turn.open(TextAndColor{});
    case Place::Switches:
        return turn.on_top<SwitchMenu>() ? void() : turn.open(SwitchMenu{});
    case Place::Password:
        return turn.open(PasswordSignIn{});
    case Place::CardScan:
        return turn.open(CardScan{});
    case Place::KeySignIn:
        return turn.open(KeySignIn{});
    case Place::ChipSignIn:
        return turn.open(ChipSignIn{});
    case Place::Register:
        return turn.open(RegisterStart{});
    case Place::RegisterCode:
        return turn.open(RegisterCode{});
    case Place::RegisterInPerson:
        return turn.open(CardScan{.to_register = true});
    case Place::AddKey:
        return turn.open(KeySignIn{.use = KeyUse::Register});
    case Place::RegisterStaff:
        return turn.open(RegisterCode(true));
    case Place::AddChip:
        return turn.open(ChipSignIn{.use = ChipUse::Add});
    case Place::AddCodeApp:
        return turn.open(TotpSetup{});
    case Place::TotpCode:
        return turn.open(TotpCode{});
    case Place::ChangePassword: {
        auto const* methods = std::get_if<Methods>(&turn.app.screen);
        ChooseUsername change{.changing = true};
        if (methods != nullptr && methods->credentials.value)
            change.username = methods->credentials.value->username;
        return turn.open(std::move(change));
    }
    case Place::WayBack:
        return turn.open(WayBack{});
    case Place::WayBackApp:
    case Place::WayBackKey:
    case Place::WayBackChip:
    case Place::WayBackStaff:
        return prove_return_by(turn, place);
    case Place::ChangePin:
        return turn.open(ChoosePin{.changing = true});
    // A kiosk that is enrolled has none.
    case Place::SetUpCentral:
    case Place::SetUpTouch:
    case Place::SetUpDevices:
        return;
    }
}

} // namespace portico::kiosk
