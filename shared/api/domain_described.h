#pragma once

#include "shared/api/describe.h"
#include "shared/domain/directory.h"
#include "shared/domain/eob.h"
#include "shared/domain/finding.h"
#include "shared/domain/id_card.h"
#include "shared/domain/member.h"
#include "shared/domain/operation.h"
#include "shared/domain/plan.h"
#include "shared/domain/tested_device.h"

/// The domain's values as the API carries them.
namespace portico {

BOOST_DESCRIBE_ENUM(AmountCategory, Submitted, Eligible, Deductible, Copay, Coinsurance, Noncovered,
                    PriorPayerPaid, Discount, Benefit, PaidToProvider, PaidToPatient, PaidByPatient,
                    PaidByPatientCash, PaidByPatientOther, PaidByPatientHealthAccount, MemberLiability,
                    DrugCost, Tax, UnallocatedDeductible, Unmapped)
BOOST_DESCRIBE_ENUM(ClaimKind, Inpatient, Outpatient, Institutional, Professional, Pharmacy, Oral, Vision,
                    Unknown)
BOOST_DESCRIBE_ENUM(EobStatus, Active, Cancelled, Draft, EnteredInError)
BOOST_DESCRIBE_ENUM(ClaimOutcome, Queued, Complete, Error, Partial, Unknown)
BOOST_DESCRIBE_ENUM(NetworkStatus, Unknown, InNetwork, OutOfNetwork, Other)
BOOST_DESCRIBE_ENUM(LineOfBusiness, Individual, Family, Employer, MedicareAdvantage, Medicaid, Unknown)
BOOST_DESCRIBE_ENUM(AccumulatorKind, Deductible, OutOfPocket)
BOOST_DESCRIBE_ENUM(AccumulatorScope, Individual, Family)
BOOST_DESCRIBE_ENUM(AcceptingPatients, Unknown, Yes, No, ExistingOnly, WaitingList)
BOOST_DESCRIBE_ENUM(FindingKind, TotalDiffersFromLines, AllowedDiffersFromPaidPlusShare, DuplicateLine,
                    DuplicateClaim, DeniedYetBilled, NetworkStatusDiffersFromDirectory, DeductibleOverMaximum,
                    OutOfPocketOverMaximum, ReplacedStillCounted)
BOOST_DESCRIBE_ENUM(OperationKind, ChangeContactDetails, RequestMailedCard, ReportDirectoryError,
                    DisputeFinding, CardIssued, WithdrawRequest, RequestMailedEob, WriteToMember,
                    PromiseCallBack)
BOOST_DESCRIBE_ENUM(OperationState, Waiting, Applied, Refused, Withdrawn)
BOOST_DESCRIBE_ENUM(Assurance, Nothing, Identified, OneFactor, TwoFactors, InPersonWithStaff)
BOOST_DESCRIBE_ENUM(TestedPart, SecurityKey, ChipCard, Barcode, Sound, CardPrinter, LetterPrinter, Central)
BOOST_DESCRIBE_ENUM(TestOutcome, Works, NotTried, Faulty, NotUsed)

BOOST_DESCRIBE_STRUCT(Code, (), (system, code, display))
BOOST_DESCRIBE_STRUCT(Period, (), (start, end))
BOOST_DESCRIBE_STRUCT(Adjudication, (), (category, amount, currency, reason, source))
BOOST_DESCRIBE_STRUCT(EobLine, (),
                      (sequence, service, modifiers, serviced, place_of_service, quantity, provider_network,
                       denied, adjudications))
BOOST_DESCRIBE_STRUCT(EobParty, (), (reference, name, npi))
BOOST_DESCRIBE_STRUCT(Eob, (),
                      (id, patient, claim_number, kind, status, outcome, use_is_claim, created, received,
                       paid_on, service, provider, facility, performing, insurer, coverages, payee_type,
                       billing_network, rendering_network, payment_network, replaces, replaced_by, lines,
                       header_adjudications, totals, payment_amount, notes, disposition, diagnoses,
                       sensitive))
BOOST_DESCRIBE_STRUCT(DollarFlow, (), (asked, discount, plan_paid, other_insurance, member_share, adds_up))
BOOST_DESCRIBE_STRUCT(EobSummary, (),
                      (id, claim_number, patient, patient_given_name, kind, status, outcome, service_start,
                       created, provider_name, flow, replaced, finding_count))
BOOST_DESCRIBE_STRUCT(FindingAmount, (), (what, amount))
BOOST_DESCRIBE_STRUCT(Finding, (),
                      (kind, eob, other_eob, line_sequences, category, amounts, share_if_corrected))
BOOST_DESCRIBE_STRUCT(PersonName, (), (given, family))
BOOST_DESCRIBE_STRUCT(TestedDevice, (), (part, outcome))
BOOST_DESCRIBE_STRUCT(PostalAddress, (), (lines, city, state, zip))
BOOST_DESCRIBE_STRUCT(Member, (), (id, member_id, name, birth_date, address, phone, email, language))
BOOST_DESCRIBE_STRUCT(Coverage, (),
                      (id, beneficiary, subscriber_id, subscriber_name, dependant_number, relationship,
                       payer_name, plan_id, plan_name, group, rx_bin, rx_pcn, rx_group, rx_id, period, active,
                       line_of_business))
BOOST_DESCRIBE_STRUCT(Accumulator, (), (kind, scope, in_network, limit, met, plan_year))
BOOST_DESCRIBE_STRUCT(PlanCopay, (), (service, amount, in_network))
BOOST_DESCRIBE_STRUCT(PlanLimit, (), (kind, scope, in_network, amount))
BOOST_DESCRIBE_STRUCT(InsurancePlan, (),
                      (id, name, type, line_of_business, owner_name, network_ids, copays, limits,
                       service_phone, web, claims_address))
BOOST_DESCRIBE_STRUCT(ProviderListing, (),
                      (id, name, is_person, npi, specialty_codes, specialties, address, city, state, zip5,
                       phone, latitude, longitude, network_ids, accepting, languages, accessibility))
BOOST_DESCRIBE_STRUCT(IdCard, (),
                      (plan_name, product_name, issuer_id, member, member_id, dependant_number,
                       subscriber_name, dependants, group, rx_bin, rx_pcn, rx_group, rx_id, copays, limits,
                       issued, card_number, service_phone, web, claims_address))

} // namespace portico
