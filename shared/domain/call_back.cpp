#include "shared/domain/call_back.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

template <std::size_t count>
bool is_one_of(std::array<std::string_view, count> const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

bool is_call_back_about(std::string_view word) {
    static constexpr std::array<std::string_view, 4> words{"account_locked", "claim", "card", "other"};
    return is_one_of(words, word);
}

bool is_call_back_outcome(std::string_view word) {
    static constexpr std::array<std::string_view, 4> words{"reached", "no_answer", "wrong_number",
                                                           "given_back"};
    return is_one_of(words, word);
}

} // namespace portico
