#pragma once

#include <array>
#include <string_view>

namespace portico {

/// Why a card is wanted by mail, in the order in which it is asked: words of api::RequestMailedCard::reason
/// and of message ids.
inline constexpr std::array<std::string_view, 4> card_reasons{"lost", "damaged", "never_arrived", "extra"};

} // namespace portico
