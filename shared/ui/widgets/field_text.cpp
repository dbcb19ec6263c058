#include "shared/ui/widgets/field_text.h"

#include "shared/base/language.h"
#include "shared/ui/layout/paint_context.h"

#include <algorithm>
#include <cctype>

namespace portico::ui {
namespace {

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t before(std::string_view text, std::size_t at) {
    while (at > 0 && continues(text[--at]))
        ;
    return at;
}

std::size_t after(std::string_view text, std::size_t at) {
    if (at < text.size())
        ++at;
    while (at < text.size() && continues(text[at]))
        ++at;
    return at;
}

/// Of the line, as it was typed, that the caret stands in.
std::size_t line_start(std::string_view text, std::size_t at) {
    auto const before_it = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return before_it == std::string_view::npos ? 0 : before_it + 1;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool accepts(FieldKind kind, std::string_view typed) {
    switch (kind) {
    case FieldKind::Pin:
    case FieldKind::Number:
    case FieldKind::Zip:
    case FieldKind::Code:
        return all_digits(typed);
    case FieldKind::Date:
        return all_digits(typed) || typed == "/";
    case FieldKind::Phone:
        return all_digits(typed) || typed == "-" || typed == " " || typed == "+" || typed == "(" ||
               typed == ")";
    case FieldKind::Username:
    case FieldKind::Email:
        return typed != " ";
    default:
        return true;
    }
}

/// Digits of a date with the slashes where they belong.
std::string dated(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c < '0' || c > '9' || out.size() >= 10)
            continue;
        out += c;
        if (out.size() == 2 || out.size() == 5)
            out += '/';
    }
    return out;
}

std::string without_slash_at_end(std::string text) {
    if (!text.empty() && text.back() == '/')
        text.pop_back();
    return text;
}

std::optional<std::string> inserted(std::string const& value, std::size_t& caret, std::string_view typed,
                                    FieldInfo const& field) {
    bool const control = std::any_of(typed.begin(), typed.end(), [&](char c) {
        return static_cast<unsigned char>(c) < 32 && !(c == '\n' && field.lines > 1);
    });
    if (typed.empty() || control || !accepts(field.kind, typed))
        return std::nullopt;
    if (character_count(value) + character_count(typed) > field.length_max)
        return std::nullopt;
    std::string out = value;
    out.insert(caret, typed);
    caret += typed.size();
    if (field.kind == FieldKind::Date) {
        out = dated(out);
        caret = out.size();
    }
    if (out == value)
        return std::nullopt;
    return out;
}

} // namespace

std::size_t character_count(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::optional<std::string> edited(std::string const& value, std::size_t& caret, Edit const& edit,
                                  FieldInfo const& field) {
    caret = std::min(caret, value.size());
    std::string out = value;
    switch (edit.kind) {
    case Edit::Kind::Insert:
        return inserted(value, caret, edit.text.reveal(), field);
    case Edit::Kind::Backspace: {
        if (field.kind == FieldKind::Date) {
            out = without_slash_at_end(out);
            if (!out.empty())
                out.pop_back();
            out = without_slash_at_end(out);
            caret = out.size();
            break;
        }
        std::size_t const from = before(value, caret);
        out.erase(from, caret - from);
        caret = from;
        break;
    }
    case Edit::Kind::Delete:
        out.erase(caret, after(value, caret) - caret);
        break;
    case Edit::Kind::Left:
    case Edit::Kind::Right: {
        // The caret goes where the arrow points.
        bool const right_to_left = paragraph_direction(value, {}) == Direction::RightToLeft;
        bool const onward = (edit.kind == Edit::Kind::Right) != right_to_left;
        caret = onward ? after(value, caret) : before(value, caret);
        break;
    }
    case Edit::Kind::Home:
        caret = field.lines > 1 ? line_start(value, caret) : 0;
        break;
    case Edit::Kind::End:
        caret = field.lines > 1 ? std::min(value.find('\n', caret), value.size()) : value.size();
        break;
    case Edit::Kind::Up: // by what is drawn: in field_lines.cpp
    case Edit::Kind::Down:
    case Edit::Kind::Submit:
        break;
    }
    if (out == value)
        return std::nullopt;
    return out;
}

void FieldLabel::paint(PaintContext& context) {
    if (!context.shown(rect_))
        return;
    PaintScope const scope(context);
    // The node of the field comes next; it gets this text when it is there.
    context.owner = -1;
    context.core.label_runs_for = field_;
    words_->paint(context);
    context.core.label_runs_for.clear();
}

} // namespace portico::ui
