#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"
#include "shared/base/language.h"
#include "shared/domain/card_barcode.h"
#include "shared/domain/plain_text.h"

namespace portico::kiosk {

namespace {

/// With a number behind, central takes it as a name still.
constexpr std::size_t key_product_bytes_max = 120;

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

/// A staff key opens nobody's account: what it got ends before anything is shown.
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

} // namespace

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
    if (auto* way = std::get_if<WayBack>(&screen)) {
        way->code.clear();
        way->second.clear();
    }
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
        bool const returns = turn.find<WayBack>() != nullptr && !event.result.value().sets_anew.empty();
        if (registers || returns)
            turn.app.session.registering = true;
        if (event.result.value().is_staff && !registers)
            return event.result.value().services_kiosk ? begin_service(turn, event.result.value())
                                                       : refuse_staff(turn, event.result.value());
        take_session(turn, event.result.value());
        if (returns)
            return begin_return(turn, event.result.value().sets_anew);
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
    // The key itself says it, whatever it likes: central would take no key of such a name.
    if (!is_plain_text(product) || product.size() > key_product_bytes_max)
        return {};
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
    if (ready == nullptr)
        return;
    if (screen.pin.empty() && !ready->has_fingerprint)
        return wait_for(screen, Field::Pin);
    screen.touch_wanted = false;
    switch (screen.use) {
    case KeyUse::SignIn:
        return screen.doing.begin(turn.ask(SignInWithKey{.pin = std::move(screen.pin)}));
    case KeyUse::StaffConfirms:
        return screen.doing.begin(
            turn.ask(RegisterInPerson{.card_number = screen.card_number, .pin = std::move(screen.pin)}));
    case KeyUse::Returns:
    case KeyUse::StaffReturns:
        return screen.doing.begin(
            turn.ask(ProveReturn{.who = screen.who,
                                 .birth_date = screen.birth_date,
                                 .code = screen.code.clone(),
                                 .second = screen.use == KeyUse::Returns ? "security_key" : "staff_key",
                                 .second_code = {},
                                 .pin = std::move(screen.pin),
                                 .visit = visit_of_return(turn)}));
    case KeyUse::Register:
        return screen.doing.begin(
            turn.ask(AddKey{.pin = std::move(screen.pin), .label = key_label(turn, ready->product)}));
    }
}

void proceed(Turn& turn, ChipSignIn& screen) {
    if (!std::holds_alternative<ChipCardReady>(turn.app.facts.chip))
        return;
    if (screen.pin.empty())
        return wait_for(screen, Field::Pin);
    switch (screen.use) {
    case ChipUse::SignIn:
        return screen.doing.begin(turn.ask(SignInWithChip{.pin = std::move(screen.pin)}));
    case ChipUse::Add:
        return screen.doing.begin(turn.ask(AddChip{.pin = std::move(screen.pin)}));
    case ChipUse::Returns:
        return screen.doing.begin(turn.ask(ProveReturn{.who = screen.who,
                                                       .birth_date = screen.birth_date,
                                                       .code = screen.code.clone(),
                                                       .second = "chip_card",
                                                       .second_code = {},
                                                       .pin = std::move(screen.pin),
                                                       .visit = visit_of_return(turn)}));
    }
}

void proceed(Turn& turn, CardPin& screen) {
    if (screen.pin.empty())
        return wait_for(screen, Field::Pin);
    screen.doing.begin(
        turn.ask(SignInWithCard{.card_number = screen.card_number, .pin = std::move(screen.pin)}));
}

void proceed(Turn& turn, PasswordSignIn& screen) {
    if (screen.username.empty())
        return wait_for(screen, Field::Username);
    if (screen.password.empty())
        return wait_for(screen, Field::Password);
    screen.doing.begin(
        turn.ask(SignInWithPassword{.username = screen.username, .password = std::move(screen.password)}));
}

void proceed(Turn& turn, TotpCode& screen) {
    if (screen.code.size() != one_time_code_digits)
        return wait_for(screen, Field::OneTimeCode);
    screen.doing.begin(turn.ask(SignInWithTotp{.code = std::move(screen.code)}));
}

void proceed(Turn& turn, LockedOut& screen) {
    if (screen.unlocked) {
        turn.replace(SignIn{});
    }
}

void on_key_changed(Turn& turn, SecurityKeyState const& before) {
    if (end_service_without_key(turn))
        return;
    bool const put_in =
        std::holds_alternative<KeyReady>(turn.app.facts.key) && !std::holds_alternative<KeyReady>(before);
    if (auto* key = turn.find<KeySignIn>()) {
        key->pin.clear();
        key->missing.reset();
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
        if (now == nullptr || then == nullptr || now->insertion != then->insertion) {
            chip->pin.clear();
            chip->missing.reset();
        }
        if (put_in)
            chip->doing.failure.reset();
    }
    if (put_in && (turn.on_top<SignIn>() || turn.on_top<Attract>())) {
        turn.open(ChipSignIn{});
    }
}

void on_scanned(Turn& turn, Scan const& scan) {
    if (turn.app.set_up)
        return on_set_up_scan(turn, scan);
    // For a technician it is enough that something was read.
    if (turn.app.session.service) {
        turn.app.devices_seen.scanned = true;
        return;
    }
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

} // namespace portico::kiosk
