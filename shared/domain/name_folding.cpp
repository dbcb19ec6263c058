#include "shared/domain/name_folding.h"

#include "shared/domain/claim_filter.h"

#include <array>
#include <cstddef>

namespace portico {

namespace {

/// Base base_letters beyond those that `search_text` knows, by the canonical decompositions of Unicode; '.'
/// stays as it is.
struct Letters {
    unsigned first;
    std::string_view base;
};
constexpr std::array base_letters{
    Letters{0x1A0, "oo.............uu"}, // Vietnamese o and u with a horn
    Letters{0x1CD, "aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."},
    Letters{0x200, "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy"},
    Letters{0x1E00, "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"},
    Letters{0x1E40, "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"},
    Letters{0x1E80, "wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"},
    Letters{0x1EC0, "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"},
};

char base_of(unsigned code) {
    for (auto const& range : base_letters)
        if (code >= range.first && code - range.first < range.base.size())
            return range.base[code - range.first];
    return '.';
}

/// Blanks, hyphens, apostrophes and full stops of the ways in which people type them.
bool is_between_letters(unsigned code) {
    return code == ' ' || code == '-' || code == '\'' || code == '.' || code == '`' || code == 0xA0 ||
           code == 0xAD || code == 0xB4 || code == 0x2BC || (code >= 0x2010 && code <= 0x2015) ||
           code == 0x2018 || code == 0x2019 || code == 0x202F || code == 0x2212;
}

struct Character {
    unsigned code = 0;
    std::size_t bytes = 1;
};

/// Of well-formed UTF-8; a byte that is not counts for itself.
Character character_at(std::string_view text, std::size_t at) {
    auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    auto const first = byte(at);
    if ((first & 0xE0U) == 0xC0U && at + 1 < text.size())
        return {(first & 0x1FU) << 6U | (byte(at + 1) & 0x3FU), 2};
    if ((first & 0xF0U) == 0xE0U && at + 2 < text.size())
        return {(first & 0x0FU) << 12U | (byte(at + 1) & 0x3FU) << 6U | (byte(at + 2) & 0x3FU), 3};
    return {first, 1};
}

} // namespace

std::string folded_name(std::string_view part) {
    auto const plain = search_text(part);
    std::string out;
    out.reserve(plain.size());
    for (std::size_t at = 0; at < plain.size();) {
        auto const character = character_at(plain, at);
        if (char const base = base_of(character.code); base != '.')
            out += base;
        else if (!is_between_letters(character.code))
            out += std::string_view(plain).substr(at, character.bytes);
        at += character.bytes;
    }
    return out;
}

} // namespace portico
