#pragma once

#include "agent/app/app.h"
#include "agent/app/effects.h"
#include "shared/base/mailbox.h"
#include "shared/ui/app_loop.h"
#include "shared/ui/backend.h"
#include "shared/ui/stage.h"

#include <functional>

namespace portico::agent {

/// The desk as the loop runs it: draws the state, turns what comes into new state, hands commands on.
class Program final : public ui::Program {
public:
    Program(App app, ui::Stage& stage, ui::Backend& backend, Clock const& clock, Mailbox<Event>& mailbox)
        : app_(std::move(app)), stage_(stage), backend_(backend), clock_(clock), mailbox_(mailbox) {}

    /// Without them a desk that is out of order asks nobody for anything.
    void use(Effects& effects) { effects_ = &effects; }
    /// Is shown the state after whatever may have changed it.
    void watch(std::function<void(App const&)> seen) { seen_ = std::move(seen); }

    void draw(ui::Ui& ui) override;
    void attend() override;
    std::optional<MonoTime> next_deadline() const override;
    void noticed_person() override;
    bool finished() const override { return finished_; }
    void quit() override { finished_ = true; }

private:
    Now now() const { return {clock_.monotonic(), clock_.now()}; }
    void run(std::vector<Command> commands);
    /// What must not happen in the middle of a frame: covering, wiping, another look.
    void settle();
    ui::StageSettings wanted_settings() const;

    App app_;
    ui::Stage& stage_;
    ui::Backend& backend_;
    Clock const& clock_;
    Mailbox<Event>& mailbox_;
    Effects* effects_ = nullptr;
    std::function<void(App const&)> seen_;
    bool cover_due_ = false;
    bool forget_due_ = false;
    bool finished_ = false;
};

} // namespace portico::agent
