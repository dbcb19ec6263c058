#include "central/plan/eob_review.h"

#include <algorithm>

namespace portico::central {

namespace {

std::vector<EobId> chain_of(MemberOverview const& about, EobId const& id) {
    std::vector<EobLink> links;
    links.reserve(about.claims.size());
    for (auto const& claim : about.claims)
        links.push_back({claim.summary.id, claim.replaces, claim.replaced_by, claim.summary.created});
    return version_chain(links, id);
}

/// Of `count` versions those next to the one at `place`.
struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
};
Window window_around(std::size_t place, std::size_t count) {
    auto const size = std::min(count, eob_versions_max);
    auto const half = size / 2;
    auto const begin = std::min(place > half ? place - half : 0, count - size);
    return {begin, begin + size};
}

Result<void> add_versions(PlanData& plan, PatientId const& patient, std::vector<EobId> const& chain,
                          Telling telling, api::EobReview& review) {
    auto const found = std::find(chain.begin(), chain.end(), review.eob);
    auto const place = static_cast<std::size_t>(found - chain.begin());
    auto const shown = window_around(place, chain.size());
    std::optional<Eob> before;
    if (shown.begin > 0)
        before = TRY(plan.eob(patient, chain[shown.begin - 1], telling));
    for (auto i = shown.begin; i < shown.end; ++i) {
        api::EobVersion version;
        version.number = static_cast<int>(i) + 1;
        version.eob = TRY(plan.eob(patient, chain[i], telling));
        if (before)
            version.changes = changes_between(*before, version.eob);
        before = version.eob;
        review.versions.push_back(std::move(version));
    }
    return ok();
}

void add_accumulators(MemberOverview const& about, PatientId const& patient, api::EobReview& review) {
    auto const claim = std::find_if(about.facts.begin(), about.facts.end(), [&](DecidedFacts const& each) {
        return each.facts.id == review.eob && each.facts.patient == patient;
    });
    if (claim == about.facts.end())
        return;
    if (auto const* year = plan_year_of(about.plan_years, claim->facts))
        review.accumulators = accumulators_then(*year, about.facts, review.eob, patient);
}

Result<void> add_directory(PlanData& plan, MemberOverview const& about, Eob const& eob,
                           api::EobReview& review) {
    for (auto const& coverage : eob.coverages) {
        auto const networks = about.networks.find(coverage);
        if (networks == about.networks.end())
            continue;
        auto const word = TRY(plan.directory_today(eob, networks->second));
        review.directory_today = word.status;
        review.directory_since = word.since;
        if (word.status != NetworkStatus::Unknown)
            break;
    }
    return ok();
}

} // namespace

Result<api::EobReview> eob_review_of(PlanData& plan, PatientId const& patient, EobId const& id,
                                     Telling telling) {
    api::EobReview review;
    review.eob = id;
    // First, so that nobody learns anything of an EOB that is not this member's.
    auto const eob = TRY(plan.eob(patient, id, telling));
    auto const about = TRY(plan.overview(patient, telling));
    auto const chain = chain_of(*about, id);
    review.version_count = static_cast<int>(chain.size());
    TRY(add_versions(plan, patient, chain, telling, review));
    add_accumulators(*about, patient, review);
    TRY(add_directory(plan, *about, eob, review));
    return review;
}

} // namespace portico::central
