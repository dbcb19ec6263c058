#include "shared/ui/core.h"

#include <imgui.h>

#include <algorithm>

namespace portico::ui {

Core::Core(Catalog const& catalog_in, Clock const& clock_in, Brand brand_in, StageSettings settings_in)
    : catalog(catalog_in), clock(clock_in), brand(std::move(brand_in)), settings(std::move(settings_in)),
      theme(make_theme(settings.theme, settings.text_percent, settings.width > settings.height,
                       settings.density)) {
    text.set_zoom(settings.zoom());
    imgui = ImGui::CreateContext();
    ImGui::SetCurrentContext(imgui);
    auto& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigInputTextCursorBlink = false;
    io.MousePos = {-1e9F, -1e9F};
    // Its own font is never shown; the atlas is only there because Dear ImGui wants one.
    io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
    io.Fonts->AddFontDefault();
    unsigned char* unused = nullptr;
    int w = 0;
    int h = 0;
    io.Fonts->GetTexDataAsAlpha8(&unused, &w, &h);
    auto& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.AntiAliasedLinesUseTex = false;
    style.CircleTessellationMaxError = 0.15F;
}

Core::~Core() {
    ImGui::DestroyContext(imgui);
}

Container& Core::parent() {
    return *open.back();
}

ResolvedText Core::resolve(Text const& what) {
    auto out = catalog.resolve(what, settings.language, &problems);
    auto const* language = find_language(settings.language);
    if (language != nullptr && !language->is_complete() && !what.is_data() && !what.empty())
        rest_in_english = rest_in_english || out.language != settings.language;
    return out;
}

std::string Core::id_of(Text const& label, std::string_view with_key, Role role) const {
    std::string id(label.is_data() ? name(role) : label.id());
    if (!with_key.empty())
        id += "#" + std::string(with_key);
    else if (label.is_data())
        id += "#" + catalog.plain(label, settings.language);
    return id + key_suffix;
}

Node Core::node_of(Role role, Text const& label, std::string_view with_key) {
    Node node;
    node.role = role;
    node.id = id_of(label, with_key, role);
    node.msg = label.id();
    node.key = with_key.empty() ? (key_suffix.empty() ? "" : key_suffix.substr(1)) : std::string(with_key);
    auto const resolved = resolve(label);
    node.label = resolved.text;
    node.language = resolved.language;
    node.is_data = label.is_data();
    node.holds_data = label.is_data() || !label.args().empty();
    return node;
}

bool Core::take(std::string const& id, int* index) {
    if (!activation || activation->id != id || activation->edit)
        return false;
    if (index != nullptr)
        *index = activation->index;
    activation.reset();
    consumed = true;
    return true;
}

std::string Core::shortcut_id(Key pressed) {
    return "ui.key_pressed#" + name(pressed);
}

bool Core::take_key(Key wanted) {
    bool const covered = !dialog_id.empty() && !tree.dialog;
    return !covered && take(shortcut_id(wanted));
}

std::optional<Edit> Core::take_edit(std::string const& id) {
    if (!activation || activation->id != id || !activation->edit)
        return std::nullopt;
    auto edit = std::move(activation->edit);
    activation.reset();
    consumed = true;
    return edit;
}

FieldInfo const* Core::editing_field() const {
    auto const found = std::find_if(fields.begin(), fields.end(),
                                    [&](FieldInfo const& field) { return field.id == editing; });
    return found == fields.end() ? nullptr : &*found;
}

void Core::start_editing(std::string const& id, bool with_keyboard) {
    if (editing != id) {
        editing = id;
        caret = std::string::npos;
        keyboard_mode = KeyboardMode::Letters;
    }
    keyboard_open = with_keyboard && settings.density == Density::Touch;
    again = true;
}

void Core::stop_editing() {
    editing.clear();
    keyboard_open = false;
    again = true;
}

void Core::enter_screen(std::string const& new_screen, std::string const& new_part) {
    if (new_screen == screen && new_part == part)
        return;
    screen = new_screen;
    wipe(part); // may be a key of the screen's data
    part = new_part;
    pages.clear();
    renew(interrupted); // ids may hold a key of the screen's data
    focus.clear();
    wipe(scan.control); // may be a key of the screen's data
    scan = {};
    focus_before_dialog.clear();
    open_select.clear();
    letters_pins.clear();
    first_done.clear();
    editing.clear();
    keyboard_open = false;
}

void Core::begin() {
    tree = {};
    open.clear();
    key_suffix.clear();
    rest_in_english = false;
    consumed = false;
    last_field.clear();
    fields.clear();
    problems.clear();
    controls.clear();
    internal.clear();
    ids.clear();
    where.clear();
    bar_action = BarAction::None;
    spinner_shown = false;
    submitted_id.clear();
    label_runs.clear();
    label_runs_for.clear();
}

} // namespace portico::ui
