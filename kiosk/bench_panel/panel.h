#pragma once

#include "kiosk/bench_panel/kiosk_line.h"
#include "shared/devices/virtual/network_cable.h"
#include "shared/ui/app_loop.h"
#include "shared/ui/ui.h"

#include <functional>
#include <optional>
#include <string>

namespace portico::kiosk::bench_panel {

/// What stands on the bench beside a kiosk without its real devices: a button for each thing a person or the
/// world can do to it. Each press is one line to the kiosk's driver; its answer is shown.
class Panel final : public ui::Program {
public:
    struct Settings {
        /// What a barcode reader sends when the plan card is presented. Errors: NotFound without a card.
        std::function<Result<std::string>()> read_card;
    };
    /// `cable` lies between the kiosk and central; without one the network cannot be pulled.
    Panel(KioskLine& kiosk, NetworkCable* cable, Settings settings)
        : kiosk_(kiosk), cable_(cable), settings_(std::move(settings)) {}

    void draw(ui::Ui& ui) override;
    void attend() override {}
    std::optional<MonoTime> next_deadline() const override { return std::nullopt; }
    bool finished() const override { return finished_; }
    void quit() override { finished_ = true; }

private:
    struct Action {
        ui::Text label;
        std::string icon;
        std::string device;
        std::string action;
        std::string text; ///< more to send, under "value"; may be empty
    };
    void group(ui::Ui& ui, ui::Text const& title, std::vector<Action> const& actions);
    void perform(Action const& action);
    Result<void> present_card();

    void network(ui::Ui& ui);

    KioskLine& kiosk_;
    NetworkCable* cable_;
    Settings settings_;
    std::optional<bool> last_worked_;
    std::string last_refusal_;
    bool finished_ = false;
};

} // namespace portico::kiosk::bench_panel
