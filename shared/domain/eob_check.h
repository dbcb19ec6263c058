#pragma once

#include "shared/domain/accumulators.h"
#include "shared/domain/check/counted_before.h"
#include "shared/domain/eob_alone.h"
#include "shared/domain/eob_facts.h"
#include "shared/domain/finding.h"

#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portico {

/// What the directory says of the EOB's billing provider. Unknown: not listed, or not asked.
struct DirectoryWord {
    NetworkStatus status = NetworkStatus::Unknown;
    Period since; ///< of the role or affiliation; says nothing about services outside it
};

/// What a check looks at besides the EOB itself. Anything may be empty: then the rules that rest on it say
/// nothing.
struct EobSurroundings {
    /// Every EOB of the member and of the family under the same plan, marked by `mark_counted`; the one
    /// checked may be among them.
    std::span<EobFacts const> all;
    std::span<PlanYear const> plan_years;
    DirectoryWord directory;
};

struct EobCheckInput {
    Eob const& eob;
    EobSurroundings const& around;
};

/// What looks wrong on an EOB. Exact decimals; a rule speaks only when every figure it rests on is there, and
/// an amount that is no whole cent may be off by half of one. Cancelled, draft and undecided EOBs and
/// estimates have no findings. In the order of FindingKind.
std::vector<Finding> check(EobCheckInput const& input);

/// The same check for many EOBs of one member: what they have in common is worked out once, so that thousands
/// of claims take a pass and not a pass each. `all` and `years` must outlive it; `all` is marked by
/// `mark_counted` and holds the EOBs that will be checked.
class PreparedCheck {
public:
    PreparedCheck(std::span<EobFacts const> all, std::span<PlanYear const> years);
    /// The facts are those of the EOB of which `alone` is; how it stands among `all` is known here.
    std::vector<Finding> check(EobAlone const& alone, EobFacts const& facts,
                               DirectoryWord const& directory) const;

private:
    std::span<EobFacts const> all_; ///< of an EOB that is none of them, what it is compared with
    std::vector<EobFacts> linked_;  ///< with a replacement on either side
    std::vector<rules::YearInQuestion> years_;
    std::unordered_map<EobId, std::size_t> index_;
    std::unordered_map<std::string_view, std::vector<EobFacts>> same_service_;
};

/// The findings of all `eobs` of one member, in their order. `family` holds the facts of the others under the
/// same plan; `word_on` says what the directory has on an EOB's provider and may be empty.
std::vector<Finding> check_all(std::span<Eob const> eobs, std::span<EobFacts const> family,
                               std::span<PlanYear const> plan_years,
                               std::function<DirectoryWord(Eob const&)> const& word_on);

} // namespace portico
