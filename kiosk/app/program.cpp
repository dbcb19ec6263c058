#include "kiosk/app/program.h"

#include "kiosk/app/visit_mark.h"
#include "shared/terminal/cover.h"

namespace portico::kiosk {

namespace {

ui::StageSettings with(ui::StageSettings settings, Settings const& chosen) {
    settings.language = chosen.language;
    settings.text_percent = chosen.text_percent;
    settings.theme = chosen.high_contrast ? ui::ThemeName::HighContrast : ui::ThemeName::Light;
    settings.scan.on = chosen.switches.on;
    settings.scan.hold_off_ms = chosen.switches.hold_off_ms;
    settings.scan.every_ms = chosen.switches.every_ms;
    return settings;
}

} // namespace

void Program::run(std::vector<Command> commands) {
    for (auto& command : commands) {
        if (std::holds_alternative<CoverAndForget>(command.body)) {
            cover_due_ = true;
            // Silent at once; the goodbye comes with the next frame.
            if (voice_ != nullptr)
                voice_->forget();
        } else if (auto* say = std::get_if<Say>(&command.body)) {
            speak(std::move(*say));
        } else if (std::holds_alternative<StartServing>(command.body)) {
            finished_ = true;
        } else if (effects_ != nullptr) {
            effects_->run(std::move(command));
        }
    }
}

void Program::speak(Say say) {
    if (voice_ != nullptr)
        voice_->ask(std::move(say));
}

void Program::shown(ui::SemanticFrame const& frame) {
    if (voice_ != nullptr)
        voice_->shown(frame, app_);
}

void Program::draw(ui::Ui& ui) {
    if (auto intent = kiosk::draw(ui, app_))
        run(update(app_, std::move(*intent), now()));
    tell_visit();
}

void Program::tell_visit() {
    if (in_visit(app_) == in_visit_)
        return;
    in_visit_ = !in_visit_;
    if (visits_)
        visits_(in_visit_);
}

void Program::settle() {
    if (cover_due_) {
        cover_due_ = false;
        terminal::cover_and_forget(stage_, backend_);
    }
    auto const wanted = with(stage_.settings(), app_.settings);
    if (!(wanted == stage_.settings()))
        stage_.configure(wanted);
}

void Program::attend() {
    auto const days = std::chrono::floor<std::chrono::days>(clock_.now());
    app_.facts.today = date_from_day_number(days.time_since_epoch().count());
    for (auto& event : mailbox_.take_all())
        run(update(app_, std::move(event), now()));
    run(update(app_, Event{.body = Tick{}}, now()));
    tell_visit();
    settle();
}

std::optional<MonoTime> Program::next_deadline() const {
    if (cover_due_ || !(with(stage_.settings(), app_.settings) == stage_.settings()))
        return clock_.monotonic();
    return kiosk::next_deadline(app_);
}

void Program::noticed_person() {
    run(update(app_, Event{.body = PersonNoticed{}}, now()));
    tell_visit();
}

} // namespace portico::kiosk
