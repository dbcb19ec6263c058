#pragma once

#include "kiosk/app/app.h"
#include "kiosk/app/runner.h"
#include "kiosk/app/voice.h"
#include "shared/base/mailbox.h"
#include "shared/ui/app_loop.h"
#include "shared/ui/backend.h"
#include "shared/ui/stage.h"

#include <functional>

namespace portico::kiosk {

/// The kiosk as the loop runs it: draws the state, turns what comes into new state, hands commands on.
class Program final : public ui::Program {
public:
    Program(App app, ui::Stage& stage, ui::Backend& backend, Clock const& clock, Mailbox<Event>& mailbox)
        : app_(std::move(app)), stage_(stage), backend_(backend), clock_(clock), mailbox_(mailbox) {}

    /// Without effects it asks nobody for anything: a kiosk that is out of order.
    void use(Runner& effects) { effects_ = &effects; }
    /// Without one the kiosk is silent.
    void use(Voice& voice) { voice_ = &voice; }
    /// Is told when somebody has come and when nobody is here any more; first that nobody is.
    void tell_visits(std::function<void(bool)> visits) { visits_ = std::move(visits); }

    void draw(ui::Ui& ui) override;
    void attend() override;
    void shown(ui::SemanticFrame const& frame) override;
    std::optional<MonoTime> next_deadline() const override;
    void noticed_person() override;
    bool finished() const override { return finished_; }
    void quit() override { finished_ = true; }

    App const& app() const { return app_; }

private:
    Now now() const { return {clock_.monotonic(), clock_.now()}; }
    void run(std::vector<Command> commands);
    void speak(Say say);
    /// What must not happen in the middle of a frame: covering, wiping, another text size.
    void settle();
    void tell_visit();

    App app_;
    ui::Stage& stage_;
    ui::Backend& backend_;
    Clock const& clock_;
    Mailbox<Event>& mailbox_;
    Runner* effects_ = nullptr;
    Voice* voice_ = nullptr;
    std::function<void(bool)> visits_ = {};
    bool in_visit_ = false;
    bool cover_due_ = false;
    bool finished_ = false;
};

} // namespace portico::kiosk
