#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"

namespace portico::kiosk {

void proceed(Turn& turn, WayBack& screen) {
    if (screen.doing.waiting())
        return;
    if (!screen.asked) {
        if (screen.who.empty())
            return wait_for(screen, Field::Username);
        if (screen.birth_date.empty())
            return wait_for(screen, Field::BirthDate);
        screen.doing.begin(
            turn.ask(SendRecoveryCodes{.who = screen.who, .birth_date = iso_date(screen.birth_date)}));
        return;
    }
    if (screen.code.size() != one_time_code_digits)
        return wait_for(screen, Field::OneTimeCode);
    if (screen.second.size() != one_time_code_digits)
        return wait_for(screen, Field::SecondCode);
    screen.doing.begin(turn.ask(ProveReturn{.who = screen.who,
                                            .birth_date = iso_date(screen.birth_date),
                                            .code = std::move(screen.code),
                                            .second = screen.code_app ? "totp" : "code",
                                            .second_code = std::move(screen.second),
                                            .pin = {},
                                            .visit = screen.visit}));
}

void on_recovery_asked(Turn& turn, RequestNumber request, RecoveryAsked& event) {
    auto* way = turn.find<WayBack>();
    if (way == nullptr || way->doing.request != request)
        return;
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    way->doing.take(request, failure);
    way->asked = failure == nullptr;
    way->visit = std::move(event.visit);
}

std::string visit_of_return(Turn& turn) {
    auto const* way = turn.find<WayBack>();
    return way == nullptr ? std::string() : way->visit;
}

void prove_return_by(Turn& turn, Place place) {
    auto* way = std::get_if<WayBack>(&turn.app.screen);
    if (way == nullptr || !way->asked || way->doing.waiting())
        return;
    if (place == Place::WayBackApp) {
        way->code_app = !way->code_app;
        way->second.clear();
        way->missing.reset();
        way->doing.failure.reset();
        return;
    }
    // The code goes with the key's or card's answer: without one there is nothing to show it for.
    way->missing.reset();
    if (way->code.size() != one_time_code_digits) {
        way->doing.failure = error(ErrorKind::InvalidInput, "recovery_code_missing");
        return;
    }
    if (place == Place::WayBackChip) {
        ChipSignIn chip{.use = ChipUse::Returns};
        chip.who = way->who;
        chip.birth_date = iso_date(way->birth_date);
        chip.code = way->code.clone();
        return turn.open(std::move(chip));
    }
    KeySignIn key{.use = place == Place::WayBackKey ? KeyUse::Returns : KeyUse::StaffReturns};
    key.who = way->who;
    key.birth_date = iso_date(way->birth_date);
    key.code = way->code.clone();
    turn.open(std::move(key));
}

void begin_return(Turn& turn, std::string const& sets_anew) {
    turn.app.session.registering = true;
    turn.app.session.sets_anew = sets_anew;
    turn.app.beneath.clear();
    if (sets_anew == "security_key" || sets_anew == "chip_card" || sets_anew == "printed_card")
        return turn.replace(ReplaceLost{});
    if (sets_anew == "pin")
        return turn.replace(ChoosePin{});
    if (sets_anew == "second_factor")
        return turn.replace(TotpSetup{});
    turn.replace(ChooseUsername{});
}

void next_of_return(Turn& turn) {
    // Who lost everything may add one more way; a PIN would need a card, which is gone too.
    if (turn.app.session.sets_anew == "everything" && turn.on_top<ChooseUsername>())
        return turn.replace(OfferKey{});
    turn.app.beneath.clear();
    turn.replace(RegisterDone{});
}

void proceed(Turn& turn, ReplaceLost& screen) {
    screen.doing.begin(turn.ask(FinishReturn{}));
}

void stop_return(Turn& turn) {
    auto* methods = std::get_if<Methods>(&turn.app.screen);
    if (methods == nullptr || methods->recovery.waiting())
        return;
    methods->stopping = true;
    methods->recovery.begin(turn.ask(StopReturn{}));
}

} // namespace portico::kiosk
