#include "central/plan/plan_data.h"

#include <algorithm>

namespace portico::central {

namespace {

void add_unique(std::vector<std::string>& names, std::string const& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
}

/// The subscriber's name as the coverage states it, else the person in the family who is the subscriber.
std::string subscriber_name(MemberOverview const& about, CoverageRecord const& record) {
    if (!record.coverage.subscriber_name.empty())
        return record.coverage.subscriber_name;
    if (record.coverage.relationship == "self" && about.member)
        return about.member->name.full();
    for (auto const& [coverage, person] : about.family)
        if (coverage.coverage.relationship == "self")
            return person.full();
    return {};
}

std::vector<std::string> dependants(MemberOverview const& about, CoverageRecord const& record,
                                    std::string const& subscriber) {
    std::vector<std::string> names;
    for (auto const& name : record.beneficiaries)
        add_unique(names, name);
    if (names.empty())
        for (auto const& [coverage, person] : about.family)
            if (coverage.coverage.plan_id == record.coverage.plan_id)
                add_unique(names, person.full());
    auto const self = about.member ? about.member->name.full() : std::string();
    names.erase(std::remove_if(names.begin(), names.end(),
                               [&](std::string const& name) { return name == subscriber || name == self; }),
                names.end());
    return names;
}

} // namespace

Result<IdCard> PlanData::id_card(PatientId const& patient) {
    auto const about = TRY(overview(patient));
    if (!about->member || !about->coverage || !about->covered_today)
        return error(ErrorKind::Refused, "no_coverage_today",
                     "there is no coverage in force to print a card for");
    auto const& record = *about->coverage;
    auto const& coverage = record.coverage;
    IdCard card;
    card.plan_name = coverage.payer_name;
    if (about->payer) {
        if (card.plan_name.empty())
            card.plan_name = about->payer->name;
        card.issuer_id = about->payer->issuer_id;
        card.service_phone = about->payer->service_phone;
        card.web = about->payer->web;
        card.claims_address = about->payer->claims_address;
    }
    if (!card_issuer_id_.empty())
        card.issuer_id = card_issuer_id_;
    card.product_name = coverage.plan_name;
    card.copays = record.copays;
    card.limits = record.limits;
    if (about->plan) {
        auto const& plan = *about->plan;
        if (!plan.name.empty())
            card.product_name = plan.name;
        if (card.plan_name.empty())
            card.plan_name = plan.owner_name;
        if (card.copays.empty())
            card.copays = plan.copays;
        if (card.limits.empty())
            card.limits = plan.limits;
        if (!plan.service_phone.empty())
            card.service_phone = plan.service_phone;
        if (!plan.web.empty())
            card.web = plan.web;
        if (!plan.claims_address.empty())
            card.claims_address = plan.claims_address;
    }
    card.member = about->member->name;
    card.member_id = !record.member_id.empty() ? record.member_id : about->member->member_id;
    card.dependant_number = coverage.dependant_number;
    card.subscriber_name = subscriber_name(*about, record);
    card.dependants = dependants(*about, record, card.subscriber_name);
    card.group = coverage.group;
    card.rx_bin = coverage.rx_bin;
    card.rx_pcn = coverage.rx_pcn;
    card.rx_group = coverage.rx_group;
    card.rx_id = coverage.rx_id;
    card.issued = today();
    return card;
}

} // namespace portico::central
