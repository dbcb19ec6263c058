#include "shared/ui/layout/keyboard.h"
#include "shared/ui/ui.h"
#include "shared/ui/widgets/field_lines.h"
#include "shared/ui/widgets/field_text.h"
#include "shared/ui/widgets/parts.h"

#include <algorithm>

namespace portico::ui {
namespace {

constexpr float dot_radius = 15;
constexpr float dot_pitch = 58;

/// What the inside of a field shows.
struct FieldView {
    ResolvedText shown;
    std::size_t dots = 0;
    bool secret = false;
    int lines = 1;
};

/// Dots for what is secret; where the caret stands after them.
float paint_dots(PaintContext& context, Rect r, std::size_t dots) {
    // When there are more dots than room, the last ones are seen.
    float const pitch =
        std::min(dot_pitch, std::max(12.0F, (r.w - 12) / static_cast<float>(std::max<std::size_t>(dots, 1))));
    for (std::size_t i = 0; i < dots; ++i)
        context.painter.circle({r.x + dot_radius + pitch * static_cast<float>(i), r.center().y},
                               std::min(dot_radius, pitch / 2 - 1), context.ink);
    return r.x + pitch * static_cast<float>(dots) + 8;
}

/// The text from its start side; where the caret stands before the byte.
float paint_value(PaintContext& context, Rect r, ShapedText const& shaped, FontToken font, std::size_t byte) {
    float const visual = shaped.caret_x(byte);
    float const from_start = context.painter.mirrored() ? shaped.size().w - visual : visual;
    float const shift = std::max(0.0F, from_start - r.w + 8);
    context.painter.text(shaped, {r.x - shift, r.y}, context.ink);
    if (shaped.size().w > 0)
        context.add_run(intersect({r.x - shift, r.y, shaped.size().w, r.h}, r), context.ink, font.size);
    return r.x + from_start - shift + 1;
}

/// The text or dots with the caret, inside the box.
std::unique_ptr<Drawing> field_inside(Core& core, std::string id, FieldView view) {
    FontToken font = core.theme.scaled(core.theme.type.row);
    font.weight = 400;
    auto drawing =
        std::make_unique<Drawing>(Size{200, font.line}, [&core, id = std::move(id), view = std::move(view),
                                                         font](PaintContext& context, Rect r) {
            bool const typing = core.editing == id;
            auto const paint = [&](float caret_at) {
                if (typing)
                    context.painter.fill({caret_at, r.y - 2, 4, r.h + 4}, context.ink);
            };
            context.painter.push_clip(r.grown(6));
            if (view.secret) {
                paint(paint_dots(context, r, view.dots));
            } else {
                auto const shaped = context.layout.text.shape(view.shown, {font, Align::Start, false}, 0);
                std::size_t const at = typing ? std::min(core.caret, view.shown.text.size()) : 0;
                auto const inside = [&] { paint(paint_value(context, r, *shaped, font, at)); };
                // The keyboard types letters and figures that run to the right: they begin at the left there
                // too.
                if (shaped->right_to_left())
                    inside();
                else
                    context.painter.as_it_stands(r, inside);
            }
            context.painter.pop_clip();
        });
    drawing->min_w = 160;
    drawing->grow = 1;
    return drawing;
}

PressLook field_look(Theme const& theme, bool read_only, bool wrong) {
    PressLook look;
    look.rest = {theme.color.surface, theme.color.ink, theme.color.edge};
    look.stroke = theme.stroke.control;
    if (read_only)
        look.rest = theme.color.disabled;
    if (wrong) {
        look.rest.edge = theme.color.high_contrast ? theme.color.edge : theme.color.serious.edge;
        look.stroke = theme.stroke.error;
    }
    look.pressed = look.rest;
    return look;
}

/// Label, box, and the sentence under it (error first, else help).
void add_field(Core& core, Text const& label, FieldSpec const& spec, Node node, FieldView view) {
    auto const& theme = core.theme;
    std::string const id = node.id;
    auto stack = std::make_unique<Explained>(14.0F);
    FontToken strong = theme.type.body;
    strong.weight = 600;
    auto title = words(core, label, strong);
    node.states.invalid = !spec.error.empty();
    node.states.disabled = spec.read_only;
    auto press = std::make_unique<Press>(
        core, std::move(node), field_look(theme, spec.read_only, !spec.error.empty()), Padding{28, 16});
    press->height_min = theme.field;
    press->off = spec.read_only;
    auto& row = press->add<Line>(20.0F);
    std::string const icon = spec.read_only ? "lock" : spec.error.empty() ? spec.icon : "circle-alert";
    if (!icon.empty()) {
        auto& mark = row.add<Icon>(icon, icon_size(theme, 40));
        if (!spec.error.empty())
            mark.color = theme.color.error.ink;
    }
    bool const secret = view.secret;
    if (view.lines > 1)
        row.add(lines_inside(core, id, std::move(view.shown), view.lines));
    else
        row.add(field_inside(core, id, std::move(view)));
    if (secret && !theme.large_text()) {
        auto& hidden = row.add<Line>(10.0F);
        hidden.add<Icon>("eye-off", icon_size(theme, 34));
        hidden.add(words(core, "ui.field.hidden"_msg, theme.type.small));
    }
    // The label is the field's own text: it is drawn above it and belongs to it.
    stack->add(std::make_unique<FieldLabel>(std::move(title), id));
    stack->add(std::move(press));
    if (!spec.error.empty()) {
        FontToken bold = theme.type.small;
        bold.weight = 600;
        auto sentence = text_node(core, Role::Text, spec.error, bold, Ink::Fixed);
        sentence->color = theme.color.high_contrast ? theme.color.ink : theme.color.serious.ink;
        sentence->node->live = Live::Assertive;
        stack->add(std::move(sentence));
    } else if (!spec.help.empty()) {
        stack->add(text_node(core, Role::Text, spec.help, theme.type.small, Ink::Second));
    }
    core.parent().add(std::move(stack));
}

FieldInfo remember(Core& core, std::string const& id, FieldSpec const& spec, bool secret, std::string label) {
    FieldInfo info{id, spec.kind, spec.length_max, secret, false, std::move(label), {}, spec.lines};
    core.fields.push_back(info);
    core.last_field = id;
    bool const in_dialog = core.tree.dialog.has_value();
    // A dialog that opens takes the focus from the screen before its field can: once it is there.
    bool const there = in_dialog ? core.dialog_id == core.tree.dialog->id : core.dialog_id.empty();
    bool const first_time = in_dialog ? !core.dialog_first_done : core.first_done != core.screen;
    // At a desk nothing opens over the screen by it: what is typed may always go there.
    bool const desk = core.settings.density == Density::Desk;
    bool const due = there && (first_time || (desk && core.editing.empty()));
    if (spec.first && due && !spec.read_only) {
        (in_dialog ? core.dialog_first_done = true : (core.first_done = core.screen, true));
        core.start_editing(id, true);
        core.focus = id;
    }
    return info;
}

std::optional<KeyStroke> stroke_of(Edit const& edit, Secret const& value, std::size_t length_max) {
    switch (edit.kind) {
    case Edit::Kind::Insert:
        if (character_count(value.reveal()) >= length_max)
            return std::nullopt;
        return KeyStroke::add(edit.text.reveal());
    case Edit::Kind::Backspace:
        return KeyStroke::erase_last();
    case Edit::Kind::Submit:
        return KeyStroke::submit();
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<std::string> Ui::field(Text const& label, std::string const& value, FieldSpec const& spec) {
    Node node = core_.node_of(Role::Field, label, spec.key);
    node.value = value;
    std::string const id = node.id;
    auto const info = remember(core_, id, spec, false, node.label);
    if (core_.editing == id)
        core_.caret = std::min(core_.caret, value.size());
    std::optional<std::string> changed;
    if (auto edit = core_.take_edit(id)) {
        if (edit->kind == Edit::Kind::Submit)
            core_.submitted_id = id;
        else if (edit->kind == Edit::Kind::Up || edit->kind == Edit::Kind::Down)
            core_.caret = between_lines(core_, {value, {}, core_.settings.language}, edit->kind);
        else if (!spec.read_only)
            changed = edited(value, core_.caret, *edit, info);
    }
    node.states.multi_line = spec.lines > 1;
    ResolvedText shown;
    shown.text = value;
    shown.language = core_.settings.language;
    add_field(core_, label, spec, std::move(node), {std::move(shown), 0, false, spec.lines});
    return changed;
}

std::optional<KeyStroke> Ui::secret_field(Text const& label, Secret const& value, FieldSpec const& spec) {
    Node node = core_.node_of(Role::Field, label, spec.key);
    node.sensitive = true;
    node.characters = character_count(value.reveal());
    std::string const id = node.id;
    remember(core_, id, spec, true, node.label);
    std::optional<KeyStroke> stroke;
    if (auto edit = core_.take_edit(id)) {
        if (edit->kind == Edit::Kind::Submit)
            core_.submitted_id = id;
        stroke = stroke_of(*edit, value, spec.length_max);
    }
    add_field(core_, label, spec, std::move(node), {{}, character_count(value.reveal()), true});
    return stroke;
}

bool Ui::submitted() const {
    return !core_.last_field.empty() && core_.submitted_id == core_.last_field;
}

std::optional<KeyStroke> Ui::pin_entry(Text const& label, Secret const& value, PinSpec const& spec) {
    auto const& theme = core_.theme;
    Node node = core_.node_of(Role::Field, label, {});
    node.sensitive = true;
    node.characters = character_count(value.reveal());
    std::string const id = node.id;
    FieldInfo info{id, FieldKind::Pin, spec.length_max, true, true, node.label, {}};
    core_.fields.push_back(info);
    core_.last_field = id;
    if (core_.editing.empty())
        core_.editing = id;
    std::optional<KeyStroke> stroke;
    if (auto edit = core_.take_edit(id)) {
        if (edit->kind == Edit::Kind::Submit)
            core_.submitted_id = id;
        stroke = stroke_of(*edit, value, spec.length_max);
    }
    bool const letters = core_.letters_pins.count(id) > 0;
    columns(
        [&] {
            column([&] {
                FieldSpec field_spec;
                field_spec.kind = FieldKind::Pin;
                add_field(core_, label, field_spec, std::move(node),
                          {{}, character_count(value.reveal()), true});
                if (!spec.error.empty())
                    tries_banner(core_, spec);
            });
            column([&] {
                KeySpec corner{KeySpec::Does::Nothing, {}, {}, {}, 1};
                if (spec.letters)
                    corner = {KeySpec::Does::PinLetters, {}, "ui.key.letters"_msg, "keyboard", 1};
                // On a low screen large text takes the room; the keys keep the least of a target.
                float const low = theme.large_text() && landscape() ? theme.target_min : 104.0F;
                float const height = theme.large_text() || landscape() ? low : theme.key;
                if (letters) {
                    core_.parent().add(letter_keys(core_, info, false, 92));
                    return;
                }
                core_.parent().add(digit_keys(core_, id, false, height, corner));
            });
        },
        {.weights = {}, .gap = theme.space.m, .divider = false, .only_landscape = true});
    return stroke;
}

} // namespace portico::ui
