#pragma once

#include "shared/domain/directory.h"
#include "shared/domain/eob.h"
#include "shared/domain/eob_facts.h"
#include "shared/domain/member.h"
#include "shared/domain/plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What the importer makes of one FHIR resource and the plan store keeps. Persons' records are the domain's
/// own types; the directory's, the plans' and the formulary's are kept as they came and joined afterwards, so
/// that the order in which files arrive does not matter.
namespace portico::central {

/// meta.lastUpdated, then meta.versionId where it is a number. One that is missing counts as the earliest.
struct RecordVersion {
    std::int64_t updated_us = 0; ///< UTC microseconds
    std::int64_t number = 0;
    auto operator<=>(RecordVersion const&) const = default;
};

/// FHIR Patient, with the numbers that find it.
struct MemberRecord {
    Member member;
    std::vector<std::string> member_ids; ///< all member numbers of the plan
    /// Patient.meta.security says that not everybody should open it; nothing says otherwise.
    std::optional<bool> restricted;
};

/// FHIR Coverage with what the ID card needs of it (C4DIC).
struct CoverageRecord {
    Coverage coverage;
    std::string member_id; ///< Coverage.identifier of type MB
    std::string payer_reference;
    std::vector<std::string> beneficiaries; ///< C4DIC plan beneficiaries, by name
    std::vector<PlanCopay> copays;
    std::vector<PlanLimit> limits;
    Date card_issued_on;
};

/// FHIR ExplanationOfBenefit, with the identifiers other EOBs may name it by.
struct EobRecord {
    Eob eob;
    std::string claim_reference; ///< id of EOB.claim, empty when it has none
    int amounts_not_whole_cents = 0;
    int amount_count = 0;
};

/// FHIR Practitioner.
struct PractitionerRecord {
    std::string id;
    std::string name;
    std::string npi;
    std::string phone;
    std::vector<std::string> languages;
    std::vector<Code> specialties; ///< qualification.code
    PostalAddress address;
};

/// FHIR Organization: a provider, a network or a payer.
struct OrganizationRecord {
    std::string id;
    std::string name;
    std::string npi;
    bool is_network = false;
    std::string phone;
    std::string service_phone; ///< contact of purpose PATINF, else the first telephone number
    std::string web;
    std::string claims_address; ///< contact of purpose PAYOR, else the organisation's address
    std::string issuer_id;      ///< payer id, for the card
    std::vector<Code> types;
    PostalAddress address;
};

/// FHIR Location.
struct LocationRecord {
    std::string id;
    std::string name;
    std::string phone;
    PostalAddress address;
    std::string latitude, longitude; ///< as written; empty when not given
    std::string organization;
    std::vector<std::string> accessibility;
};

/// Plan-Net newpatients: whether new patients are taken, in one network or (empty) in all.
struct NewPatients {
    AcceptingPatients accepting = AcceptingPatients::Unknown;
    std::string network;
};

/// FHIR HealthcareService.
struct ServiceRecord {
    std::string id;
    std::string name;
    std::string organization;
    std::vector<std::string> locations;
    std::vector<Code> specialties;
    std::vector<NewPatients> new_patients;
    std::vector<std::string> languages;
    std::string phone;
};

/// FHIR PractitionerRole or OrganizationAffiliation.
struct RoleRecord {
    std::string id;
    bool is_person = true;
    bool active = true;
    Period period;
    std::string practitioner; ///< ids of what it refers to
    std::string practitioner_name;
    std::string organization;
    std::string organization_name;
    std::vector<std::string> locations;
    std::vector<std::string> networks;
    std::vector<std::string> services;
    std::vector<Code> specialties;
    std::vector<NewPatients> new_patients;
    std::string phone;
};

/// FHIR InsurancePlan: a product, or a formulary (usdf-Formulary).
struct PlanRecord {
    InsurancePlan plan;
    bool is_formulary = false;
    bool active = true;
    std::string owner;                    ///< id of ownedBy
    std::vector<std::string> formularies; ///< ids its coverage refers to
    std::vector<std::string> identifiers; ///< what a Coverage may name the plan by
};

/// FHIR MedicationKnowledge.
struct DrugRecord {
    std::string id;
    Code code; ///< RxNorm
    std::string dose_form;
};

/// FHIR Basic of code formulary-item.
struct FormularyItemRecord {
    std::string id;
    std::string formulary;
    std::string drug;
    std::string tier;
    bool active = true;
    bool prior_authorization = false;
    bool step_therapy = false;
    bool quantity_limit = false;
};

/// What a list of claims and the check of other claims need of an EOB; sealed beside the EOB itself.
struct StoredSummary {
    EobSummary summary;
    EobFacts facts;
    std::string claim_reference;
    EobParty provider;
    /// A JudgedEob, as JSON text of its own: a program of other rules, who does not know its shape, reads all
    /// the rest. None when a program wrote this that knew nothing of it.
    std::optional<std::string> judged;
};

using PlanRecordBody =
    std::variant<MemberRecord, CoverageRecord, EobRecord, PractitionerRecord, OrganizationRecord,
                 LocationRecord, ServiceRecord, RoleRecord, PlanRecord, DrugRecord, FormularyItemRecord>;

} // namespace portico::central
