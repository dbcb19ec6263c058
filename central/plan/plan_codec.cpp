#include "central/plan/plan_codec.h"

#include "shared/api/domain_described.h"
#include "shared/api/json.h"

namespace portico {

BOOST_DESCRIBE_STRUCT(EobFacts, (),
                      (id, patient, claim_number, kind, service, decided, network, coverages, replaces,
                       replaced_by, in_effect, is_reversal, paid, submitted, deductible, out_of_pocket,
                       same_service_key, counted))
BOOST_DESCRIBE_STRUCT(EobAlone, (),
                      (findings, line_sequences, billing_network, payment_network, member_share,
                       repeated_on_purpose))

namespace central {

BOOST_DESCRIBE_STRUCT(MemberRecord, (), (member, member_ids, restricted))
BOOST_DESCRIBE_STRUCT(CoverageRecord, (),
                      (coverage, member_id, payer_reference, beneficiaries, copays, limits, card_issued_on))
BOOST_DESCRIBE_STRUCT(StoredSummary, (), (summary, facts, claim_reference, provider, judged))
BOOST_DESCRIBE_STRUCT(JudgedEob, (), (version, of, sensitive, alone))
BOOST_DESCRIBE_STRUCT(PractitionerRecord, (), (id, name, npi, phone, languages, specialties, address))
BOOST_DESCRIBE_STRUCT(OrganizationRecord, (),
                      (id, name, npi, is_network, phone, service_phone, web, claims_address, issuer_id, types,
                       address))
BOOST_DESCRIBE_STRUCT(LocationRecord, (),
                      (id, name, phone, address, latitude, longitude, organization, accessibility))
BOOST_DESCRIBE_STRUCT(NewPatients, (), (accepting, network))
BOOST_DESCRIBE_STRUCT(ServiceRecord, (),
                      (id, name, organization, locations, specialties, new_patients, languages, phone))
BOOST_DESCRIBE_STRUCT(RoleRecord, (),
                      (id, is_person, active, period, practitioner, practitioner_name, organization,
                       organization_name, locations, networks, services, specialties, new_patients, phone))
BOOST_DESCRIBE_STRUCT(PlanRecord, (), (plan, is_formulary, active, owner, formularies, identifiers))
BOOST_DESCRIBE_STRUCT(DrugRecord, (), (id, code, dose_form))
BOOST_DESCRIBE_STRUCT(FormularyItemRecord, (),
                      (id, formulary, drug, tier, active, prior_authorization, step_therapy, quantity_limit))

template <class T>
std::string encode(T const& record) {
    return api::to_json(record);
}

template <class T>
Result<T> decode(std::string_view text) {
    auto record = api::from_json<T>(text, api::UnknownFields::Ignore);
    if (record.has_error())
        return error(ErrorKind::Corrupt, "record_unreadable",
                     "a stored record does not have the shape this program writes: import again");
    return record;
}

template std::string encode(MemberRecord const&);
template std::string encode(CoverageRecord const&);
template std::string encode(Eob const&);
template std::string encode(StoredSummary const&);
template std::string encode(JudgedEob const&);
template std::string encode(PractitionerRecord const&);
template std::string encode(OrganizationRecord const&);
template std::string encode(LocationRecord const&);
template std::string encode(ServiceRecord const&);
template std::string encode(RoleRecord const&);
template std::string encode(PlanRecord const&);
template std::string encode(DrugRecord const&);
template std::string encode(FormularyItemRecord const&);
template std::string encode(ProviderListing const&);
template std::string encode(InsurancePlan const&);

template Result<MemberRecord> decode(std::string_view);
template Result<CoverageRecord> decode(std::string_view);
template Result<Eob> decode(std::string_view);
template Result<StoredSummary> decode(std::string_view);
template Result<JudgedEob> decode(std::string_view);
template Result<PractitionerRecord> decode(std::string_view);
template Result<OrganizationRecord> decode(std::string_view);
template Result<LocationRecord> decode(std::string_view);
template Result<ServiceRecord> decode(std::string_view);
template Result<RoleRecord> decode(std::string_view);
template Result<PlanRecord> decode(std::string_view);
template Result<ProviderListing> decode(std::string_view);
template Result<InsurancePlan> decode(std::string_view);

} // namespace central
} // namespace portico
