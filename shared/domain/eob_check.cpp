#include "shared/domain/eob_check.h"

#include "shared/domain/check/rules.h"

#include <algorithm>

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

std::vector<Finding> check_with(Eob const& eob, EobFacts const& self, EobSurroundings const& around) {
    std::vector<Finding> out;
    if (!self.in_effect)
        return out;
    rules::totals_against_lines(eob, out);
    rules::allowed_against_paid_and_share(eob, out);
    if (!self.is_reversal && self.counted) {
        rules::duplicate_lines(eob, out);
        rules::duplicate_claim(eob, self, around.all, out);
        rules::denied_yet_billed(eob, out);
        rules::network_against_directory(eob, around.directory, out);
        rules::over_maximum(eob, self, around, out);
    }
    rules::replaced_still_counted(eob, self, around.all, out);
    return out;
}

} // namespace

std::vector<Finding> check(EobCheckInput const& input) {
    return check_with(input.eob, facts_among(input.eob, input.around.all), input.around);
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

    std::vector<Finding> out;
    for (std::size_t i = 0; i < eobs.size(); ++i) {
        EobSurroundings const around{all, plan_years, word_on ? word_on(eobs[i]) : DirectoryWord{}};
        auto found = check_with(eobs[i], all[i], around);
        std::move(found.begin(), found.end(), std::back_inserter(out));
    }
    return out;
}

} // namespace portico
