#include "shared/ui/stage.h"

#include "shared/ui/core.h"
#include "shared/ui/draw/rasterizer.h"
#include "shared/ui/layout/screen.h"
#include "shared/ui/ui.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

namespace portico::ui {
namespace {

// Frames that ask for another one without new input: past so many the screen contradicts itself.
constexpr int frames_without_input_max = 24;
constexpr float away = -1e9F;
constexpr std::chrono::microseconds spinner_step{1000000 / 30};

void open_window(Core& core) {
    auto& io = ImGui::GetIO();
    auto const size = core.settings.size();
    io.DisplaySize = {size.w, size.h};
    // Nothing here depends on the time between frames; Dear ImGui wants one above zero.
    io.DeltaTime = 1.0F / 60.0F;
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::Begin("##screen", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
    // Edges are softened over a pixel, however large a unit is.
    ImGui::GetWindowDrawList()->_FringeScale = 1 / core.settings.zoom();
    // The window's own clip rectangle cuts bars of full width.
    ImGui::PushClipRect({0, 0}, io.DisplaySize, false);
}

void close_window() {
    ImGui::PopClipRect();
    ImGui::End();
}

struct Feed {
    Core& core;
    void operator()(PointerMoved const& e) const { move(e.at); }
    void operator()(PointerPressed const& e) const {
        move(e.at);
        core.finger.press(e.at, e.set_out.value_or(core.clock.monotonic() - Finger::on_its_way));
        ImGui::GetIO().MouseDown[0] = true;
        core.focus_visible = false;
    }
    void operator()(PointerReleased const& e) const {
        move(e.at);
        core.lifted = e.at;
        ImGui::GetIO().MouseDown[0] = false;
    }
    void operator()(PointerLeft const&) const { move({away, away}); }
    void operator()(KeyPressed const& e) const {
        // Held down, select presses once.
        if (!e.repeated || e.key != Key::Select)
            core.key = e.key;
    }
    void operator()(TextTyped const& e) const { core.typed = e.text; }
    void move(Point at) const {
        core.pointer = at;
        ImGui::GetIO().MousePos = {at.x, at.y};
    }
};

/// What was drawn in units, in pixels.
void to_pixels(ImDrawData& data, float zoom) {
    if (zoom == 1)
        return;
    data.ScaleClipRects({zoom, zoom});
    for (int n = 0; n < data.CmdListsCount; ++n)
        for (auto& vertex : data.CmdLists[n]->VtxBuffer)
            vertex.pos = {vertex.pos.x * zoom, vertex.pos.y * zoom};
}

/// An event's place, given in pixels, in units.
void to_units(InputEvent& event, float zoom) {
    std::visit(
        [zoom](auto& e) {
            if constexpr (requires { e.at; })
                e.at = {e.at.x / zoom, e.at.y / zoom};
        },
        event);
}

/// Whether a person may have changed the screen by it, rather than only be on the way.
bool acts(InputEvent const& event) {
    return !std::holds_alternative<PointerMoved>(event) && !std::holds_alternative<PointerLeft>(event);
}

void clear_pixels(Bitmap& pixels, StageSettings const& settings) {
    auto const size = static_cast<std::size_t>(settings.width) * static_cast<std::size_t>(settings.height);
    if (pixels.width != settings.width || pixels.height != settings.height) {
        wipe(pixels.pixels.data(), pixels.pixels.size() * sizeof(std::uint32_t));
        pixels.width = settings.width;
        pixels.height = settings.height;
        pixels.pixels.assign(size, 0xFF000000U);
    }
}

} // namespace

Stage::Stage(std::unique_ptr<Core> core) : core_(std::move(core)) {}
Stage::~Stage() = default;

Result<std::unique_ptr<Stage>> Stage::create(Catalog const& catalog, Clock const& clock, Brand brand,
                                             StageSettings settings) {
    auto core = std::make_unique<Core>(catalog, clock, std::move(brand), std::move(settings));
    if (!core->text.usable())
        return error(ErrorKind::Unavailable, "fonts_missing",
                     "no usable font; install fonts-inter and fonts-noto-core");
    return std::unique_ptr<Stage>(new Stage(std::move(core)));
}

StageSettings const& Stage::settings() const {
    return core_->settings;
}

void Stage::configure(StageSettings settings) {
    if (settings == core_->settings)
        return;
    auto looks_as_before = settings;
    looks_as_before.scan = core_->settings.scan;
    bool const only_scan = looks_as_before == core_->settings;
    core_->settings = std::move(settings);
    core_->scan_moves_at.reset();
    if (only_scan)
        return;
    auto const& now = core_->settings;
    core_->theme = make_theme(now.theme, now.text_percent, now.width > now.height, now.density);
    core_->text.set_zoom(now.zoom());
    core_->pages.clear();
    core_->drawn = 0;
}

void Stage::set_brand(Brand brand) {
    core_->brand = std::move(brand);
}

void Stage::input(InputEvent event) {
    to_units(event, core_->settings.zoom());
    core_->queue.push_back(std::move(event));
}

void Core::finish() {
    // A dialog that opens puts the focus on its safe answer; one that closes gives it back.
    std::string const now = tree.dialog ? tree.dialog->id : std::string();
    bool const dialog_opened = now != dialog_id && !now.empty();
    if (now != dialog_id) {
        if (dialog_opened) {
            focus_before_dialog = focus;
            focus.clear();
            dialog_first_done = false;
            stop_editing();
        } else {
            focus = focus_before_dialog;
        }
        dialog_id = now;
        again = true;
    }
    if (!editing.empty() && editing_field() == nullptr) {
        editing.clear();
        keyboard_open = false;
    }
    paint_screen(*this);
    frame.problems = problems;
    if (std::exchange(keyboard_covers_news, false))
        stop_editing();
    if (settings.scan.on && !want_body_focus && !want_last_focus)
        return;
    settle_focus();
    if (settings.scan.on)
        scan = {focus, true}; // a page was turned by key
}

void Core::lift_finger() {
    if (!lifted)
        return;
    auto const* const moved = finger.lift(*lifted, controls);
    lifted.reset();
    if (moved != nullptr)
        activated(*moved);
}

/// The focus stands on something that is there.
void Core::settle_focus() {
    bool const there =
        std::any_of(controls.begin(), controls.end(), [&](Control const& c) { return c.id == focus; });
    auto const choose = [&](auto const& wanted) {
        auto const found = std::find_if(controls.begin(), controls.end(), wanted);
        if (found == controls.end())
            return false;
        focus = found->id;
        shown_for = focus;
        again = true;
        return true;
    };
    if (want_body_focus || want_last_focus) {
        auto const in_body = [](Control const& c) { return c.region == Region::Body; };
        auto const last = std::find_if(controls.rbegin(), controls.rend(), in_body);
        if (want_last_focus && last != controls.rend()) {
            focus = last->id;
            shown_for = focus;
        } else if (!choose([&](Control const& c) { return in_body(c) && in_flow(c); }) && !choose(in_body)) {
            // A page of words only: the way on.
            choose([](Control const& c) { return c.region == Region::Pager && !c.disabled; });
        }
        want_body_focus = want_last_focus = false;
        again = true;
        return;
    }
    if (there || !focus_visible)
        return;
    if (tree.dialog && choose([](Control const& c) { return c.safe; }))
        return;
    choose([](Control const& c) { return c.region == Region::Body; });
}

bool Core::in_flow(Control const& control) const {
    // What is pinned on every page is not where a new page begins.
    return control.rect.y >= flow_top;
}

bool Stage::run(Draw const& draw) {
    auto& core = *core_;
    ImGui::SetCurrentContext(core.imgui);
    clear_pixels(core.pixels, core.settings);
    core.scan_by_itself();
    int without_input = 0;
    bool asked = false;
    core.again = false;
    do {
        // The next event waits until what the last one set off has been done.
        bool const settled = !core.again;
        core.again = false;
        core.key.reset();
        core.pressed_switch.reset();
        if (settled && !core.queue.empty()) {
            asked = asked || acts(core.queue.front());
            if (!core.take_switch(core.queue.front()))
                std::visit(Feed{core}, core.queue.front());
            core.queue.pop_front();
            without_input = 0;
        }
        core.text.begin_frame();
        core.images.begin_frame();
        core.begin();
        open_window(core);
        Ui ui(core);
        draw(ui);
        if (core.consumed) {
            core.again = true;
        } else if (core.tree.begun) {
            // An activation nobody asked about is for something that has gone.
            core.activation.reset();
            core.finish();
            core.lift_finger();
            if (core.key)
                core.handle_key(*core.key);
            if (core.pressed_switch)
                core.press_switch(*core.pressed_switch);
            if (!core.typed.empty()) {
                core.handle_text(core.typed);
                wipe(core.typed);
            }
        }
        close_window();
        ImGui::Render();
        if (core.again && ++without_input >= frames_without_input_max) {
            core.again = false;
            core.frame.problems.emplace_back("the screen never settles");
        }
    } while (core.again || !core.queue.empty());
    core.finger.shown(core.controls, core.clock.monotonic(), asked);
    auto& data = *ImGui::GetDrawData();
    to_pixels(data, core.settings.zoom());
    std::uint64_t const print = fingerprint(data) ^ core.text.atlas().version() * 0x9E3779B97F4A7C15ULL;
    if (print == core.drawn || !core.draws_pixels)
        return false;
    core.drawn = print;
    rasterize(data, core.pixels, ImGui::GetIO().Fonts->TexID);
    return true;
}

bool Stage::press_missed() const {
    return core_->finger.missed();
}

SemanticFrame const& Stage::frame() const {
    return core_->frame;
}

Bitmap const& Stage::pixels() const {
    return core_->pixels;
}

std::optional<MonoTime> Stage::next_frame_at() const {
    auto next = core_->scan_moves_at;
    if (core_->spinner_shown && !core_->settings.reduced_motion) {
        auto const step = core_->clock.monotonic() + spinner_step;
        next = next ? std::min(*next, step) : step;
    }
    return next;
}

void Stage::cover_now() {
    Color const c = core_->theme.color.cover.ground;
    std::uint32_t const pixel =
        0xFF000000U | static_cast<std::uint32_t>(c.r) << 16U | static_cast<std::uint32_t>(c.g) << 8U | c.b;
    std::fill(core_->pixels.pixels.begin(), core_->pixels.pixels.end(), pixel);
    core_->drawn = 0;
}

void Stage::forget_drawn() {
    auto& core = *core_;
    core.text.forget();
    core.images.forget();
    wipe(core.pixels.pixels.data(), core.pixels.pixels.size() * sizeof(std::uint32_t));
    core.drawn = 0;
    for (auto& node : core.frame.nodes) {
        wipe(node.label);
        wipe(node.value);
        wipe(node.key);
        wipe(node.id);
    }
    renew(core.frame);
    renew(core.tree);
    renew(core.open);
    renew(core.fields);
    renew(core.controls);
    renew(core.where);
    renew(core.ids);
    renew(core.internal);
    renew(core.problems);
    renew(core.label_runs);
}

void Stage::forget_personal() {
    auto& core = *core_;
    forget_drawn();
    renew(core.activation);
    wipe(core.typed);
    renew(core.queue);
    reset_focus();
}

std::size_t Stage::personal_bytes_left() const {
    auto const& pixels = core_->pixels.pixels;
    auto const left = std::count_if(pixels.begin(), pixels.end(), [](std::uint32_t p) { return p != 0; });
    std::size_t labels = 0;
    for (auto const& node : core_->frame.nodes)
        labels += node.label.size() + node.value.size();
    return static_cast<std::size_t>(left) * sizeof(std::uint32_t) + core_->text.atlas().bytes_not_zero() +
           labels;
}

void Stage::reset_focus() {
    auto& core = *core_;
    // Ids may hold a key of the screen's data, such as a claim's number: they are wiped, not only emptied.
    for (auto* id : {&core.focus, &core.focus_before_dialog, &core.editing, &core.open_select, &core.screen,
                     &core.part, &core.dialog_id, &core.first_done, &core.shown_for, &core.submitted_id,
                     &core.last_field, &core.key_suffix, &core.label_runs_for, &core.scan.control})
        wipe(*id);
    core.scan.inside = false;
    core.switch_counted_at.reset();
    core.scan_moves_at.reset();
    core.focus_visible = false;
    core.keyboard_open = false;
    renew(core.finger);
    renew(core.letters_pins);
    renew(core.pages);
    renew(core.interrupted);
    ImGui::SetCurrentContext(core.imgui);
    ImGui::GetIO().MouseDown[0] = false;
    ImGui::GetIO().MousePos = {away, away};
}

Core& Stage::core() {
    return *core_;
}

} // namespace portico::ui
