#include "shared/domain/eob_check.h"

#include "shared/domain/check/rules.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace portico {

namespace {

/// The facts as they would stand with no others.
EobFacts marked_alone(EobFacts facts) {
    std::vector<EobFacts> all;
    all.push_back(std::move(facts));
    mark_counted(all);
    return std::move(all.front());
}

/// The facts as they stand among the others, `counted` included; else those of the EOB alone.
EobFacts facts_among(Eob const& eob, std::span<EobFacts const> all) {
    auto const at =
        std::find_if(all.begin(), all.end(), [&](EobFacts const& facts) { return facts.id == eob.id; });
    return at != all.end() ? *at : marked_alone(facts_of(eob));
}

/// What the rules that look at other EOBs look at: `all`, or of it what can matter to any EOB of `all`.
struct Others {
    std::span<EobFacts const> linked; ///< with a replacement on either side
    std::span<rules::YearInQuestion const> years;
    std::span<EobFacts const> same_service; ///< with the services of this one
};

/// Whether it is said, though it rests on the EOB alone, only of one that counts.
bool is_of_counted(FindingKind kind) {
    return kind == FindingKind::DuplicateLine || kind == FindingKind::DeniedYetBilled;
}

std::vector<Finding> check_with(rules::Compared const& self, Others const& others,
                                DirectoryWord const& directory) {
    std::vector<Finding> out;
    if (!self.facts.in_effect)
        return out;
    bool const counts = !self.facts.is_reversal && self.facts.counted;
    for (auto const& finding : self.alone.findings)
        if (counts || !is_of_counted(finding.kind))
            out.push_back(finding);
    if (counts) {
        rules::duplicate_claim(self, others.same_service, out);
        rules::network_against_directory(self, directory, out);
        rules::over_maximum(self, others.years, out);
    }
    rules::replaced_still_counted(self, others.linked, out);
    std::stable_sort(out.begin(), out.end(),
                     [](Finding const& a, Finding const& b) { return a.kind < b.kind; });
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
std::vector<rules::YearInQuestion> years_in_question(std::span<PlanYear const> years,
                                                     std::span<EobFacts const> all) {
    std::vector<rules::YearInQuestion> out;
    for (auto const& year : years) {
        auto& in_question = out.emplace_back(rules::YearInQuestion{year, {}});
        in_question.year.limits.clear();
        for (auto const& limit : year.limits)
            if (may_be_passed(limit, year, all)) {
                in_question.year.limits.push_back(limit);
                in_question.counted.emplace_back(limit, year, all);
            }
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
    auto const alone = alone_of(input.eob);
    auto const facts = facts_among(input.eob, around.all);
    return check_with({alone, facts},
                      {around.all, years_in_question(around.plan_years, around.all), around.all},
                      around.directory);
}

PreparedCheck::PreparedCheck(std::span<EobFacts const> all, std::span<PlanYear const> years)
    : all_(all), linked_(linked_in(all)), years_(years_in_question(years, all)) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        index_.emplace(all[i].id, i);
        same_service_[all[i].same_service_key].push_back(all[i]);
    }
}

std::vector<Finding> PreparedCheck::check(EobAlone const& alone, EobFacts const& facts,
                                          DirectoryWord const& directory) const {
    auto const at = index_.find(facts.id);
    if (at == index_.end()) {
        auto const self = marked_alone(facts);
        return check_with({alone, self}, {all_, years_, all_}, directory);
    }
    auto const& self = all_[at->second];
    return check_with({alone, self}, {linked_, years_, same_service_.at(self.same_service_key)}, directory);
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
    for (std::size_t i = 0; i < eobs.size(); ++i) {
        auto const& eob = eobs[i];
        auto found = prepared.check(alone_of(eob), all[i], word_on ? word_on(eob) : DirectoryWord{});
        std::move(found.begin(), found.end(), std::back_inserter(out));
    }
    return out;
}

} // namespace portico
