#pragma once

#include "shared/api/domain_described.h"
#include "shared/domain/accumulators_then.h"
#include "shared/domain/eob_versions.h"

#include <string>
#include <vector>

/// What stands around one EOB, as a rep needs it to explain it: the versions of its claim, what the plan's
/// maxima stood at then, and what the directory says of the provider today.
namespace portico {

BOOST_DESCRIBE_ENUM(EobChangePart, Status, Outcome, Kind, Provider, BillingNetwork, RenderingNetwork,
                    PaymentNetwork, Received, PaidOn, Payment, Amount, LineAdded, LineRemoved, LineAmount,
                    LineDenied, LineOther, Other)
BOOST_DESCRIBE_STRUCT(EobChange, (), (part, category, line, was, is, was_on, is_on, was_word, is_word))
BOOST_DESCRIBE_STRUCT(AccumulatorThen, (), (kind, scope, in_network, limit, met_before, met_after, plan_year))

} // namespace portico

namespace portico::api {

/// GET /v1/cases/eob-review; answers with an EobReview. Errors: those of GET /v1/cases/eob
/// (shared/api/case_claims.h).
struct CaseEobReviewQuery {
    std::string case_id;
    std::string eob;
};

/// One version of the claim, as its EOB states it.
struct EobVersion {
    int number = 0; ///< of all versions, the oldest is 1
    Eob eob;
    std::vector<EobChange> changes; ///< from the version before; of the first: none
};

struct EobReview {
    EobId eob;                        ///< the one that was asked for
    int version_count = 0;            ///< of all there are; 1: this one alone
    std::vector<EobVersion> versions; ///< the oldest first, those next to this one, 24 at most
    /// Empty: the plan states no maxima for the year of the claim, or the EOB not when it was decided.
    std::vector<AccumulatorThen> accumulators;
    /// Of the billing provider, today, in the networks of the plan that the claim was under. Unknown: the
    /// plan names no network, or the directory does not list the provider.
    NetworkStatus directory_today = NetworkStatus::Unknown;
    Period directory_since; ///< of the role or affiliation; may be empty
};

BOOST_DESCRIBE_STRUCT(CaseEobReviewQuery, (), (case_id, eob))
BOOST_DESCRIBE_STRUCT(EobVersion, (), (number, eob, changes))
BOOST_DESCRIBE_STRUCT(EobReview, (),
                      (eob, version_count, versions, accumulators, directory_today, directory_since))

} // namespace portico::api
