#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// What narrows the list of claims.
struct ClaimFilter {
    std::size_t status = 0;  ///< all, look again, in progress, done
    std::string person = {}; ///< given name; empty: everyone
    std::size_t period = 0;  ///< see `claim_period_months`
    std::string provider = {};
    std::string amount_least = {}; ///< dollars, as typed
    std::string amount_most = {};
    bool operator==(ClaimFilter const&) const = default;
    bool has_search() const { return !provider.empty() || !amount_least.empty() || !amount_most.empty(); }
};
/// How far each choice of the period reaches back; 0 is everything.
inline constexpr int claim_period_months[] = {12, 3, 24, 0};

struct Claims {
    static constexpr char const* name = "claims";
    Load<api::ClaimsPage> page = {};
    ClaimFilter filter = {};
    std::vector<std::string> people = {};  ///< given names seen so far, in order
    std::string cursor = {};               ///< of the page that is shown
    std::vector<std::string> cursors = {}; ///< of the pages before it
};
/// By provider and amount.
struct ClaimSearch {
    static constexpr char const* name = "claim_search";
    ClaimFilter filter = {};
    bool amount_wrong = false;

    std::string* text_field(Field field) {
        switch (field) {
        case Field::ClaimProvider:
            return &filter.provider;
        case Field::AmountLeast:
            return &filter.amount_least;
        case Field::AmountMost:
            return &filter.amount_most;
        default:
            return nullptr;
        }
    }
};
/// Services used and what they cost, by provider.
struct Costs {
    static constexpr char const* name = "costs";
    Load<api::ClaimsPage> page = {};
};

MaybeIntent draw(ui::Ui& ui, App const& app, Claims const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ClaimSearch const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, Costs const& screen);

} // namespace portico::kiosk
