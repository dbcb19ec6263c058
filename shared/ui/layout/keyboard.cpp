#include "shared/ui/layout/keyboard.h"

#include "shared/ui/widgets/parts.h"

#include <cmath>
#include <numeric>

namespace portico::ui {
namespace {

using Row = std::vector<KeySpec>;
using Does = KeySpec::Does;

constexpr float letter_gap = 12;
constexpr float digit_gap = 20;

/// UTF-8 characters of a text, one by one.
std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> out;
    for (char const c : text) {
        bool const continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (continues && !out.empty())
            out.back() += c;
        else
            out.emplace_back(1, c);
    }
    return out;
}

Row typed_row(std::string_view keys) {
    Row row;
    for (auto& key : characters(keys))
        row.push_back({Does::Type, std::move(key)});
    return row;
}

KeySpec special(Does does, Text label, std::string icon, float weight) {
    return {does, {}, std::move(label), std::move(icon), weight};
}

bool is_email(FieldKind kind) {
    return kind == FieldKind::Email;
}

/// Rows of the letters board; accents of the languages of the region are a board of their own.
std::vector<Row> letter_rows(KeyboardMode mode, std::string const& language) {
    bool const spanish = language == "es";
    switch (mode) {
    case KeyboardMode::Letters:
        return {typed_row("1234567890"), typed_row("qwertyuiop"),
                typed_row(spanish ? "asdfghjkl\u00f1" : "asdfghjkl"), typed_row("zxcvbnm")};
    case KeyboardMode::Shifted:
        return {typed_row("1234567890"), typed_row("QWERTYUIOP"),
                typed_row(spanish ? "ASDFGHJKL\u00d1" : "ASDFGHJKL"), typed_row("ZXCVBNM")};
    case KeyboardMode::Symbols:
        return {typed_row("1234567890"), typed_row("!@#$%&*()+"), typed_row("-_=/:;\"'?,"),
                typed_row("[]{}<>~|\\^`")};
    case KeyboardMode::Accents:
        return {typed_row("\u00e1\u00e9\u00ed\u00f3\u00fa\u00fc\u00f1\u00e7\u00e3\u00f5"),
                typed_row("\u00e0\u00e8\u00ec\u00f2\u00f9\u00e2\u00ea\u00ee\u00f4\u00fb"),
                typed_row("\u00c1\u00c9\u00cd\u00d3\u00da\u00dc\u00d1\u00c7\u00c3\u00d5"),
                typed_row("\u00eb\u00ef\u00e4\u00f6\u00e5\u00f8\u00df\u00bf\u00a1")};
    }
    return {};
}

void add_special_keys(std::vector<Row>& rows, FieldInfo const& field, KeyboardMode mode) {
    bool const letters = mode == KeyboardMode::Letters || mode == KeyboardMode::Shifted;
    if (letters)
        rows[3].insert(rows[3].begin(), special(Does::Shift, "ui.key.shift"_msg, "arrow-up", 1.5F));
    rows[3].push_back(special(Does::Erase, "ui.key.erase"_msg, "delete", 1.5F));
    Row last;
    if (letters) {
        last.push_back(special(Does::Symbols, "ui.key.symbols"_msg, "", 1.7F));
        last.push_back(special(Does::Accents, "ui.key.accents"_msg, "", 1.5F));
    } else {
        last.push_back(special(Does::Letters, "ui.key.letters_short"_msg, "", 2.2F));
    }
    if (is_email(field.kind)) {
        last.push_back({Does::Type, "@"});
        last.push_back(special(Does::Space, "ui.key.space"_msg, "", 2.2F));
        last.push_back({Does::Type, "."});
        last.push_back({Does::Type, ".com", data(".com"), {}, 1.4F});
    } else {
        last.push_back({Does::Type, ","});
        last.push_back(special(Does::Space, "ui.key.space"_msg, "", 3.4F));
        last.push_back({Does::Type, "."});
        last.push_back({Does::Type, "-"});
    }
    if (field.inline_keys)
        last.push_back(special(Does::PinLetters, "ui.key.digits"_msg, "", 2.2F));
    else
        last.push_back(special(Does::Enter, "ui.key.done"_msg, "", 2.2F));
    rows.push_back(std::move(last));
}

void press_key(Core& core, std::string const& field, KeySpec const& key) {
    Edit edit;
    switch (key.does) {
    case Does::Type:
    case Does::Space:
        edit.text = Secret(key.does == Does::Space ? " " : key.types);
        if (core.keyboard_mode == KeyboardMode::Shifted || core.keyboard_mode == KeyboardMode::Accents)
            core.keyboard_mode = KeyboardMode::Letters;
        break;
    case Does::Erase:
        edit.kind = Edit::Kind::Backspace;
        break;
    case Does::Enter:
        edit.kind = Edit::Kind::Submit;
        if (core.keyboard_open)
            core.stop_editing();
        break;
    case Does::Shift:
        core.keyboard_mode =
            core.keyboard_mode == KeyboardMode::Shifted ? KeyboardMode::Letters : KeyboardMode::Shifted;
        return;
    case Does::Symbols:
        core.keyboard_mode = KeyboardMode::Symbols;
        return;
    case Does::Accents:
        core.keyboard_mode = KeyboardMode::Accents;
        return;
    case Does::Letters:
        core.keyboard_mode = KeyboardMode::Letters;
        return;
    case Does::PinLetters:
        if (core.letters_pins.erase(field) == 0)
            core.letters_pins.insert(field);
        return;
    case Does::Nothing:
        return;
    }
    core.activation = Activation{field, -1, std::move(edit)};
}

PressLook key_look(Core& core, KeySpec const& key) {
    auto const& color = core.theme.color;
    PressLook look;
    look.radius = core.theme.radius.control - 4;
    look.stroke = core.theme.stroke.control;
    look.rest = {color.surface, color.ink, color.edge};
    look.pressed = color.secondary_pressed;
    if (key.does == Does::Enter) {
        look.rest = color.primary;
        look.pressed = color.primary_pressed;
    } else if (key.does != Does::Type && key.does != Does::Space) {
        look.rest = color.high_contrast ? look.rest : Tone{color.sunken, color.ink, color.divider};
    }
    bool const shifted = key.does == Does::Shift && core.keyboard_mode == KeyboardMode::Shifted;
    if (shifted)
        look.rest = color.selected;
    return look;
}

std::string symbol_name(std::string const& types) {
    return types.size() == 1 && types[0] == ' ' ? "space" : types;
}

std::unique_ptr<Press> key_press(Core& core, std::string const& field, KeySpec const& key, FontToken font,
                                 bool lights_up) {
    Text const label = key.label.empty() ? data(key.types) : key.label;
    Node node = core.node_of(Role::Key, label,
                             key.label.is_data() || key.label.empty() ? symbol_name(key.types) : "");
    node.id = "key:" + (node.msg.empty() ? symbol_name(key.types) : node.msg) + "@" + field;
    node.key.clear();
    node.states.selected = key.does == Does::Shift && core.keyboard_mode == KeyboardMode::Shifted;
    // A key is what it types, in whatever language the screen is.
    node.is_data = node.holds_data = node.msg.empty();
    auto press = std::make_unique<Press>(core, std::move(node), key_look(core, key), Padding{4, 4});
    press->quiet_press = !lights_up;
    auto& row = press->add<Line>(12.0F);
    row.wrap = false;
    row.along = Align::Center;
    if (!key.icon.empty())
        row.add<Icon>(key.icon, core.theme.grown(40));
    bool const wide_enough = key.icon.empty() || (font.size >= 40 && !core.theme.large_text());
    if (wide_enough) {
        FontToken const small{std::min(font.size, 30.0F), std::min(font.line, 38.0F), 600};
        auto word = std::make_unique<Words>(core.resolve(label), key.does == Does::Type ? font : small);
        word->solid = true;
        row.add(std::move(word));
    }
    core.internal[press->id] = [&core, field, key] { press_key(core, field, key); };
    return press;
}

std::unique_ptr<Keys> keys_of(Core& core, std::string const& field, std::vector<Row> const& rows,
                              FontToken font, float key_height, float gap, bool lights_up) {
    std::vector<std::vector<float>> weights;
    for (auto const& row : rows) {
        weights.emplace_back();
        for (auto const& key : row)
            weights.back().push_back(key.weight);
    }
    auto keys = std::make_unique<Keys>(std::move(weights), key_height, gap);
    for (auto const& row : rows)
        for (auto const& key : row)
            keys->add(key.does == Does::Nothing ? ElementPtr(std::make_unique<Gap>(Size{0, 0}))
                                                : ElementPtr(key_press(core, field, key, font, lights_up)));
    keys->node = core.node_of(Role::Keyboard, "ui.keyboard"_msg);
    keys->node->id += "@" + field;
    return keys;
}

bool types_digits(FieldKind kind) {
    return kind == FieldKind::Pin || kind == FieldKind::Number || kind == FieldKind::Zip ||
           kind == FieldKind::Date || kind == FieldKind::Phone || kind == FieldKind::Code;
}

/// Letters and symbols do not grow with the text: a key has its room and no more.
FontToken letter_font() {
    return {36, 44, 500};
}

} // namespace

float Keys::layout(LayoutContext& context, float width) {
    std::size_t i = 0;
    float widest = 0;
    for (auto const& row : weights_)
        widest = std::max(widest, std::accumulate(row.begin(), row.end(), 0.0F));
    for (auto const& row : weights_) {
        float const sum = std::accumulate(row.begin(), row.end(), 0.0F);
        float const room = width - gap_ * static_cast<float>(row.size() - 1);
        for (float const weight : row) {
            auto* press = dynamic_cast<Press*>(children_[i].get());
            if (press != nullptr)
                press->height_min = key_height_;
            children_[i++]->layout(context, std::floor(room * weight / sum));
        }
    }
    return static_cast<float>(weights_.size()) * (key_height_ + gap_) - gap_;
}

void Keys::place(Rect rect) {
    rect_ = rect;
    std::size_t i = 0;
    float y = rect.y;
    for (auto const& row : weights_) {
        float const sum = std::accumulate(row.begin(), row.end(), 0.0F);
        float const room = rect.w - gap_ * static_cast<float>(row.size() - 1);
        float x = rect.x;
        for (float const weight : row) {
            float const w = std::floor(room * weight / sum);
            children_[i++]->place({x, y, w, key_height_});
            x += w + gap_;
        }
        y += key_height_ + gap_;
    }
}

void Keys::paint(PaintContext& context) {
    if (!context.shown(rect_))
        return;
    PaintScope const scope(context);
    Rect const r = context.on_screen(rect_);
    if (node)
        context.parent = context.add(*node, r);
    context.painter.as_it_stands(r, [&] { Container::paint(context); });
}

std::unique_ptr<Keys> digit_keys(Core& core, std::string const& field, bool lights_up, float key_height,
                                 std::optional<KeySpec> corner) {
    std::vector<Row> rows = {typed_row("123"), typed_row("456"), typed_row("789")};
    Row last;
    last.push_back(corner.value_or(KeySpec{Does::Nothing, {}, {}, {}, 1}));
    last.push_back({Does::Type, "0"});
    last.push_back(special(Does::Erase, "ui.key.erase"_msg, "delete", 1));
    rows.push_back(std::move(last));
    return keys_of(core, field, rows, core.theme.type.key, key_height, digit_gap, lights_up);
}

std::unique_ptr<Keys> letter_keys(Core& core, FieldInfo const& field, bool lights_up, float key_height) {
    auto rows = letter_rows(core.keyboard_mode, core.settings.language);
    add_special_keys(rows, field, core.keyboard_mode);
    return keys_of(core, field.id, rows, letter_font(), key_height, letter_gap, lights_up);
}

std::unique_ptr<Element> docked_keyboard(Core& core) {
    FieldInfo const& field = *core.editing_field();
    bool const landscape = core.settings.width > core.settings.height;
    auto const& color = core.theme.color;
    BoxLook look;
    look.fill = color.sunken;
    auto box = std::make_unique<Box>(Padding{landscape ? 160.0F : 20.0F, landscape ? 12.0F : 20.0F}, look);
    box->whole = true;
    if (types_digits(field.kind)) {
        auto keys = digit_keys(core, field.id, !field.secret, landscape ? 84.0F : 104.0F,
                               special(Does::Enter, "ui.key.done"_msg, "", 1));
        box->add(std::move(keys));
    } else {
        // Large text on a low screen: the keys give room to the field above them.
        float const low_key = core.theme.large_text() ? 62.0F : 84.0F;
        box->add(letter_keys(core, field, !field.secret, landscape ? low_key : 96.0F));
    }
    return box;
}

} // namespace portico::ui
