#include "central/sample/eob_statement.h"

#include "central/sample/known_people.h"
#include "shared/domain/amount_category.h"

namespace portico::central::sample {

using enum AmountCategory;

namespace {

Code coding_of(AmountCategory category) {
    for (auto const& row : amount_category_mappings())
        if (row.category == category)
            return {std::string(row.system), std::string(row.code), ""};
    return {};
}

char const* place_of_service(ClaimPlan const& claim) {
    switch (claim.kind) {
    case ClaimKind::Inpatient:
        return "21";
    case ClaimKind::Outpatient:
        return claim.emergency ? "23" : "22";
    case ClaimKind::Pharmacy:
        return "01";
    default:
        break;
    }
    switch (claim.provider->kind) {
    case ProviderKind::Laboratory:
        return "81";
    case ProviderKind::UrgentCare:
        return "20";
    default:
        return "11";
    }
}

} // namespace

Adjudication entry(AmountCategory category, std::int64_t cents, char const* carc) {
    Adjudication out;
    out.category = category;
    out.amount = Decimal::from_cents(cents);
    out.source = coding_of(category);
    if (cents != 0 && *carc != '\0')
        out.reason = {"https://x12.org/codes/claim-adjustment-reason-codes", carc, ""};
    return out;
}

std::vector<Adjudication> entries_of(LineFigures const& line, ClaimPlan const& claim, bool with_reasons) {
    auto const why = [&](char const* carc) { return with_reasons ? carc : ""; };
    bool const to_patient = claim.outside_network && !claim.emergency;
    std::vector<Adjudication> out{entry(Submitted, line.charge),
                                  entry(Eligible, line.allowed),
                                  entry(Discount, line.discount, why("45")),
                                  entry(Noncovered, line.noncovered, why(to_patient ? "242" : "96")),
                                  entry(Deductible, line.deductible, why("1")),
                                  entry(Copay, line.copay, why("3")),
                                  entry(Coinsurance, line.coinsurance, why("2")),
                                  entry(Benefit, line.benefit),
                                  entry(to_patient ? PaidToPatient : PaidToProvider, line.benefit),
                                  entry(MemberLiability, line.liability)};
    if (claim.has_other_insurance)
        out.push_back(entry(PriorPayerPaid, line.prior_payer, why("22")));
    if (claim.kind == ClaimKind::Pharmacy)
        out.push_back(entry(DrugCost, line.charge));
    return out;
}

void add_to(LineFigures& sum, LineFigures const& line) {
    sum.charge += line.charge;
    sum.allowed += line.allowed;
    sum.discount += line.discount;
    sum.noncovered += line.noncovered;
    sum.deductible += line.deductible;
    sum.copay += line.copay;
    sum.coinsurance += line.coinsurance;
    sum.prior_payer += line.prior_payer;
    sum.benefit += line.benefit;
    sum.liability += line.liability;
}

EobLine line_of(ClaimPlan const& claim, LinePlan const& plan, int sequence) {
    EobLine line;
    line.sequence = sequence;
    line.service = {std::string(plan.service.system), std::string(plan.service.code),
                    std::string(plan.service.display)};
    line.serviced = claim.kind == ClaimKind::Inpatient ? claim.service : Period{plan.on, plan.on};
    line.place_of_service = {
        "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set",
        place_of_service(claim), ""};
    line.quantity = Decimal::parse(std::to_string(plan.quantity)).value();
    line.denied = !plan.denial.empty() && !claim.undecided;
    if (!claim.undecided)
        line.provider_network = claim.outside_network && !claim.emergency ? NetworkStatus::OutOfNetwork
                                                                          : NetworkStatus::InNetwork;
    return line;
}

Eob header_of(ClaimPlan const& claim, Family const& family) {
    auto const& person = family.members[claim.person];
    Eob eob;
    eob.id = EobId(claim.id);
    eob.patient = person.member.id;
    eob.claim_number = "SHC" + claim.id.substr(3);
    eob.kind = claim.kind;
    eob.outcome = claim.undecided ? ClaimOutcome::Queued : ClaimOutcome::Complete;
    eob.created = claim.decided;
    eob.received = claim.received;
    eob.service = claim.service;
    eob.provider = claim.provider->party();
    if (is_person(claim.provider->kind))
        eob.performing = claim.provider->party();
    else
        eob.facility = claim.provider->party();
    eob.insurer = {"Organization/" + std::string(known::payer_id), std::string(known::payer_name), ""};
    eob.coverages = {person.coverage.id};
    bool const outside = claim.outside_network;
    eob.payee_type = outside && !claim.emergency ? "subscriber" : "provider";
    eob.billing_network = outside ? NetworkStatus::OutOfNetwork : NetworkStatus::InNetwork;
    eob.rendering_network = eob.billing_network;
    if (!claim.undecided)
        eob.payment_network =
            outside && !claim.emergency ? NetworkStatus::OutOfNetwork : NetworkStatus::InNetwork;
    eob.diagnoses = {{"http://hl7.org/fhir/sid/icd-10-cm", std::string(claim.diagnosis.code),
                      std::string(claim.diagnosis.display)}};
    return eob;
}

void negate(std::vector<Adjudication>& entries) {
    for (auto& each : entries)
        if (each.amount)
            each.amount = Decimal::from_cents(-each.amount->to_cents().value());
}

void shift(std::vector<Adjudication>& entries, AmountCategory category, std::int64_t cents) {
    for (auto& each : entries)
        if (each.category == category)
            each.amount = Decimal::from_cents(each.amount->to_cents().value() + cents);
}

} // namespace portico::central::sample
