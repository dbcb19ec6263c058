#include "central/plan/member_overview.h"

#include "central/plan/directory_word.h"
#include "central/plan/personal_reads.h"
#include "central/plan/plan_data.h"

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
    std::vector<StoredSummary> own;
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
    auto query = TRY(
        database.prepare("SELECT DISTINCT member_key FROM plan_member_index WHERE index_key = $1 LIMIT $2"));
    for (auto const& number : subscribers) {
        auto const key = plan_key(vault, "subscriber", number);
        query.bind(1, ByteView(key)).bind(2, std::int64_t{PlanData::family_size_max} + 1);
        std::vector<Bytes> found;
        while (TRY(query.step()))
            found.push_back(query.blob(0));
        query.reset();
        if (found.size() <= PlanData::family_size_max)
            keys.insert(found.begin(), found.end());
    }
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
void link_replacements(std::vector<StoredSummary>& claims) {
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

std::set<int> years_of(std::vector<StoredSummary> const& claims, Date today) {
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
    ClaimChecker(storage::Database& database, Vault const& vault, Sources const& sources, Plans const& plans,
                 Date today)
        : database_(database), vault_(vault), plans_(plans), names_(database), directory_(database) {
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

    Result<std::vector<Finding>> findings(Eob const& eob) {
        std::vector<std::string> networks;
        for (auto const& id : eob.coverages)
            if (auto const group = plans_.group_of.find(id); group != plans_.group_of.end())
                networks = plans_.groups.at(group->second).networks;
        return prepared_->check(eob, TRY(directory_.on(eob, networks)));
    }

private:
    storage::Database& database_;
    Vault const& vault_;
    Plans const& plans_;
    ProviderNames names_;
    DirectoryWords directory_;
    std::vector<EobFacts> all_;
    std::vector<PlanYear> years_;
    std::optional<PreparedCheck> prepared_; // looks at the two above
};

void set_links(Eob& eob, EobFacts const& facts) {
    eob.replaces = facts.replaces;
    eob.replaced_by = facts.replaced_by;
}

Result<void> add_claims(storage::Database& database, Vault const& vault, ByteView member_key,
                        Sources& sources, ClaimChecker& checker, MemberOverview& overview) {
    std::map<EobId, std::size_t> index;
    for (std::size_t i = 0; i < sources.own.size(); ++i)
        index[sources.own[i].facts.id] = i;
    TRY(for_each_eob(database, vault, member_key, [&](Eob eob) -> Result<void> {
        auto const found = index.find(eob.id);
        if (found == index.end())
            return ok();
        auto const& stored = sources.own[found->second];
        set_links(eob, stored.facts);
        return checker.add(stored, TRY(checker.findings(eob)), overview);
    }));
    std::sort(overview.claims.begin(), overview.claims.end(),
              [](OverviewClaim const& a, OverviewClaim const& b) {
                  return a.summary.service_start != b.summary.service_start
                             ? b.summary.service_start < a.summary.service_start
                             : a.summary.id < b.summary.id;
              });
    return ok();
}

} // namespace

OverviewClaim const* MemberOverview::find(EobId const& id) const {
    for (auto const& each : claims)
        if (each.summary.id == id)
            return &each;
    return nullptr;
}

Result<void> ProviderNames::resolve(EobParty& party) {
    if (party.reference.empty() && party.npi.empty())
        return ok();
    auto const key = std::pair(party.reference, party.npi);
    auto known = known_.find(key);
    if (known == known_.end())
        known = known_.emplace(key, TRY(look_up(party.reference, party.npi))).first;
    if (!known->second.name.empty())
        party.name = known->second.name;
    if (party.npi.empty())
        party.npi = known->second.npi;
    return ok();
}

Result<EobParty> ProviderNames::look_up(std::string const& reference, std::string const& npi) {
    EobParty found;
    auto const slash = reference.find('/');
    auto const type = reference.substr(0, slash);
    auto const id = slash == std::string::npos ? std::string() : reference.substr(slash + 1);
    auto const person_id = type == "PractitionerRole" ? std::string() : id;
    if (type == "Organization") {
        if (auto const part = TRY(read_part<OrganizationRecord>(database_, "organization", id)))
            return EobParty{reference, part->name, part->npi};
    } else if (type == "Practitioner") {
        if (auto const part = TRY(read_part<PractitionerRecord>(database_, "practitioner", person_id)))
            return EobParty{reference, part->name, part->npi};
    } else if (type == "Location") {
        if (auto const part = TRY(read_part<LocationRecord>(database_, "location", id)))
            return EobParty{reference, part->name, {}};
    } else if (type == "PractitionerRole") {
        if (auto const role = TRY(read_part<RoleRecord>(database_, "role", id)))
            return look_up("Practitioner/" + role->practitioner, npi);
    } else if (reference.compare(0, 9, "urn:uuid:") == 0) {
        // Inside a Bundle a reference names no type.
        auto const uuid = reference.substr(9);
        if (auto const part = TRY(read_part<PractitionerRecord>(database_, "practitioner", uuid)))
            return EobParty{reference, part->name, part->npi};
        if (auto const part = TRY(read_part<OrganizationRecord>(database_, "organization", uuid)))
            return EobParty{reference, part->name, part->npi};
    }
    if (npi.empty())
        return found;
    auto query = TRY(database_.prepare("SELECT kind, record_key FROM plan_part WHERE kind IN ('practitioner',"
                                       " 'organization') AND lookup = $1 ORDER BY kind, record_key LIMIT 1"));
    query.bind(1, std::string_view(npi));
    if (TRY(query.step()))
        return look_up(query.text(0) == "practitioner" ? "Practitioner/" + query.text(1)
                                                       : "Organization/" + query.text(1),
                       {});
    return found;
}

Result<std::optional<MemberOverview>> make_overview(storage::Database& database, Vault const& vault,
                                                    PatientId const& patient, Date today) {
    auto const member_key = plan_key(vault, "member", patient.text());
    Sources sources;
    sources.member = TRY(read_member(database, vault, member_key));
    sources.coverages = TRY(read_coverages(database, vault, member_key));
    sources.own = TRY(read_summaries(database, vault, member_key));
    if (!sources.member && sources.coverages.empty() && sources.own.empty())
        return std::optional<MemberOverview>();
    TRY(read_family(database, vault, member_key, sources));
    link_replacements(sources.own);
    link_replacements(sources.family_claims);

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
    ClaimChecker checker(database, vault, sources, plans, today);
    TRY(add_claims(database, vault, member_key, sources, checker, overview));
    if (overview.coverage) {
        auto const& group = plans.groups.at(plans.group_of.at(overview.coverage->coverage.id));
        for (auto const& year : plan_years(group, {today.year}))
            overview.accumulators = accumulators(year, checker.all(), patient);
    }
    return std::optional<MemberOverview>(std::move(overview));
}

} // namespace portico::central
