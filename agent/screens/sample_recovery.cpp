#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

RecoveryDialog dialog_with(char const* state, char const* second_yes = "") {
    RecoveryDialog dialog;
    dialog.state.value =
        api::RecoveryState{.case_id = sample_id(0),
                           .state = state,
                           .lost = "password",
                           .reason = "forgotten",
                           .second_yes = second_yes,
                           .expires = rfc_time(std::chrono::hours(23)),
                           .first_way = "text",
                           .first_to = "(***) ***-**12",
                           .second_way = "mail",
                           .second_to = "a***@e***",
                           .tries_left = 4,
                           .can_lose = {"password", "security_key", "second_factor", "pin", "everything"}};
    return dialog;
}

void over(Collection& c, RecoveryDialog dialog, char const* special, Cases made = verified()) {
    made.dialog = std::move(dialog);
    c.add(rep(), std::move(made), special);
}

} // namespace

void recovery_screens(Collection& c) {
    over(c, {}, "recover_loading");
    over(c, dialog_with(""), "recover");
    auto chosen = dialog_with("");
    chosen.lost = 2;
    chosen.reason = 1;
    over(c, std::move(chosen), "recover_second_yes");
    over(c, dialog_with("waiting", "second_factor_reset"), "recover_waiting");
    over(c, dialog_with("started"), "recover_started");
    auto no_way = verified();
    no_way.at_hand->doing = failed(ErrorKind::Refused, "recovery_no_way");
    over(c, dialog_with(""), "recover_no_way", std::move(no_way));
    for (auto const* state : {"started", "finished", "stopped"}) {
        auto made = verified();
        made.at_hand->item.recovery = state;
        c.add(rep(), std::move(made), std::string("recovery_") + state);
    }
}

} // namespace portico::agent::sample
