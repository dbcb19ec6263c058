#include "shared/domain/eob_check.h"

#include "shared/domain/check/rules.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace portico {

namespace {

/// The facts as they stand among the others, `counted` included; else those of the EOB alone.
EobFacts facts_among(Eob const& eob, std::span<EobFacts const> all) {
    auto const at =
        std::find_if(all.begin(), all.end(), [&](EobFacts const& facts) { return facts.id == eob.id; });
    if (at != all.end())
        return *at;
    std::vector<EobFacts> alone{facts_of(eob)};
    mark_counted(alone);
    return alone.front();
}

/// What the rules that look at other EOBs look at: `all`, or of it what can matter to any EOB of `all`.
struct Others {
    std::span<EobFacts const> all;
    std::span<EobFacts const> linked; ///< with a replacement on either side
    std::span<PlanYear const> years;
    std::span<EobFacts const> same_service; ///< with the services of this one
};

std::vector<Finding> check_with(Eob const& eob, EobFacts const& self, Others const& others,
                                DirectoryWord const& directory) {
    std::vector<Finding> out;
    if (!self.in_effect)
        return out;
    rules::totals_against_lines(eob, out);
    rules::allowed_against_paid_and_share(eob, out);
    if (!self.is_reversal && self.counted) {
        rules::duplicate_lines(eob, out);
        rules::duplicate_claim(eob, self, others.same_service, out);
        rules::denied_yet_billed(eob, out);
        rules::network_against_directory(eob, directory, out);
        rules::over_maximum(eob, self, others.years, others.all, out);
    }
    rules::replaced_still_counted(eob, self, others.linked, out);
    return out;
}

/// The most that could be counted against a limit for anyone: what reversals take back is left out.
bool may_be_passed(PlanLimit const& limit, PlanYear const& year, std::span<EobFacts const> all) {
    std::unordered_map<PatientId, Decimal> sums;
    Decimal const maximum = Decimal::from_cents(limit.amount.cents);
    for (auto const& facts : all) {
        auto const added = adds_to(limit.kind, facts);
        bool const inside = facts.network == NetworkStatus::InNetwork;
        if (added.is_zero() || added.is_negative() || inside != limit.in_network ||
            !runs_against(year, facts))
            continue;
        auto& sum = sums[limit.scope == AccumulatorScope::Family ? PatientId() : facts.patient];
        sum = sum + added;
        if (sum > maximum)
            return true;
    }
    return false;
}

/// Only the limits that anyone can have passed: with thousands of claims the others are not worth a look.
std::vector<PlanYear> years_in_question(std::span<PlanYear const> years, std::span<EobFacts const> all) {
    std::vector<PlanYear> out(years.begin(), years.end());
    for (auto& year : out) {
        auto const& limits = year.limits;
        std::vector<PlanLimit> kept;
        std::copy_if(limits.begin(), limits.end(), std::back_inserter(kept),
                     [&](PlanLimit const& limit) { return may_be_passed(limit, year, all); });
        year.limits = std::move(kept);
    }
    return out;
}

std::vector<EobFacts> linked_in(std::span<EobFacts const> all) {
    std::unordered_set<EobId> replacing;
    for (auto const& facts : all)
        if (facts.replaced_by)
            replacing.insert(*facts.replaced_by);
    std::vector<EobFacts> out;
    std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](EobFacts const& facts) {
        return facts.replaces || facts.replaced_by || replacing.count(facts.id) != 0;
    });
    return out;
}

} // namespace

std::vector<Finding> check(EobCheckInput const& input) {
    auto const& around = input.around;
    return check_with(input.eob, facts_among(input.eob, around.all),
                      {around.all, around.all, around.plan_years, around.all}, around.directory);
}

PreparedCheck::PreparedCheck(std::span<EobFacts const> all, std::span<PlanYear const> years)
    : all_(all), linked_(linked_in(all)), years_(years_in_question(years, all)) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        index_.emplace(all[i].id, i);
        same_service_[all[i].same_service_key].push_back(all[i]);
    }
}

std::vector<Finding> PreparedCheck::check(Eob const& eob, DirectoryWord const& directory) const {
    auto const at = index_.find(eob.id);
    if (at == index_.end())
        return portico::check({eob, {all_, years_, directory}});
    auto const& self = all_[at->second];
    return check_with(eob, self, {all_, linked_, years_, same_service_.at(self.same_service_key)}, directory);
}

std::vector<Finding> check_all(std::span<Eob const> eobs, std::span<EobFacts const> family,
                               std::span<PlanYear const> plan_years,
                               std::function<DirectoryWord(Eob const&)> const& word_on) {
    std::vector<EobFacts> all;
    all.reserve(eobs.size() + family.size());
    for (auto const& eob : eobs)
        all.push_back(facts_of(eob));
    all.insert(all.end(), family.begin(), family.end());
    mark_counted(all);

    PreparedCheck const prepared(all, plan_years);
    std::vector<Finding> out;
    for (auto const& eob : eobs) {
        auto found = prepared.check(eob, word_on ? word_on(eob) : DirectoryWord{});
        std::move(found.begin(), found.end(), std::back_inserter(out));
    }
    return out;
}

} // namespace portico
