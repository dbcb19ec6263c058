#pragma once

#include "shared/base/encoding.h"
#include "tests/support/rounds.h"

#include <algorithm>
#include <string>

namespace portico::test {

/// A place in `bytes`, which must not be empty.
template <class Text>
auto place_in(Dice& dice, Text& bytes) {
    return bytes.begin() + static_cast<std::ptrdiff_t>(dice.below(bytes.size()));
}

/// Changes bytes as a broken or hostile sender would: bits and bytes changed, put in, left out, doubled, cut
/// off. What comes out may by chance be what went in.
template <class Text>
void mutate_bytes(Dice& dice, Text& bytes) {
    using Byte = typename Text::value_type;
    auto const random = [&] { return static_cast<Byte>(dice.below(256)); };
    if (bytes.empty()) {
        bytes.push_back(random());
        return;
    }
    auto const place = place_in(dice, bytes);
    auto const end =
        place + 1 + static_cast<std::ptrdiff_t>(dice.below(static_cast<std::uint64_t>(bytes.end() - place)));
    switch (dice.below(13)) {
    case 0:
        *place = static_cast<Byte>(*place ^ static_cast<Byte>(1U << dice.below(8)));
        break;
    case 1:
        for (auto flips = 2 + dice.below(7); flips > 0; --flips) {
            auto const each = place_in(dice, bytes);
            *each = static_cast<Byte>(*each ^ static_cast<Byte>(1U << dice.below(8)));
        }
        break;
    case 2:
        *place = random();
        break;
    case 3:
        *place = static_cast<Byte>(dice.one_in(2) ? 0x00 : 0xFF);
        break;
    case 4:
        bytes.insert(place, random());
        break;
    case 5:
        bytes.erase(place);
        break;
    case 6:
        bytes.erase(place, end);
        break;
    case 7:
        bytes.erase(place, bytes.end());
        break;
    case 8: {
        Text const twice(place, end);
        bytes.insert(end, twice.begin(), twice.end());
        break;
    }
    case 9:
        std::swap(*place, *place_in(dice, bytes));
        break;
    case 10:
        bytes.clear();
        break;
    case 11:
        std::reverse(place, end);
        break;
    default:
        std::generate(place, end, random);
    }
}

} // namespace portico::test
