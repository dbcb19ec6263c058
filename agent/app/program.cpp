#include "agent/app/program.h"

#include "shared/terminal/cover.h"

namespace portico::agent {

void Program::run(std::vector<Command> commands) {
    if (seen_)
        seen_(app_);
    for (auto& command : commands) {
        if (std::holds_alternative<CoverAndForget>(command.body))
            cover_due_ = true;
        else if (std::holds_alternative<ForgetDrawn>(command.body))
            forget_due_ = true;
        else if (effects_ != nullptr)
            effects_->run(std::move(command));
    }
}

void Program::draw(ui::Ui& ui) {
    if (auto intent = agent::draw(ui, app_))
        run(update(app_, std::move(*intent), now()));
}

ui::StageSettings Program::wanted_settings() const {
    auto settings = stage_.settings();
    settings.language = app_.settings.language;
    settings.theme = app_.settings.theme;
    settings.text_percent = app_.settings.text_percent;
    return settings;
}

void Program::settle() {
    if (cover_due_) {
        cover_due_ = false;
        terminal::cover_and_forget(stage_, backend_);
    } else if (forget_due_) {
        terminal::forget_drawn(stage_);
    }
    forget_due_ = false;
    if (auto const wanted = wanted_settings(); !(wanted == stage_.settings()))
        stage_.configure(wanted);
}

void Program::attend() {
    for (auto& event : mailbox_.take_all())
        run(update(app_, std::move(event), now()));
    run(update(app_, Event{.body = Tick{}}, now()));
    settle();
}

std::optional<MonoTime> Program::next_deadline() const {
    if (cover_due_ || forget_due_ || !(wanted_settings() == stage_.settings()))
        return clock_.monotonic();
    return agent::next_deadline(app_);
}

void Program::noticed_person() {
    run(update(app_, Event{.body = PersonNoticed{}}, now()));
}

} // namespace portico::agent
