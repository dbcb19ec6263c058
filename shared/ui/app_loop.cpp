#include "shared/ui/app_loop.h"

#include <algorithm>

namespace portico::ui {
namespace {

bool is_new(InputEvent const& event) {
    if (auto const* pressed = std::get_if<KeyPressed>(&event))
        return !pressed->repeated;
    auto const* typed = std::get_if<TextTyped>(&event);
    return typed == nullptr || !typed->repeated;
}

} // namespace

std::optional<std::chrono::milliseconds> AppLoop::wait_limit(Program const& program) const {
    std::optional<MonoTime> nearest = program.next_deadline();
    auto const consider = [&](std::optional<MonoTime> other) {
        if (other && (!nearest || *other < *nearest))
            nearest = other;
    };
    consider(stage_.next_frame_at());
    if (guest_ != nullptr)
        consider(guest_->next_deadline());
    if (manager_ != nullptr)
        consider(manager_->next_heartbeat());
    if (!nearest)
        return std::nullopt;
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(*nearest - clock_.monotonic());
    return std::max(left, std::chrono::milliseconds(0));
}

bool AppLoop::turn(Program& program, Backend::Events events) {
    if (events.quit)
        program.quit();
    // A switch that sticks, or that something leans on, is nobody.
    if (std::any_of(events.input.begin(), events.input.end(), is_new))
        program.noticed_person();
    for (auto& event : events.input)
        stage_.input(std::move(event));
    if (guest_ != nullptr) {
        guest_->serve();
        if (guest_->person_acted())
            program.noticed_person();
    }
    program.attend();
    bool const changed = stage_.run([&](Ui& ui) { program.draw(ui); });
    if (changed || events.redraw)
        backend_.present(stage_.pixels());
    program.shown(stage_.frame());
    if (guest_ != nullptr)
        guest_->frame_done();
    if (manager_ != nullptr)
        manager_->turned(clock_.monotonic());
    return changed;
}

void AppLoop::run(Program& program) {
    Backend::Events events;
    events.redraw = true;
    while (!program.finished()) {
        turn(program, std::move(events));
        if (program.finished())
            break;
        events = backend_.wait(wait_limit(program));
    }
}

} // namespace portico::ui
