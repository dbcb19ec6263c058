#pragma once

#include <cstdint>

namespace portico::documents {

/// 0xRRGGBB.
struct Color {
    std::uint32_t rgb = 0;
};

// The tokens of the light theme that documents use; paper is white.
namespace color {
inline constexpr Color white{0xFFFFFF};
inline constexpr Color black{0x000000};
inline constexpr Color ink{0x0E1F1C};
inline constexpr Color ink_soft{0x253632};
inline constexpr Color brand{0x084139};
inline constexpr Color sunken{0xEEF3F1};
inline constexpr Color divider{0xC9D6D1};
inline constexpr Color edge{0x6B7D78};
inline constexpr Color plan_paid{0x1F7A6C};
inline constexpr Color you_pay{0xF2A93B};
inline constexpr Color hatch{0x6F837D};
inline constexpr Color hatch_edge{0x3E524C};
inline constexpr Color look_again{0xFFF1CF};
inline constexpr Color look_again_ink{0x3F2A00};
inline constexpr Color look_again_edge{0x9A6B00};
} // namespace color

} // namespace portico::documents
