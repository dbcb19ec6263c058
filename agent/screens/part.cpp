#include "agent/screens/part.h"

#include "agent/app/app.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

ui::Text problem_text(ui::Ui const& ui, Error const& failure) {
    if (auto const exact = ui.catalog().find("desk_problem."_msgs, failure.reason))
        return *exact;
    return "desk_problem.other"_msg;
}

void problem_banner(ui::Ui& ui, Error const& failure, std::string key) {
    bool const network = failure.reason == "central_unreachable" || failure.kind == ErrorKind::TimedOut;
    ui.banner(network ? ui::BannerKind::Notice : ui::BannerKind::Error, problem_text(ui, failure),
              {.icon = network ? "wifi-off" : "", .key = std::move(key), .live = ui::Live::Assertive});
}

void offline_banner(ui::Ui& ui, App const& app, ui::Text const& what_now) {
    if (app.facts.offline())
        ui.banner(ui::BannerKind::LookAgain,
                  app.facts.online == client::Online::WrongTime ? "desk.clock_wrong"_msg : "desk.offline"_msg,
                  {.text = what_now, .icon = "wifi-off", .key = "offline"});
}

} // namespace portico::agent
