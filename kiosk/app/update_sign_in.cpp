#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"
#include "shared/base/language.h"
#include "shared/domain/card_barcode.h"

namespace portico::kiosk {

namespace {

/// Screens that only stand between a person and being known.
bool is_sign_in(Screen const& screen) {
    return std::holds_alternative<SignIn>(screen) || std::holds_alternative<KeySignIn>(screen) ||
           std::holds_alternative<ChipSignIn>(screen) || std::holds_alternative<CardScan>(screen) ||
           std::holds_alternative<CardPin>(screen) || std::holds_alternative<PasswordSignIn>(screen) ||
           std::holds_alternative<TotpCode>(screen) || std::holds_alternative<LockedOut>(screen) ||
           std::holds_alternative<StillThere>(screen);
}

void take_session(Turn& turn, api::SessionReply const& reply) {
    auto& session = turn.app.session;
    bool const fresh = !session.signed_in();
    session.token = reply.token;
    session.assurance = reply.assurance;
    session.given_name = reply.given_name;
    session.member_id_end = reply.member_id_end;
    session.step_up_ways = reply.step_up_ways;
    if (fresh)
        session.ends_at = turn.now.mono + std::min<std::chrono::seconds>(
                                              session_max_s, std::chrono::seconds(reply.expires_in_s));
    auto const* language = find_language(reply.language);
    auto& settings = turn.app.settings;
    // Not into silence: who listens keeps a language that has a voice.
    bool const usable = language != nullptr && turn.app.facts.offers(language->code) &&
                        (!settings.speech.on || turn.app.facts.speaks(std::string(language->code)));
    if (fresh && !session.registering && usable && settings.language == turn.app.defaults.language)
        settings.language = language->code;
}

bool can_step_up_by(Session const& session, std::string_view way) {
    return std::find(session.step_up_ways.begin(), session.step_up_ways.end(), way) !=
           session.step_up_ways.end();
}

/// A password alone says little: where a code app is set up, its code is the natural next question.
bool wants_code_next(Turn& turn) {
    return turn.find<PasswordSignIn>() != nullptr && turn.app.session.assurance < Assurance::TwoFactors &&
           can_step_up_by(turn.app.session, "totp");
}

void signed_in(Turn& turn) {
    auto& app = turn.app;
    if (wants_code_next(turn) && !turn.on_top<TotpCode>())
        return turn.replace(TotpCode{});
    if (app.session.assurance == Assurance::Identified) {
        // Known, but not proven: the PIN is what is left to ask.
        return turn.open(SignIn{.step_up = true});
    }
    // Stepping up: back to where the question came up. Signing in: home.
    if (turn.pop_until(
            [](Screen const& each) { return !is_sign_in(each) && !std::holds_alternative<Attract>(each); }))
        return turn.enter_top();
    app.beneath.clear();
    turn.replace(Home{});
}

/// Staff have security keys only; a member begins with a username.
void begin_registration(Turn& turn, bool staff) {
    turn.app.session.registering = true;
    turn.app.session.staff = staff;
    turn.app.beneath.clear();
    turn.replace(staff ? Screen(KeySignIn{.use = KeyUse::Register}) : Screen(ChooseUsername{}));
}

/// A staff key opens nobody's account: the session it got ends before anything is shown.
void refuse_staff(Turn& turn, api::SessionReply const& reply) {
    turn.app.session.token = reply.token;
    turn.sign_out_quietly();
    if (auto* key = turn.find<KeySignIn>()) {
        key->touch_wanted = false;
        key->doing.failure = error(ErrorKind::Refused, "staff_key");
    }
}

void lock(Turn& turn, Error const& failure) {
    LockedOut locked{.since = turn.now.mono, .ticket = failure.ticket};
    if (failure.retry_after_s > 0) {
        locked.until = turn.now.mono + std::chrono::seconds(failure.retry_after_s);
        locked.minutes_left = static_cast<int>((failure.retry_after_s + 59) / 60);
    }
    turn.lock_out(std::move(locked));
}

/// Clears what was typed, so that the next try starts empty.
void forget_secrets(Screen& screen) {
    std::visit(
        [](auto& each) {
            if constexpr (requires { each.pin.clear(); })
                each.pin.clear();
            if constexpr (requires { each.password.clear(); })
                each.password.clear();
            if constexpr (requires { each.again.clear(); })
                each.again.clear();
        },
        screen);
    if (auto* code = std::get_if<TotpCode>(&screen))
        code->code.clear();
    if (auto* setup = std::get_if<TotpSetup>(&screen))
        setup->code.clear();
}

Doing* waiting_for(Turn& turn, RequestNumber request) {
    Doing* found = nullptr;
    auto look = [&](Screen& screen) {
        std::visit(
            [&](auto& each) {
                if constexpr (requires { each.doing.waiting(); })
                    if (each.doing.request == request)
                        found = &each.doing;
            },
            screen);
    };
    look(turn.app.screen);
    for (auto& each : turn.app.beneath)
        look(each);
    return request == 0 ? nullptr : found;
}

void key_failed(Turn& turn, Error const& failure) {
    auto* key = turn.find<KeySignIn>();
    if (key == nullptr)
        return;
    key->touch_wanted = false;
    if (failure.reason == "key_pin_wrong")
        key->tries_left = failure.tries_left;
    if (failure.kind == ErrorKind::Cancelled)
        key->doing.failure.reset();
}

} // namespace

bool handled_as_sign_in(Turn& turn, Error const& failure) {
    if (failure.kind == ErrorKind::StepUpNeeded) {
        turn.open(SignIn{.step_up = true});
        return true;
    }
    if (failure.kind == ErrorKind::Unauthenticated && turn.app.session.signed_in()) {
        turn.end_visit(EndReason::EndedByPlan);
        return true;
    }
    return false;
}

void on_sign_in_reply(Turn& turn, RequestNumber request, SignedIn& event) {
    auto* doing = waiting_for(turn, request);
    if (doing == nullptr)
        return;
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    doing->take(request, failure);
    forget_secrets(turn.app.screen);
    if (failure == nullptr) {
        auto const* key = turn.find<KeySignIn>();
        bool const registers =
            (key != nullptr && key->use == KeyUse::StaffConfirms) || turn.find<RegisterCode>() != nullptr;
        if (registers)
            turn.app.session.registering = true;
        if (event.result.value().is_staff && !registers)
            return refuse_staff(turn, event.result.value());
        take_session(turn, event.result.value());
        if (registers)
            return begin_registration(turn, event.result.value().is_staff);
        signed_in(turn);
        return event.result.value().call_check ? ask_call_check(turn) : void();
    }
    if (failure->kind == ErrorKind::Locked && failure->reason.starts_with("account"))
        return lock(turn, *failure);
    key_failed(turn, *failure);
}

/// What the list of ways to sign in calls a new key: its product, and a number when there is one of that
/// name.
static std::string key_label(Turn& turn, std::string const& product) {
    auto* methods = turn.find<Methods>();
    if (product.empty() || methods == nullptr || !methods->credentials.value)
        return product;
    auto const& mine = methods->credentials.value->credentials;
    auto const same = std::count_if(mine.begin(), mine.end(), [&](api::Credential const& each) {
        return each.kind == "security_key" && each.label.starts_with(product);
    });
    return same == 0 ? product : product + " " + std::to_string(same + 1);
}

void enter(Turn& turn, KeySignIn& screen) {
    (void)turn;
    screen.touch_wanted = false;
}

void proceed(Turn& turn, KeySignIn& screen) {
    auto const* ready = std::get_if<KeyReady>(&turn.app.facts.key);
    if (ready == nullptr || (screen.pin.empty() && !ready->has_fingerprint))
        return;
    screen.touch_wanted = false;
    switch (screen.use) {
    case KeyUse::SignIn:
        return screen.doing.begin(turn.ask(SignInWithKey{.pin = std::move(screen.pin)}));
    case KeyUse::StaffConfirms:
        return screen.doing.begin(
            turn.ask(RegisterInPerson{.card_number = screen.card_number, .pin = std::move(screen.pin)}));
    case KeyUse::Register:
        return screen.doing.begin(
            turn.ask(AddKey{.pin = std::move(screen.pin), .label = key_label(turn, ready->product)}));
    }
}

void proceed(Turn& turn, ChipSignIn& screen) {
    if (screen.pin.empty() || !std::holds_alternative<ChipCardReady>(turn.app.facts.chip))
        return;
    if (screen.add)
        screen.doing.begin(turn.ask(AddChip{.pin = std::move(screen.pin)}));
    else
        screen.doing.begin(turn.ask(SignInWithChip{.pin = std::move(screen.pin)}));
}

void proceed(Turn& turn, CardPin& screen) {
    if (screen.pin.empty())
        return;
    screen.doing.begin(
        turn.ask(SignInWithCard{.card_number = screen.card_number, .pin = std::move(screen.pin)}));
}

void proceed(Turn& turn, PasswordSignIn& screen) {
    if (screen.username.empty() || screen.password.empty())
        return;
    screen.doing.begin(
        turn.ask(SignInWithPassword{.username = screen.username, .password = std::move(screen.password)}));
}

void proceed(Turn& turn, TotpCode& screen) {
    if (screen.code.size() != 6)
        return;
    screen.doing.begin(turn.ask(SignInWithTotp{.code = std::move(screen.code)}));
}

void proceed(Turn& turn, LockedOut& screen) {
    if (screen.unlocked) {
        turn.replace(SignIn{});
    }
}

void on_key_changed(Turn& turn, SecurityKeyState const& before) {
    bool const put_in =
        std::holds_alternative<KeyReady>(turn.app.facts.key) && !std::holds_alternative<KeyReady>(before);
    if (auto* key = turn.find<KeySignIn>()) {
        key->pin.clear();
        key->tries_left = -1;
        if (put_in)
            key->doing.failure.reset();
    }
    if (put_in && (turn.on_top<SignIn>() || turn.on_top<Attract>())) {
        turn.open(KeySignIn{});
    }
}

void on_chip_changed(Turn& turn, ChipCardState const& before) {
    auto const* const now = std::get_if<ChipCardReady>(&turn.app.facts.chip);
    auto const* const then = std::get_if<ChipCardReady>(&before);
    bool const put_in = now != nullptr && then == nullptr;
    if (auto* chip = turn.find<ChipSignIn>()) {
        // After a wrong PIN the same card tells of its tries: who types the next PIN already loses nothing.
        if (now == nullptr || then == nullptr || now->insertion != then->insertion)
            chip->pin.clear();
        if (put_in)
            chip->doing.failure.reset();
    }
    if (put_in && (turn.on_top<SignIn>() || turn.on_top<Attract>())) {
        turn.open(ChipSignIn{});
    }
}

void on_scanned(Turn& turn, Scan const& scan) {
    if (!turn.on_top<SignIn>() && !turn.on_top<CardScan>() && !turn.on_top<Attract>())
        return;
    auto card = scan.has_value() ? parse_card_barcode(scan.value()) : Result<CardBarcode>(scan.error());
    if (card.has_error()) {
        if (auto* sign_in = std::get_if<SignIn>(&turn.app.screen))
            sign_in->failure = card.error();
        if (auto* waits = std::get_if<CardScan>(&turn.app.screen))
            waits->failure = card.error();
        return;
    }
    auto const* waits = std::get_if<CardScan>(&turn.app.screen);
    if (waits != nullptr && waits->to_register)
        turn.open(KeySignIn{.use = KeyUse::StaffConfirms, .card_number = card.value().card_number});
    else
        turn.open(CardPin{.card_number = card.value().card_number});
}

// ---- getting an account ----

/// "03091980" or "3/9/1980", month first as it is said here, as 1980-03-09; what is none stays as typed.
static std::string iso_date(std::string const& typed) {
    std::string digits;
    std::copy_if(typed.begin(), typed.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    if (digits.size() != 8 || (typed.size() == 10 && typed[4] == '-'))
        return typed;
    return digits.substr(4) + "-" + digits.substr(0, 2) + "-" + digits.substr(2, 2);
}

void proceed(Turn& turn, RegisterCode& screen) {
    if (screen.code.empty() || (screen.birth_date.empty() && !screen.staff))
        return;
    screen.doing.begin(
        turn.ask(RegisterByCode{.code = Secret(screen.code), .birth_date = iso_date(screen.birth_date)}));
}

void proceed(Turn& turn, ChooseUsername& screen) {
    if (screen.username.empty() || screen.password.empty())
        return;
    screen.doing.begin(
        turn.ask(SetUsername{.username = screen.username, .password = screen.password.clone()}));
}

void proceed(Turn& turn, ChoosePin& screen) {
    if (!screen.repeating) {
        screen.repeating = !screen.pin.empty();
        screen.differed = false;
        return;
    }
    if (!equal_constant_time(screen.pin.bytes(), screen.again.bytes())) {
        screen.pin.clear();
        screen.again.clear();
        screen.repeating = false;
        screen.differed = true;
        return;
    }
    screen.again.clear();
    screen.repeating = false;
    screen.doing.begin(turn.ask(SetPin{.pin = std::move(screen.pin)}));
}

void proceed(Turn& turn, OfferKey&) {
    turn.open(KeySignIn{.use = KeyUse::Register});
}

/// The session of a registration may set up the account and nothing else.
void proceed(Turn& turn, RegisterDone& screen) {
    if (screen.added == SecondWay::StaffKey)
        return turn.end_visit(EndReason::Finished);
    turn.sign_in_anew();
}

static void next_of_registration(Turn& turn) {
    if (turn.on_top<StillThere>())
        turn.back(); // the countdown comes back by itself, over the next screen
    if (turn.on_top<ChooseUsername>())
        return turn.replace(ChoosePin{});
    if (turn.on_top<ChoosePin>())
        return turn.replace(OfferKey{});
    if (!turn.on_top<KeySignIn>() && !turn.on_top<TotpSetup>())
        return;
    auto const added = turn.app.session.staff     ? SecondWay::StaffKey
                       : turn.on_top<TotpSetup>() ? SecondWay::CodeApp
                                                  : SecondWay::Key;
    turn.app.beneath.clear();
    turn.replace(RegisterDone{.added = added});
}

/// Central did it on the try before, and its answer was lost: what was wanted is so.
static bool was_done_before(Turn& turn, Error const& failure) {
    if (failure.reason == "credential_not_found")
        return true;
    bool const lost = failure.reason == "central_unreachable";
    if (auto* const key = turn.find<KeySignIn>(); key != nullptr && key->use == KeyUse::Register) {
        key->maybe_added = key->maybe_added || (lost && key->touch_wanted);
        return key->maybe_added && failure.reason == "key_already_registered";
    }
    if (auto* const chip = turn.find<ChipSignIn>(); chip != nullptr && chip->add) {
        chip->maybe_added = chip->maybe_added || lost;
        return chip->maybe_added && failure.reason == "chip_card_registered_already";
    }
    return false;
}

void on_account_changed(Turn& turn, RequestNumber request, AccountChanged& event) {
    auto* doing = waiting_for(turn, request);
    if (doing == nullptr)
        return;
    Error const* const failure = event.result.has_error() && !was_done_before(turn, event.result.error())
                                     ? &event.result.error()
                                     : nullptr;
    doing->take(request, failure);
    if (failure != nullptr) {
        forget_secrets(turn.app.screen);
        key_failed(turn, *failure);
        code_app_failed(turn, *failure);
        handled_as_sign_in(turn, *failure);
        return;
    }
    forget_secrets(turn.app.screen);
    if (turn.app.session.registering)
        return next_of_registration(turn);
    bool const from_another = !turn.on_top<Methods>();
    if (turn.pop_until([](Screen const& each) { return std::holds_alternative<Methods>(each); })) {
        auto& methods = std::get<Methods>(turn.app.screen);
        methods.removing.clear();
        // Who comes back from adding a key does not look for it in the list from before.
        if (from_another)
            methods.credentials.value.reset();
        turn.enter_top();
    }
}

} // namespace portico::kiosk
