#include "kiosk/app/turn.h"

namespace portico::kiosk {

namespace {

constexpr std::size_t code_digits = 6;

} // namespace

void enter(Turn& turn, TotpSetup& screen) {
    screen.typing = false;
    screen.code.clear();
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
    if (screen.code.size() == code_digits)
        screen.doing.begin(turn.ask(ConfirmTotp{.code = std::move(screen.code)}));
}

void step_back(Turn& turn) {
    auto* setup = std::get_if<TotpSetup>(&turn.app.screen);
    if (setup == nullptr || setup->doing.waiting())
        return;
    setup->typing = false;
    setup->code.clear();
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
