#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"

namespace portico::kiosk {

void enter(Turn& turn, TotpSetup& screen) {
    screen.typing = false;
    screen.code.clear();
    screen.missing.reset();
    screen.doing = {};
    screen.begun.value.reset();
    screen.begun.begin(turn.ask(BeginTotp{}));
}

void proceed(Turn& turn, TotpSetup& screen) {
    if (!screen.begun.value)
        return;
    if (!screen.typing) {
        screen.typing = true;
        return;
    }
    if (screen.code.size() != one_time_code_digits)
        return wait_for(screen, Field::OneTimeCode);
    screen.doing.begin(turn.ask(ConfirmTotp{.code = std::move(screen.code)}));
}

void step_back(Turn& turn) {
    if (auto* ask = std::get_if<CallBackAsk>(&turn.app.screen)) {
        if (!ask->doing.waiting())
            ask->about = call_back_abouts.size();
        return;
    }
    if (auto* way = std::get_if<WayBack>(&turn.app.screen)) {
        if (!way->doing.waiting())
            *way = WayBack{.who = std::move(way->who), .birth_date = std::move(way->birth_date)};
        return;
    }
    auto* setup = std::get_if<TotpSetup>(&turn.app.screen);
    if (setup == nullptr || setup->doing.waiting())
        return;
    setup->typing = false;
    setup->code.clear();
    setup->missing.reset();
    setup->doing.failure.reset();
}

void code_app_failed(Turn& turn, Error const& failure) {
    auto* setup = std::get_if<TotpSetup>(&turn.app.screen);
    if (setup == nullptr || failure.reason != "totp_not_begun")
        return;
    enter(turn, *setup);
    setup->timed_out = true;
}

} // namespace portico::kiosk
