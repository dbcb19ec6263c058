#include "shared/domain/claim_timeline.h"

#include <array>

namespace portico {

namespace {

bool is_decided(Eob const& eob) {
    return eob.outcome == ClaimOutcome::Complete || eob.outcome == ClaimOutcome::Error ||
           (eob.outcome == ClaimOutcome::Unknown && !eob.totals.empty());
}

bool owes_payment(Eob const& eob) {
    auto const paid = dollar_flow(eob).plan_paid;
    return paid && paid->cents > 0 && eob.paid_on.is_empty();
}

} // namespace

std::vector<TimedStep> timeline(Eob const& eob, Date replaced_on) {
    std::vector<TimedStep> out{{ClaimStep::Service, eob.service.start}};
    if (!eob.use_is_claim || eob.status == EobStatus::Draft)
        return out;
    out.push_back({ClaimStep::Received, eob.received});
    bool const decided = is_decided(eob);
    if (decided)
        out.push_back({ClaimStep::Decided, eob.created});
    if (!eob.paid_on.is_empty())
        out.push_back({ClaimStep::Paid, eob.paid_on});
    bool const over = eob.replaced_by || eob.status != EobStatus::Active;
    if (over)
        out.push_back({ClaimStep::Replaced, replaced_on});
    else if (!decided || owes_payment(eob))
        out.push_back({ClaimStep::Next, {}});
    return out;
}

char const* name(ClaimStep step) {
    static constexpr std::array<char const*, 6> names{"service", "received", "decided",
                                                      "paid",    "replaced", "next"};
    return names.at(static_cast<std::size_t>(step));
}

} // namespace portico
