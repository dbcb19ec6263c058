#include "shared/domain/recovery_rules.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

constexpr std::array<std::string_view, 7> losses{"password",  "security_key", "second_factor", "pin",
                                                 "chip_card", "printed_card", "everything"};
constexpr std::array<std::string_view, 5> lost_reasons{"forgotten", "lost", "stolen", "broken",
                                                       "another_knows"};

template <class List>
bool is_in(List const& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view factor_of(std::string_view lost) {
    return lost == "second_factor" ? "totp" : lost;
}

/// Something that is held in a hand: another thing takes its place, or nothing does for now.
bool is_thing(std::string_view lost) {
    return lost == "security_key" || lost == "chip_card" || lost == "printed_card";
}

bool resets_second_factor(std::string_view lost) {
    return lost == "second_factor" || lost == "everything";
}

} // namespace

std::span<std::string_view const> lost_words() {
    return losses;
}

bool is_lost_word(std::string_view word) {
    return is_in(losses, word);
}

bool is_recovery_reason(std::string_view word) {
    return is_in(lost_reasons, word);
}

bool can_be_lost(std::string_view lost, std::span<std::string const> factors) {
    if (lost == "everything")
        return !factors.empty();
    return is_lost_word(lost) && is_in(factors, factor_of(lost));
}

bool goes_with(std::string_view lost, std::string_view factor) {
    return lost == "everything" || factor == factor_of(lost);
}

bool finishes(std::string_view lost, std::string_view factor) {
    // A PIN stands beside a card and a code app beside a password: neither opens an account that lost all.
    if (lost == "everything")
        return factor == "password" || factor == "security_key" || factor == "chip_card";
    // A new card may be on its way by mail: until then a key, or what is left, signs in.
    if (is_thing(lost) && (factor == "security_key" || factor == "chip_card" || factor == nothing_new))
        return true;
    return is_lost_word(lost) && factor == factor_of(lost);
}

bool may_set(std::string_view lost, std::string_view factor, bool finished) {
    static constexpr std::array<std::string_view, 5> settable{"password", "security_key", "chip_card", "totp",
                                                              "pin"};
    if (finished && lost == "everything")
        return is_in(settable, factor);
    return finishes(lost, factor);
}

bool is_second_proof(std::string_view lost, std::string_view way) {
    if (way == "staff_key")
        return true;
    return (way == "totp" || way == "security_key" || way == "chip_card") && !goes_with(lost, way);
}

std::string_view second_yes_for_recovery(std::string_view lost, UnlockFacts const& facts) {
    auto const why = second_yes_for(facts);
    return why.empty() && resets_second_factor(lost) ? "second_factor_reset" : why;
}

RecoveryWays recovery_ways(std::string_view lost, RecoveryReach const& reach) {
    RecoveryWays ways;
    ways.first = reach.text ? "text" : reach.letter ? "letter" : "";
    if (ways.first.empty())
        return ways;
    if (reach.mail && !resets_second_factor(lost))
        ways.second = "mail";
    else if (reach.letter && ways.first != "letter")
        ways.second = "letter";
    return ways;
}

} // namespace portico
