#include "shared/base/language.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace portico {

namespace {

constexpr std::array<std::string_view, 11> khmer_files{"ui",
                                                       "kiosk_call_back",
                                                       "kiosk_home",
                                                       "kiosk_help",
                                                       "kiosk_part",
                                                       "kiosk_problem",
                                                       "kiosk_register",
                                                       "kiosk_sign_in",
                                                       "kiosk_switches",
                                                       "kiosk_way_back",
                                                       "kiosk_welcome"};

constexpr std::array languages{
    Language{"en", "English", Direction::LeftToRight, 2},
    Language{"es", "Español", Direction::LeftToRight, 2},
    Language{"ar", "العربية", Direction::RightToLeft, 6},
    Language{"km", "ខ្មែរ", Direction::LeftToRight, 1, khmer_files},
};

constexpr char32_t isolate_first = 0x2066; // LRI, RLI, FSI
constexpr char32_t isolate_last = 0x2068;
constexpr char32_t isolate_end = 0x2069; // PDI

/// One character of UTF-8 at `at`, which moves on. What is malformed counts as a character of its own.
char32_t next_character(std::string_view text, std::size_t& at) {
    auto const lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0xC0)
        return lead;
    char32_t character = lead & (lead < 0xE0 ? 0x1FU : lead < 0xF0 ? 0x0FU : 0x07U);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        character = character << 6U | (static_cast<unsigned char>(text[at++]) & 0x3FU);
    return character;
}

/// Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their forms; not their figures and signs.
bool is_right_to_left_letter(char32_t c) {
    bool const arabic_figure_or_sign = (c >= 0x0600 && c <= 0x0607) || (c >= 0x0609 && c <= 0x061A) ||
                                       (c >= 0x064B && c <= 0x066C) || (c >= 0x06D6 && c <= 0x06ED) ||
                                       (c >= 0x06F0 && c <= 0x06F9);
    if (arabic_figure_or_sign)
        return false;
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
}

bool is_left_to_right_letter(char32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    // From U+02B0 on come signs and marks; from U+2000 punctuation, currency and arrows.
    bool const latin = c >= 0x00C0 && c < 0x02B0 && c != 0x00D7 && c != 0x00F7;
    bool const alphabet = c >= 0x0370 && c < 0x0590;
    bool const script =
        (c >= 0x0900 && c < 0x2000) || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0xFB1D);
    return latin || alphabet || script;
}

bool is_direction_mark(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= isolate_first && c <= isolate_end);
}

/// Source: CLDR, "ar": zero n = 0; one n = 1; two n = 2; few n % 100 = 3..10; many n % 100 = 11..99; else
/// other.
std::size_t arabic_form(std::uint64_t n) {
    if (n <= 2)
        return n;
    auto const rest = n % 100;
    if (rest >= 3 && rest <= 10)
        return 3;
    return rest >= 11 ? 4 : 5;
}

} // namespace

std::span<Language const> offered_languages() {
    return languages;
}

Language const* find_language(std::string_view tag) {
    auto const code = tag.substr(0, tag.find('-'));
    auto const found = std::find_if(languages.begin(), languages.end(),
                                    [&](Language const& each) { return each.code == code; });
    return found == languages.end() ? nullptr : &*found;
}

Direction direction_of(std::string_view tag) {
    auto const* language = find_language(tag);
    return language == nullptr ? Direction::LeftToRight : language->direction;
}

std::size_t plural_form(std::string_view tag, std::int64_t number) {
    auto const n = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    auto const* language = find_language(tag);
    auto const forms = language == nullptr ? 2 : language->plural_forms;
    if (forms == 6)
        return arabic_form(n);
    // CLDR has no forms in "km"; in "en" and "es" one is n = 1. ("es" has "many" too, for 1e6 in compact
    // notation.)
    return forms == 1 || n == 1 ? 0 : 1;
}

Direction paragraph_direction(std::string_view text, std::string_view tag) {
    bool has_isolate = false;
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_character(text, at);
        if (c >= isolate_first && c <= isolate_last) {
            has_isolate = true;
            ++depth;
        } else if (c == isolate_end) {
            depth = std::max(0, depth - 1);
        } else if (depth == 0 && is_right_to_left_letter(c)) {
            return Direction::RightToLeft;
        } else if (depth == 0 && is_left_to_right_letter(c)) {
            return Direction::LeftToRight;
        }
    }
    return has_isolate ? direction_of(tag) : Direction::LeftToRight;
}

std::string without_direction_marks(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const from = at;
        if (!is_direction_mark(next_character(text, at)))
            out.append(text.substr(from, at - from));
    }
    return out;
}

std::string in_isolate(std::string_view text, std::string_view tag) {
    if (direction_of(tag) == Direction::LeftToRight)
        return std::string(text);
    // Not FSI, which leaves the direction to whoever draws it: it is that of a paragraph of its own.
    bool const leftward = paragraph_direction(text, tag) == Direction::RightToLeft;
    return (leftward ? "\u2067" : "\u2066") + std::string(text) + "\u2069";
}

std::string isolated(std::string_view text, std::string_view tag) {
    if (direction_of(tag) == Direction::LeftToRight)
        return std::string(text);
    return in_isolate(without_direction_marks(text), tag);
}

} // namespace portico
