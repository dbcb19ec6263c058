#include "central/sample/plans.h"

#include "central/sample/known_people.h"

namespace portico::central::sample {

namespace {

using enum Benefit;

struct Figures {
    std::int64_t deductible, deductible_family, maximum, maximum_family; ///< cents; -1: the plan has none
};

void add_limits(InsurancePlan& plan, Figures const& figures, bool in_network) {
    auto const add = [&](AccumulatorKind kind, AccumulatorScope scope, std::int64_t cents) {
        if (cents >= 0)
            plan.limits.push_back({kind, scope, in_network, Money{cents}});
    };
    add(AccumulatorKind::Deductible, AccumulatorScope::Individual, figures.deductible);
    add(AccumulatorKind::Deductible, AccumulatorScope::Family, figures.deductible_family);
    add(AccumulatorKind::OutOfPocket, AccumulatorScope::Individual, figures.maximum);
    add(AccumulatorKind::OutOfPocket, AccumulatorScope::Family, figures.maximum_family);
}

/// In the order of Benefit, from the copays of the card and the percentage after the deductible.
std::array<CostRule, benefit_count> rules(std::int64_t primary, std::int64_t specialist, std::int64_t urgent,
                                          std::int64_t emergency, std::int64_t generic, std::int64_t brand,
                                          int percent) {
    std::array<CostRule, benefit_count> out{};
    auto const set = [&](Benefit benefit, CostRule rule) { out[static_cast<std::size_t>(benefit)] = rule; };
    bool const deductible = percent > 0;
    set(PrimaryVisit, {primary, false, 0});
    set(SpecialistVisit, {specialist, false, 0});
    set(UrgentVisit, {urgent, false, 0});
    set(EmergencyVisit, {emergency, false, 0});
    set(Laboratory, {0, deductible, percent});
    set(Imaging, {0, deductible, percent});
    set(Outpatient, {0, deductible, percent});
    set(Inpatient, {0, deductible, percent});
    set(GenericDrug, {generic, false, 0});
    set(BrandDrug, {brand, false, 0});
    set(DentalBasic, {0, false, percent});
    set(DentalMajor, {0, false, percent > 0 ? 50 : 0});
    return out;
}

void add_copays(SamplePlan& plan) {
    auto const add = [&](char const* service, Benefit benefit) {
        plan.plan.copays.push_back({service, Money{rule_of(plan, benefit).copay_cents}, true});
    };
    add("primary_care", PrimaryVisit);
    add("specialist", SpecialistVisit);
    add("urgent_care", UrgentVisit);
    add("emergency", EmergencyVisit);
    add("rx", GenericDrug);
}

SamplePlan base_plan(std::string id, std::string name, LineOfBusiness line, std::string type) {
    SamplePlan out;
    out.plan.id = std::move(id);
    out.plan.name = std::move(name);
    out.plan.type = type;
    out.plan.line_of_business = line;
    out.plan.owner_name = known::payer_name;
    out.plan.service_phone = known::service_phone;
    out.plan.web = known::web;
    out.plan.claims_address = "PO Box 100, Testville, CT 06101";
    out.product_type = std::move(type);
    return out;
}

void set_network(SamplePlan& plan, std::string id, std::string name) {
    plan.plan.network_ids = {id};
    plan.network_id = std::move(id);
    plan.network_name = std::move(name);
}

} // namespace

std::vector<SamplePlan> make_plans() {
    std::vector<SamplePlan> out;

    auto bronze = base_plan("plan-bronze-hmo", "Sample Bronze HMO", LineOfBusiness::Individual, "commhmo");
    set_network(bronze, "network-select", "Sample Select Network");
    add_limits(bronze.plan, {500000, -1, 850000, -1}, true);
    bronze.rules = rules(4000, 8000, 7500, 45000, 1500, 6000, 30);
    out.push_back(std::move(bronze));

    auto gold = base_plan("plan-gold-epo", "Sample Gold EPO", LineOfBusiness::Family, "commepo");
    set_network(gold, "network-select", "Sample Select Network");
    add_limits(gold.plan, {100000, 200000, 450000, 900000}, true);
    gold.rules = rules(2000, 4000, 5000, 30000, 1000, 3500, 15);
    out.push_back(std::move(gold));

    auto silver = base_plan(std::string(known::alex_plan_id), std::string(known::alex_plan_name),
                            LineOfBusiness::Employer, "commppo");
    set_network(silver, "network-choice", "Sample Choice Network");
    add_limits(silver.plan, {150000, 300000, 600000, 1200000}, true);
    add_limits(silver.plan, {300000, 600000, 1200000, 2400000}, false);
    silver.pays_out_of_network = true;
    silver.rules = rules(2500, 5000, 6000, 35000, 1000, 4000, 20);
    out.push_back(std::move(silver));

    auto advantage =
        base_plan("plan-advantage-hmo", "Sample Advantage HMO", LineOfBusiness::MedicareAdvantage, "mediadv");
    set_network(advantage, "network-advantage", "Sample Advantage Network");
    add_limits(advantage.plan, {0, -1, 590000, -1}, true);
    advantage.rules = rules(0, 3500, 4500, 11000, 500, 4500, 0);
    for (auto const benefit : {Imaging, Outpatient, Inpatient})
        advantage.rules[static_cast<std::size_t>(benefit)] = {0, false, 20};
    out.push_back(std::move(advantage));

    auto community =
        base_plan("plan-community", "Sample Community Care", LineOfBusiness::Medicaid, "medicaid");
    set_network(community, "network-community", "Sample Community Network");
    community.rules = rules(0, 0, 0, 0, 0, 0, 0);
    out.push_back(std::move(community));

    for (auto& plan : out)
        add_copays(plan);
    return out;
}

} // namespace portico::central::sample
