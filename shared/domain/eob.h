#pragma once

#include "shared/base/ids.h"
#include "shared/domain/amount_category.h"
#include "shared/domain/date.h"
#include "shared/domain/decimal.h"
#include "shared/domain/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico {

/// The CARIN Blue Button profiles; Institutional is a claim of that type without in/outpatient subtype.
enum class ClaimKind : std::uint8_t {
    Inpatient,
    Outpatient,
    Institutional,
    Professional,
    Pharmacy,
    Oral,
    Vision,
    Unknown
};
/// FHIR ExplanationOfBenefit.status.
enum class EobStatus : std::uint8_t { Active, Cancelled, Draft, EnteredInError };
/// FHIR ExplanationOfBenefit.outcome.
enum class ClaimOutcome : std::uint8_t { Queued, Complete, Error, Partial, Unknown };
/// C4BBPayerAdjudicationStatus.
enum class NetworkStatus : std::uint8_t { Unknown, InNetwork, OutOfNetwork, Other };

/// One adjudication entry. Its amount keeps the source text; an entry may have only a reason.
struct Adjudication {
    AmountCategory category = AmountCategory::Unmapped;
    std::optional<Decimal> amount;
    std::string currency = "USD"; ///< ISO 4217; USD when the source does not say
    Code reason;                  ///< X12 CARC/RARC or the payer's own; empty when none
    Code source;                  ///< the coding `category` was taken from
    bool operator==(Adjudication const&) const = default;
};

/// FHIR ExplanationOfBenefit.item, top level; nested details keep to their own lines below it.
/// Source: X12 835 loop 2110 (SVC, CAS).
struct EobLine {
    int sequence = 0;
    Code service; ///< productOrService or revenue: CPT/HCPCS, CDT, NDC, SNOMED...
    std::vector<Code> modifiers;
    Period serviced;
    Code place_of_service;
    std::optional<Decimal> quantity;
    NetworkStatus provider_network = NetworkStatus::Unknown;
    bool denied = false; ///< C4BBPayerAdjudicationStatus "denied" or review outcome says so
    std::vector<Adjudication> adjudications;
    bool operator==(EobLine const&) const = default;
};

/// A person or organisation on an EOB. Any field may be empty: a reference may not resolve.
struct EobParty {
    std::string reference; ///< "Practitioner/123", as written
    std::string name;      ///< resolved or display text
    std::string npi;       ///< as written, check digit not verified
    bool operator==(EobParty const&) const = default;
};

/// An Explanation of Benefits as the payer stated it, contradictions included; only `check` judges.
/// Source: FHIR R4 ExplanationOfBenefit, CARIN Blue Button IG 2.0.0.
struct Eob {
    EobId id;
    PatientId patient;
    std::string claim_number; ///< unique claim id (identifier type "uc"), else the id
    ClaimKind kind = ClaimKind::Unknown;
    EobStatus status = EobStatus::Active;
    ClaimOutcome outcome = ClaimOutcome::Unknown;
    bool use_is_claim = true; ///< false: preauthorization or predetermination
    Date created;
    Date received;     ///< supportingInfo "clmrecvddate", empty when not given
    Date paid_on;      ///< payment.date
    Period service;    ///< billablePeriod
    EobParty provider; ///< billing provider
    EobParty facility;
    EobParty performing; ///< careTeam "performing"/"rendering", else empty
    EobParty insurer;
    std::vector<CoverageId> coverages;
    std::string payee_type; ///< "provider", "subscriber"...
    NetworkStatus billing_network = NetworkStatus::Unknown;
    NetworkStatus rendering_network = NetworkStatus::Unknown;
    NetworkStatus payment_network = NetworkStatus::Unknown;
    std::optional<EobId> replaces;    ///< related "prior"
    std::optional<EobId> replaced_by; ///< related "replacedby", or set by the import of the newer one
    std::vector<EobLine> lines;
    std::vector<Adjudication> header_adjudications; ///< EOB.adjudication
    std::vector<Adjudication> totals;               ///< EOB.total
    std::optional<Decimal> payment_amount;
    std::vector<std::string> notes; ///< processNote texts
    std::string disposition;
    std::vector<Code> diagnoses;
    bool sensitive = false; ///< the sender marked it (meta.security) as not to be told to others
    bool operator==(Eob const&) const = default;
};

/// The stated total of a category in cents, where the EOB has one; else the sum over the lines; else over the
/// EOB's own adjudications; else nothing. Each amount is rounded by itself. Only USD counts.
std::optional<Money> stated_amount(Eob const& eob, AmountCategory category);

/// What the four-step picture shows. `plan_paid` and `member_share` as stated, else derived
/// (deductible + copay + coinsurance + noncovered); a discount not stated is asked - allowed - noncovered.
/// `adds_up` is false when the parts do not make up what was asked or are missing, and then there is no
/// picture, only the table.
struct DollarFlow {
    std::optional<Money> asked;
    std::optional<Money> discount;
    std::optional<Money> plan_paid;
    std::optional<Money> other_insurance;
    std::optional<Money> member_share;
    bool adds_up = false;
};
DollarFlow dollar_flow(Eob const& eob);

/// What a claims list needs of an EOB.
struct EobSummary {
    EobId id;
    std::string claim_number;
    PatientId patient;
    std::string patient_given_name;
    ClaimKind kind = ClaimKind::Unknown;
    EobStatus status = EobStatus::Active;
    ClaimOutcome outcome = ClaimOutcome::Unknown;
    Date service_start;
    Date created;
    std::string provider_name;
    DollarFlow flow;
    bool replaced = false; ///< another EOB replaced this one
    int finding_count = 0;
};

/// "inpatient", "oral"...: as `inspect` prints the kinds.
char const* name(ClaimKind kind);

} // namespace portico
