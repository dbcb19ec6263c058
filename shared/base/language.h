#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace portico {

enum class Direction : std::uint8_t { LeftToRight, RightToLeft };

/// A language that the programs can be used in.
struct Language {
    std::string_view code;     ///< BCP 47; also its folder in assets/messages
    std::string_view own_name; ///< as its speakers write it
    Direction direction = Direction::LeftToRight;
    /// How many forms a choice by number has in the catalog.
    std::size_t plural_forms = 2;
    /// Files of the catalog that are translated, without ".json". Empty: all of them. Of a language that has
    /// some, every other text is shown in English and marked as English.
    std::span<std::string_view const> files = {};

    bool is_complete() const { return files.empty(); }
};

/// In the order they are offered.
std::span<Language const> offered_languages();

/// The language of a tag such as "es" or "es-US"; nullptr when it is not offered.
Language const* find_language(std::string_view tag);

Direction direction_of(std::string_view tag);

/// Which of the `plural_forms` of a language the number takes, counted from 0; English rules for one that is
/// not offered. Source: Unicode CLDR 42, supplemental/plurals.xml, cardinals of whole numbers.
std::size_t plural_form(std::string_view tag, std::int64_t number);

/// The direction a paragraph runs in: that of its first letter outside of isolates. Without one it is left to
/// right, as figures are written, unless it is put together from isolates: those stand in the order of `tag`.
/// Source: Unicode Standard Annex 9, rules P2 and P3.
Direction paragraph_direction(std::string_view text, std::string_view tag);

/// The text for use inside another one whose language is `tag`. Right to left, what is put in (a name, an
/// amount, a phone number) is set apart by LRI or RLI and PDI, so that it neither turns the words around it
/// nor is turned by them. Marks of direction inside of it are dropped: they could end that.
std::string isolated(std::string_view text, std::string_view tag);
/// The same for a text of ours, which keeps what is set apart inside of it.
std::string in_isolate(std::string_view text, std::string_view tag);

/// Without the marks that isolate, embed or override a direction.
std::string without_direction_marks(std::string_view text);

} // namespace portico
