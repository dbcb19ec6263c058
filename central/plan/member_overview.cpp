#include "central/plan/member_overview.h"

#include "central/plan/directory_word.h"
#include "central/plan/household.h"
#include "central/plan/judged_claims.h"
#include "central/plan/personal_reads.h"
#include "central/plan/plan_data.h"
#include "central/plan/sensitive_claims.h"

#include <algorithm>
#include <set>

namespace portico::central {

namespace {

/// More plan years than anyone has been insured.
constexpr int plan_year_count_max = 40;

/// The records an overview is worked out from.
struct Sources {
    std::optional<MemberRecord> member;
    std::vector<CoverageRecord> coverages;
    std::vector<JudgedClaim> own;
    std::vector<std::pair<CoverageRecord, PersonName>> family;
    std::vector<StoredSummary> family_claims;
};

std::string subscriber_of(CoverageRecord const& record) {
    return plain_number(record.coverage.subscriber_id);
}

/// The others under the same subscriber's number, with their claims.
Result<void> read_family(storage::Database& database, Vault const& vault, ByteView member_key,
                         Sources& sources) {
    std::set<std::string> subscribers;
    for (auto const& each : sources.coverages)
        if (auto number = subscriber_of(each); !number.empty())
            subscribers.insert(std::move(number));
    std::set<Bytes> keys;
    for (auto const& number : subscribers)
        for (auto& key : TRY(household(database, vault, number)))
            keys.insert(std::move(key));
    keys.erase(Bytes(member_key.begin(), member_key.end()));
    for (auto const& key : keys) {
        auto const person = TRY(read_member(database, vault, key));
        for (auto& coverage : TRY(read_coverages(database, vault, key)))
            if (subscribers.count(subscriber_of(coverage)) != 0)
                sources.family.emplace_back(std::move(coverage), person ? person->member.name : PersonName{});
        auto claims = TRY(read_summaries(database, vault, key));
        std::move(claims.begin(), claims.end(), std::back_inserter(sources.family_claims));
    }
    return ok();
}

/// "replaces" and "replaced by" name another EOB by its id, the payer's claim number or its Claim: resolves
/// them among one person's EOBs, both ways.
template <class Claim>
void link_replacements(std::vector<Claim>& claims) {
    std::map<std::pair<PatientId, std::string>, std::size_t> by_name;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        auto const& facts = claims[i].facts;
        if (!claims[i].claim_reference.empty())
            by_name.emplace(std::pair(facts.patient, claims[i].claim_reference), i);
        if (!facts.claim_number.empty())
            by_name.emplace(std::pair(facts.patient, facts.claim_number), i);
    }
    for (std::size_t i = 0; i < claims.size(); ++i)
        by_name[{claims[i].facts.patient, claims[i].facts.id.text()}] = i;
    auto const find = [&](EobFacts const& facts, std::optional<EobId> const& named) -> EobFacts* {
        if (!named)
            return nullptr;
        auto const found = by_name.find({facts.patient, named->text()});
        return found == by_name.end() || claims[found->second].facts.id == facts.id
                   ? nullptr
                   : &claims[found->second].facts;
    };
    for (auto& each : claims) {
        if (auto* other = find(each.facts, each.facts.replaces)) {
            each.facts.replaces = other->id;
            if (!other->replaced_by)
                other->replaced_by = each.facts.id;
        }
        if (auto* other = find(each.facts, each.facts.replaced_by)) {
            each.facts.replaced_by = other->id;
            if (!other->replaces)
                other->replaces = each.facts.id;
        }
    }
}

/// Limits of a plan as the coverage states them (C4DIC), else as the plan does.
std::vector<PlanLimit> limits_of(CoverageRecord const& coverage, std::optional<PlanRecord> const& plan) {
    return !coverage.limits.empty() || !plan ? coverage.limits : plan->plan.limits;
}

std::set<int> years_of(std::vector<JudgedClaim> const& claims, Date today) {
    std::set<int> years{today.year};
    for (auto const& each : claims)
        if (!each.facts.service.start.is_empty())
            years.insert(each.facts.service.start.year);
    while (years.size() > plan_year_count_max)
        years.erase(years.begin());
    return years;
}

/// One plan the member has or had: all coverages under it, the family's too.
struct PlanGroup {
    std::vector<CoverageId> coverages;
    std::vector<PlanLimit> limits;
    LineOfBusiness line_of_business = LineOfBusiness::Unknown;
    std::vector<std::string> networks;
};

struct Plans {
    std::map<std::string, PlanGroup> groups; ///< by plan id, or by coverage id without one
    std::map<CoverageId, std::string> group_of;
    std::map<std::string, std::optional<PlanRecord>> records;
};

Result<Plans> group_plans(storage::Database& database, Sources const& sources) {
    Plans plans;
    for (auto const& each : sources.coverages) {
        auto const& coverage = each.coverage;
        auto const name = coverage.plan_id.empty() ? "coverage/" + coverage.id.text() : coverage.plan_id;
        if (plans.records.count(name) == 0)
            plans.records[name] = TRY(read_part<PlanRecord>(database, "plan", coverage.plan_id));
        auto const& record = plans.records[name];
        auto& group = plans.groups[name];
        group.coverages.push_back(coverage.id);
        if (group.limits.empty())
            group.limits = limits_of(each, record);
        group.line_of_business = coverage.line_of_business;
        if (group.line_of_business == LineOfBusiness::Unknown && record)
            group.line_of_business = record->plan.line_of_business;
        if (record)
            group.networks = record->plan.network_ids;
        plans.group_of[coverage.id] = name;
    }
    for (auto const& [coverage, name] : sources.family) {
        auto const found = plans.groups.find(coverage.coverage.plan_id);
        if (found != plans.groups.end())
            found->second.coverages.push_back(coverage.coverage.id);
    }
    return plans;
}

std::vector<PlanYear> plan_years(PlanGroup const& group, std::set<int> const& years) {
    std::vector<PlanYear> out;
    if (group.limits.empty())
        return out;
    for (int const year : years)
        out.push_back(
            {calendar_year(Date{year, 1, 1}), group.limits, group.line_of_business, group.coverages});
    return out;
}

/// The coverage in force today, else the one that began last.
void choose_coverage(MemberOverview& overview, Date today) {
    CoverageRecord const* best = nullptr;
    for (auto const& each : overview.coverages) {
        if (best == nullptr) {
            best = &each;
            continue;
        }
        bool const now = each.coverage.active_on(today);
        bool const best_now = best->coverage.active_on(today);
        if (now != best_now ? now : best->coverage.period.start < each.coverage.period.start)
            best = &each;
    }
    if (best == nullptr)
        return;
    overview.coverage = *best;
    overview.covered_today = best->coverage.active_on(today);
}

Result<void> add_plan(storage::Database& database, Plans const& plans, MemberOverview& overview) {
    if (!overview.coverage)
        return ok();
    auto const& coverage = overview.coverage->coverage;
    overview.payer =
        TRY(read_part<OrganizationRecord>(database, "organization", overview.coverage->payer_reference));
    auto const group = plans.group_of.find(coverage.id);
    if (group == plans.group_of.end())
        return ok();
    auto const& record = plans.records.at(group->second);
    if (!record)
        return ok();
    overview.plan = record->plan;
    auto& plan = *overview.plan;
    auto owner = TRY(read_part<OrganizationRecord>(database, "organization", record->owner));
    if (!overview.payer)
        overview.payer = std::move(owner);
    if (overview.payer) {
        if (plan.owner_name.empty())
            plan.owner_name = overview.payer->name;
        if (plan.service_phone.empty())
            plan.service_phone = overview.payer->service_phone;
        if (plan.web.empty())
            plan.web = overview.payer->web;
        if (plan.claims_address.empty())
            plan.claims_address = overview.payer->claims_address;
    }
    return ok();
}

/// Works out the claims: names, links, findings.
class ClaimChecker {
public:
    ClaimChecker(storage::Database& database, Sources const& sources, Plans const& plans, Date today)
        : plans_(plans), names_(database), directory_(database) {
        for (auto const& each : sources.own)
            all_.push_back(each.facts);
        for (auto const& each : sources.family_claims)
            all_.push_back(each.facts);
        mark_counted(all_);
        auto years = years_of(sources.own, today);
        for (auto const& [name, group] : plans.groups)
            for (auto& year : plan_years(group, years))
                years_.push_back(std::move(year));
        prepared_.emplace(all_, years_);
    }
    ClaimChecker(ClaimChecker const&) = delete;
    ClaimChecker& operator=(ClaimChecker const&) = delete;

    std::vector<EobFacts> const& all() const { return all_; }
    std::vector<PlanYear> const& years() const { return years_; }

    /// Adds a claim with what the check says of it.
    Result<void> add(StoredSummary const& stored, std::vector<Finding> findings, MemberOverview& overview) {
        OverviewClaim claim;
        claim.summary = stored.summary;
        auto party = stored.provider;
        TRY(names_.resolve(party));
        claim.summary.provider_name = party.name;
        if (overview.member)
            claim.summary.patient_given_name = overview.member->name.given;
        claim.replaces = stored.facts.replaces;
        claim.replaced_by = stored.facts.replaced_by;
        claim.summary.replaced = stored.facts.replaced_by.has_value();
        claim.findings = std::move(findings);
        claim.summary.finding_count = static_cast<int>(claim.findings.size());
        overview.claims.push_back(std::move(claim));
        return ok();
    }

    Result<std::vector<Finding>> findings(JudgedClaim const& claim) {
        auto const& facts = claim.facts;
        static std::vector<std::string> const none;
        auto const* networks = &none;
        for (auto const& id : facts.coverages)
            if (auto const group = plans_.group_of.find(id); group != plans_.group_of.end())
                networks = &plans_.groups.at(group->second).networks;
        auto const word = TRY(directory_.on(claim.provider, facts.service.start, *networks));
        return prepared_->check(claim.judgement.alone, facts, word);
    }

private:
    Plans const& plans_;
    ProviderNames names_;
    DirectoryWords directory_;
    std::vector<EobFacts> all_;
    std::vector<PlanYear> years_;
    std::optional<PreparedCheck> prepared_; // looks at the two above
};

Result<void> add_claims(Sources const& sources, ClaimChecker& checker, MemberOverview& overview) {
    overview.claims.reserve(sources.own.size());
    for (auto const& claim : sources.own)
        TRY(checker.add(claim, TRY(checker.findings(claim)), overview));
    std::sort(overview.claims.begin(), overview.claims.end(),
              [](OverviewClaim const& a, OverviewClaim const& b) {
                  return a.summary.service_start != b.summary.service_start
                             ? b.summary.service_start < a.summary.service_start
                             : a.summary.id < b.summary.id;
              });
    return ok();
}

/// What the maxima stood at on the day of a claim is worked out when it is asked for, of all that counted
/// then.
void add_facts(Sources const& sources, MemberOverview& overview) {
    overview.facts.reserve(sources.own.size() + sources.family_claims.size());
    auto const add = [&](StoredSummary const& each) {
        overview.facts.push_back({each.facts, each.summary.status == EobStatus::Cancelled});
        auto& kept = overview.facts.back().facts;
        kept.claim_number = {};
        kept.same_service_key = {};
    };
    for (auto const& each : sources.own)
        add(each);
    for (auto const& each : sources.family_claims)
        add(each);
}

} // namespace

OverviewClaim const* MemberOverview::find(EobId const& id) const {
    for (auto const& each : claims)
        if (each.summary.id == id)
            return &each;
    return nullptr;
}

Result<std::optional<MemberOverview>> make_overview(storage::Database& database, Vault const& vault,
                                                    PatientId const& patient, Date today, Telling telling) {
    auto const member_key = plan_key(vault, "member", patient.text());
    Sources sources;
    sources.member = TRY(read_member(database, vault, member_key));
    sources.coverages = TRY(read_coverages(database, vault, member_key));
    sources.own = TRY(read_judged_claims(database, vault, member_key));
    if (!sources.member && sources.coverages.empty() && sources.own.empty())
        return std::optional<MemberOverview>();
    TRY(read_family(database, vault, member_key, sources));
    link_replacements(sources.own);
    link_replacements(sources.family_claims);
    if (telling == Telling::WithoutSensitive)
        leave_out_sensitive(sources.own);

    MemberOverview overview;
    if (sources.member)
        overview.member = sources.member->member;
    overview.coverages = sources.coverages;
    std::sort(overview.coverages.begin(), overview.coverages.end(),
              [](CoverageRecord const& a, CoverageRecord const& b) { return a.coverage.id < b.coverage.id; });
    overview.family = sources.family;
    choose_coverage(overview, today);
    auto const plans = TRY(group_plans(database, sources));
    TRY(add_plan(database, plans, overview));
    ClaimChecker checker(database, sources, plans, today);
    TRY(add_claims(sources, checker, overview));
    add_facts(sources, overview);
    overview.plan_years = checker.years();
    for (auto const& [coverage, group] : plans.group_of)
        overview.networks[coverage] = plans.groups.at(group).networks;
    if (overview.coverage) {
        auto const& group = plans.groups.at(plans.group_of.at(overview.coverage->coverage.id));
        for (auto const& year : plan_years(group, {today.year}))
            overview.accumulators = accumulators(year, checker.all(), patient);
    }
    return std::optional<MemberOverview>(std::move(overview));
}

} // namespace portico::central
