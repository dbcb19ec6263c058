#include "central/auth/assurance_policy.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

constexpr std::array<std::string_view, 4> ways{"security_key", "chip_card", "pin", "totp"};

bool shows(std::span<std::string const> factors, std::string_view wanted) {
    return std::find(factors.begin(), factors.end(), wanted) != factors.end();
}

} // namespace

std::span<AssuranceRule const> assurance_policy() {
    static std::array<AssuranceRule, 8> const rules{{
        {{"printed_card"}, Assurance::Identified},
        {{"activation_code"}, Assurance::Identified},
        {{"printed_card", "pin"}, Assurance::OneFactor}, // a barcode can be copied: the PIN is the one factor
        {{"password"}, Assurance::OneFactor},
        {{"password", "totp"}, Assurance::TwoFactors},
        {{"security_key"}, Assurance::TwoFactors},
        {{"chip_card"}, Assurance::TwoFactors},
        {{"printed_card", "staff_key"}, Assurance::InPersonWithStaff},
    }};
    return rules;
}

Assurance assurance_of(std::span<std::string const> factors) {
    auto highest = Assurance::Nothing;
    for (auto const& rule : assurance_policy())
        if (std::all_of(rule.factors.begin(), rule.factors.end(),
                        [&](std::string_view factor) { return shows(factors, factor); }))
            highest = std::max(highest, rule.assurance);
    return highest;
}

std::vector<std::string> step_up_ways(std::span<std::string const> shown,
                                      std::span<std::string const> account_has) {
    std::vector<std::string> raising;
    for (auto const way : ways) {
        if (!shows(account_has, way))
            continue;
        std::vector<std::string> with(shown.begin(), shown.end());
        with.emplace_back(way);
        if (assurance_of(with) > assurance_of(shown))
            raising.emplace_back(way);
    }
    return raising;
}

bool can_sign_in(std::span<std::string const> account_has) {
    auto const has = [&](std::string_view factor) { return shows(account_has, factor); };
    return has("security_key") || has("chip_card") || has("password") || (has("printed_card") && has("pin"));
}

} // namespace portico::central
