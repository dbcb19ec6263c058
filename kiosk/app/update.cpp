#include "kiosk/app/turn.h"

#include <memory>

namespace portico::kiosk {

namespace {

template <class... F>
struct Match : F... {
    using F::operator()...;
};
template <class... F>
Match(F...) -> Match<F...>;

template <class S>
concept Enters = requires(Turn& turn, S& screen) {
    enter(turn, screen);
};
template <class S>
concept Proceeds = requires(Turn& turn, S& screen) {
    proceed(turn, screen);
};
template <class S>
concept HasText = requires(S& screen) {
    screen.text_field(Field{});
};
template <class S>
concept HasSecret = requires(S& screen) {
    screen.secret_field(Field{});
};
template <class S>
concept HasDoing = requires(S& screen) {
    screen.doing.waiting();
};
template <class S>
concept SaysMissing = requires(S& screen) {
    screen.missing.reset();
};

void proceed_top(Turn& turn) {
    std::visit(
        [&](auto& screen) {
            using S = std::remove_cvref_t<decltype(screen)>;
            if constexpr (HasDoing<S>)
                if (screen.doing.waiting())
                    return; // a second press while the first is under way
            if constexpr (Proceeds<S>)
                proceed(turn, screen);
        },
        turn.app.screen);
}

void typed(Turn& turn, Typed const& typed) {
    std::visit(
        [&](auto& screen) {
            using S = std::remove_cvref_t<decltype(screen)>;
            if constexpr (HasText<S>)
                if (auto* field = screen.text_field(typed.field)) {
                    *field = typed.text;
                    if constexpr (SaysMissing<S>)
                        screen.missing.reset();
                }
        },
        turn.app.screen);
}

void stroked(Turn& turn, Stroked const& stroked) {
    bool const submits = stroked.stroke.is_submit();
    if (submits)
        proceed_top(turn);
    std::visit(
        [&](auto& screen) {
            using S = std::remove_cvref_t<decltype(screen)>;
            if constexpr (HasSecret<S>)
                if (auto* field = screen.secret_field(stroked.field); field != nullptr && !submits)
                    apply(stroked.stroke, *field);
            // Who is done with one field has perhaps not come to the next: only "Continue" asks for that.
            if constexpr (SaysMissing<S>)
                if (!submits || screen.missing != stroked.field)
                    screen.missing.reset();
        },
        turn.app.screen);
}

/// A reply for whichever screen waits for it, shown or beneath.
template <class S, class T>
bool offer(Turn& turn, RequestNumber request, Load<T> S::*load, Result<T>& result) {
    auto* screen = turn.find<S>();
    return screen != nullptr && (screen->*load).take(request, result);
}

template <class T>
void failed(Turn& turn, Load<T> const* load) {
    if (load != nullptr && load->failure)
        handled_as_sign_in(turn, *load->failure);
}

void on_claims(Turn& turn, RequestNumber request, Result<api::ClaimsPage>& result) {
    auto* claims = turn.find<Claims>();
    if (claims != nullptr && claims->page.take(request, result)) {
        if (claims->page.value)
            for (auto const& row : claims->page.value->claims)
                if (!row.patient_given_name.empty() &&
                    std::find(claims->people.begin(), claims->people.end(), row.patient_given_name) ==
                        claims->people.end())
                    claims->people.push_back(row.patient_given_name);
        return failed(turn, &claims->page);
    }
    if (auto* costs = turn.find<Costs>(); costs != nullptr && costs->page.take(request, result))
        failed(turn, &costs->page);
}

void on_home(Turn& turn, RequestNumber request, Result<api::Home>& result) {
    if (!offer(turn, request, &Home::home, result))
        return;
    auto const& home = turn.find<Home>()->home;
    if (home.value && home.value->plan)
        turn.app.session.network_ids = home.value->plan->network_ids;
    failed(turn, &home);
}

void on_card(Turn& turn, RequestNumber request, Result<api::IdCardReply>& result) {
    if (!offer(turn, request, &CardPage::card, result))
        return;
    auto& page = *turn.find<CardPage>();
    if (page.card.value)
        page.pictures.begin(
            turn.ask(RenderCard{.card = page.card.value->card, .language = turn.app.settings.language}));
    failed(turn, &page.card);
}

void on_event(Turn& turn, Event& event) {
    App& app = turn.app;
    auto const request = event.request;
    note_faults(app.faults, app.facts, event, turn.now.utc);
    std::visit(
        Match{
            [&](Loaded<api::Home>& e) { on_home(turn, request, e.result); },
            [&](Loaded<api::ClaimsPage>& e) { on_claims(turn, request, e.result); },
            [&](Loaded<api::EobDetail>& e) {
                if (offer(turn, request, &EobPage::detail, e.result))
                    failed(turn, &turn.find<EobPage>()->detail);
            },
            [&](Loaded<api::ContactDetails>& e) {
                if (offer(turn, request, &Contact::details, e.result))
                    failed(turn, &turn.find<Contact>()->details);
            },
            [&](Loaded<api::Requests>& e) {
                if (offer(turn, request, &Requests::requests, e.result))
                    failed(turn, &turn.find<Requests>()->requests);
            },
            [&](Loaded<api::Messages>& e) {
                if (offer(turn, request, &Messages::messages, e.result))
                    failed(turn, &turn.find<Messages>()->messages);
            },
            [&](Loaded<api::Credentials>& e) {
                if (offer(turn, request, &Methods::credentials, e.result))
                    failed(turn, &turn.find<Methods>()->credentials);
            },
            [&](Loaded<api::TotpBegun>& e) {
                if (offer(turn, request, &TotpSetup::begun, e.result))
                    failed(turn, &turn.find<TotpSetup>()->begun);
            },
            [&](Loaded<api::IdCardReply>& e) { on_card(turn, request, e.result); },
            [&](Loaded<api::OpenCalls>& e) {
                if (offer(turn, request, &WhoCalls::calls, e.result))
                    failed(turn, &turn.find<WhoCalls>()->calls);
            },
            [&](Loaded<api::CallCheck>& e) { on_call_check(turn, request, e.result); },
            [&](Loaded<client::ProvidersFound>& e) { offer(turn, request, &FindDoctor::found, e.result); },
            [&](Loaded<CardPictures>& e) { offer(turn, request, &CardPage::pictures, e.result); },
            [&](SignedIn& e) { on_sign_in_reply(turn, request, e); },
            [&](TouchWanted&) {
                if (auto* key = turn.find<KeySignIn>(); key != nullptr && key->doing.request == request)
                    key->touch_wanted = true;
            },
            [&](Loaded<api::OwnRecovery>& e) { offer(turn, request, &Methods::recovery, e.result); },
            [&](RecoveryAsked& e) { on_recovery_asked(turn, request, e); },
            [&](AccountChanged& e) { on_account_changed(turn, request, e); },
            [&](CallCheckAnswered& e) { on_call_check_answered(turn, request, e); },
            [&](MessageRead& e) { on_message_read(turn, request, e); },
            [&](OperationKept& e) { on_operation_kept(turn, request, e); },
            [&](PrintMoved& e) { on_print_moved(turn, request, e); },
            [&](KeyChanged& e) {
                auto const before = std::exchange(app.facts.key, std::move(e.state));
                on_key_changed(turn, before);
            },
            [&](ChipChanged& e) {
                auto const before = std::exchange(app.facts.chip, std::move(e.state));
                on_chip_changed(turn, before);
            },
            [&](Scanned& e) {
                on_scanned(turn, e.scan);
                // A set-up's holds a one-time code, a card's a number.
                if (e.scan.has_value())
                    wipe(e.scan.value());
            },
            [&](BarcodeChanged& e) { app.facts.barcode = std::move(e.state); },
            [&](PrinterChanged& e) {
                (e.printer == WhichPrinter::Card ? app.facts.card_printer : app.facts.letter_printer) =
                    std::move(e.status);
            },
            [&](OnlineChanged& e) { on_online(turn, e.online); },
            [&](OutboxChanged& e) { on_outbox_changed(turn, e.counts); },
            [&](ReferenceRead& e) {
                app.facts.notices = std::move(e.notices);
                app.facts.contact_ways = std::move(e.contact_ways);
                app.facts.directory_at = e.directory_at;
            },
            [&](ReferenceMoved&) { turn.ask(ReadReference{}); },
            [&](Loaded<api::CallBackPlace>& e) { on_call_back_place(turn, request, e.result); },
            [&](CallBackAsked& e) { on_call_back_asked(turn, request, e); },
            [&](CallBackCancelled& e) { on_call_back_cancelled(turn, request, e); },
            [&](CentralTold& e) { on_central_told(turn, e.event); },
            [&](Tick&) {},
            [&](PersonNoticed&) { on_person(turn); },
            [&](HeadphonesChanged& e) { on_headphones(turn, e.state); },
            [&](CertifyMoved& e) { on_certify_moved(turn, request, e); },
            [&](TerminalCertified& e) { on_certified(turn, request, e); },
            [&](CentralChecked& e) { on_central_checked(turn, request, e); },
            [&](DeviceTestPrinted& e) { on_device_test(turn, request, e); },
            [&](Loaded<Measures>& e) { on_measures(turn, request, e.result); },
            [&](DiagnosticsSent& e) { on_diagnostics_sent(turn, request, e); },
        },
        event.body);
    note_devices(app);
}

} // namespace

RequestNumber Turn::ask(CommandBody body) {
    commands.push_back({.request = ++app.last_request,
                        .session = app.session.stamp,
                        .token = app.session.token,
                        .body = std::move(body)});
    return app.last_request;
}

void Turn::open(Screen screen) {
    app.beneath.push_back(std::move(app.screen));
    app.screen = std::move(screen);
    enter_top();
}

void Turn::replace(Screen screen) {
    app.screen = std::move(screen);
    enter_top();
}

void Turn::back() {
    if (app.beneath.empty())
        return app.session.signed_in() ? end_visit(EndReason::Finished) : attract();
    app.screen = std::move(app.beneath.back());
    app.beneath.pop_back();
}

void Turn::go_home() {
    if (app.session.registering)
        return sign_in_anew();
    if (!app.session.signed_in())
        return attract();
    if (app.session.service) {
        pop_until([](Screen const& screen) { return std::holds_alternative<Diagnostics>(screen); });
        return enter_top();
    }
    if (pop_until([](Screen const& screen) { return std::holds_alternative<Home>(screen); }))
        return enter_top();
    app.beneath.clear();
    replace(Home{});
}

void Turn::enter_top() {
    std::visit(
        [&](auto& screen) {
            if constexpr (Enters<std::remove_cvref_t<decltype(screen)>>)
                enter(*this, screen);
        },
        app.screen);
}

namespace {

/// Makes an object anew where it stands, with nothing left between: short strings live inside it.
template <class T>
void remake(T& object) {
    std::destroy_at(&object);
    wipe(&object, sizeof object);
    std::construct_at(&object);
}

} // namespace

void Turn::clear_session() {
    sign_out_quietly();
    ask(CoverAndForget{});
    remake(app.screen);
    app.beneath.clear();
    app.beneath.shrink_to_fit();
}

void Turn::sign_in_anew() {
    auto const settings = app.settings;
    clear_session();
    app.settings = settings;
    replace(SignIn{});
}

void Turn::end_visit(EndReason reason) {
    if (app.set_up)
        return attract(); // nobody was here whom goodbye is for
    bool const was_signed_in = app.session.signed_in();
    clear_session();
    app.screen = VisitEnd{.reason = reason, .since = now.mono, .was_signed_in = was_signed_in};
    app.last_touch = now.mono;
}

void Turn::lock_out(LockedOut locked) {
    if (app.session.signed_in())
        return leave_standing(std::move(locked));
    // Nobody was signed in, and who tried is here still: what they chose stays theirs.
    app.beneath.clear();
    app.screen = std::move(locked);
}

void Turn::leave_standing(Screen screen) {
    auto const settings = app.settings;
    clear_session();
    app.settings = settings;
    app.screen = std::move(screen);
}

void Turn::sign_out_quietly() {
    ask(EndSession{});
    auto const next = app.session.stamp + 1;
    remake(app.session);
    app.session.stamp = next;
}

void Turn::withdraw() {
    clear_session();
    app.settings = app.defaults;
    app.screen = OutOfOrder{.withdrawn = true};
}

void Turn::attract() {
    clear_session();
    app.settings = app.defaults;
    if (app.set_up)
        app.screen = SetUpLanguage{};
    else
        app.screen = Attract{};
    app.last_touch = now.mono;
}

std::vector<Command> update(App& app, Intent intent, Now now) {
    Turn turn(app, now);
    if (!std::holds_alternative<StillThere>(app.screen))
        app.last_touch = now.mono;
    std::visit(Match{
                   [&](GoBack&) {
                       turn.ask(CancelWork{});
                       turn.back();
                   },
                   [&](StepBack&) { step_back(turn); },
                   [&](GoHome&) { turn.go_home(); },
                   [&](Finish&) { turn.end_visit(EndReason::Finished); },
                   [&](Continue&) { proceed_top(turn); },
                   [&](Retry&) { turn.enter_top(); },
                   [&](Open& i) { open_place(turn, i.place); },
                   [&](ChooseLanguage& i) {
                       app.settings.language = i.language;
                       if (turn.on_top<Attract>())
                           turn.open(SignIn{});
                       else if (turn.on_top<SetUpLanguage>())
                           turn.open(SetUpHub{});
                       else if (turn.on_top<LanguageMenu>())
                           turn.back();
                   },
                   [&](ChooseTextSize& i) { app.settings.text_percent = i.percent; },
                   [&](ChooseContrast& i) { app.settings.high_contrast = i.high; },
                   [&](StillHere&) { still_here(turn); },
                   [&](Typed& i) { typed(turn, i); },
                   [&](Stroked& i) { stroked(turn, i); },
                   [&](Picked& i) { pick(turn, i); },
                   [&](OpenClaim& i) { open_claim(turn, i); },
                   [&](TurnClaims& i) { turn_claims(turn, i.older); },
                   [&](ClearSearch&) { clear_search(turn); },
                   [&](AnswerFinding& i) { answer_finding(turn, i); },
                   [&](PrintLetter&) { print_letter(turn); },
                   [&](MailEob&) { mail_eob(turn); },
                   [&](OpenMessage& i) { open_message(turn, i.message); },
                   [&](PrintCard&) { print_card(turn); },
                   [&](OpenDoctor& i) { open_doctor(turn, i.listing_id); },
                   [&](ToggleDoctor& i) { toggle_doctor(turn, i.listing_id); },
                   [&](PrintDoctors&) { print_doctors(turn); },
                   [&](ReportDoctor& i) { report_doctor(turn, i.listing_id); },
                   [&](StopRecovery&) { stop_return(turn); },
                   [&](AskRemoveMethod& i) { ask_remove(turn, i.id); },
                   [&](ConfirmRemove& i) { confirm_remove(turn, i.yes); },
                   [&](AskWithdraw& i) { ask_withdraw(turn, i.operation_id); },
                   [&](ConfirmWithdraw& i) { confirm_withdraw(turn, i.yes); },
                   [&](AnswerCall& i) { answer_call(turn, i.number); },
                   [&](AskCancelCall&) { ask_cancel_call(turn); },
                   [&](ConfirmCancelCall& i) { confirm_cancel_call(turn, i.yes); },
                   [&](Speak& i) { on_speech(turn, i.act); },
                   [&](BeginSwitches&) { app.settings.switches.on = true; },
                   [&](SetSwitches& i) { app.settings.switches = i.to; },
                   [&](TouchTarget& i) { touch_target(turn, i.target); },
                   [&](PrintTestPage&) { print_device_test(turn); },
                   [&](TellCentral&) { tell_central(turn); },
               },
               intent);
    attend_call_check(turn);
    return std::move(turn.commands);
}

std::vector<Command> update(App& app, Event event, Now now) {
    Turn turn(app, now);
    // That person left: never show it to the next one.
    if (event.session != 0 && event.session != app.session.stamp)
        return {};
    on_event(turn, event);
    on_tick(turn);
    attend_call_check(turn);
    return std::move(turn.commands);
}

} // namespace portico::kiosk
