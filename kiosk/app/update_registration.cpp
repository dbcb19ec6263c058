#include "kiosk/app/turn.h"

#include <algorithm>
#include <iterator>

namespace portico::kiosk {

std::string iso_date(std::string const& typed) {
    std::string digits;
    std::copy_if(typed.begin(), typed.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    if (digits.size() != 8 || (typed.size() == 10 && typed[4] == '-'))
        return typed;
    return digits.substr(4) + "-" + digits.substr(0, 2) + "-" + digits.substr(2, 2);
}

namespace {

void next_of_registration(Turn& turn) {
    if (turn.on_top<StillThere>())
        turn.back(); // the countdown comes back by itself, over the next screen
    if (!turn.app.session.sets_anew.empty())
        return next_of_return(turn);
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
bool was_done_before(Turn& turn, Error const& failure) {
    if (failure.reason == "credential_not_found")
        return true;
    bool const lost = failure.reason == "central_unreachable";
    if (auto* const key = turn.find<KeySignIn>(); key != nullptr && key->use == KeyUse::Register) {
        key->maybe_added = key->maybe_added || (lost && key->touch_wanted);
        return key->maybe_added && failure.reason == "key_already_registered";
    }
    if (auto* const chip = turn.find<ChipSignIn>(); chip != nullptr && chip->use == ChipUse::Add) {
        chip->maybe_added = chip->maybe_added || lost;
        return chip->maybe_added && failure.reason == "chip_card_registered_already";
    }
    return false;
}

} // namespace

void begin_registration(Turn& turn, bool staff) {
    turn.app.session.registering = true;
    turn.app.session.staff = staff;
    turn.app.beneath.clear();
    turn.replace(staff ? Screen(KeySignIn{.use = KeyUse::Register}) : Screen(ChooseUsername{}));
}

void proceed(Turn& turn, RegisterCode& screen) {
    if (screen.code.empty())
        return wait_for(screen, Field::ActivationCode);
    if (screen.birth_date.empty() && !screen.staff)
        return wait_for(screen, Field::BirthDate);
    screen.doing.begin(
        turn.ask(RegisterByCode{.code = Secret(screen.code), .birth_date = iso_date(screen.birth_date)}));
}

void proceed(Turn& turn, ChooseUsername& screen) {
    if (screen.username.empty())
        return wait_for(screen, Field::Username);
    if (screen.password.empty())
        return wait_for(screen, Field::Password);
    screen.doing.begin(
        turn.ask(SetUsername{.username = screen.username, .password = screen.password.clone()}));
}

void proceed(Turn& turn, ChoosePin& screen) {
    if (!screen.repeating) {
        screen.differed = false;
        if (screen.pin.empty())
            return wait_for(screen, Field::Pin);
        screen.repeating = true;
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
