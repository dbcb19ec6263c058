#pragma once

#include "shared/domain/eob.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portico {

/// What an EOB says of the one before it and the one after it. An id that is no EOB of `all` leads nowhere.
struct EobLink {
    EobId id;
    std::optional<EobId> replaces;
    std::optional<EobId> replaced_by;
    Date decided; ///< Eob.created
};

/// All versions of the claim that `of` is one of, the oldest first; `of` is always among them. A version
/// stands after those it replaces; of two that say nothing of each other the one that was decided first comes
/// first, then the one with the smaller id. Links that run in a circle (the payer's data may) are cut before
/// the one that was decided first. Takes n log n for n links.
std::vector<EobId> version_chain(std::span<EobLink const> all, EobId const& of);

/// What is another in a newer version of a claim.
enum class EobChangePart : std::uint8_t {
    Status,
    Outcome,
    Kind,
    Provider,
    BillingNetwork,
    RenderingNetwork,
    PaymentNetwork,
    Received,
    PaidOn,
    Payment,
    Amount, ///< of the whole claim, by category
    LineAdded,
    LineRemoved,
    LineAmount, ///< of a line, by category
    LineDenied,
    LineOther, ///< something else of a line: its reasons, days, quantity, modifiers, place or network
    Other,     ///< something else of the claim: its notes, reasons, diagnoses, payee, days or parties
};

/// One change. Which of the values it has goes by its part: cents for amounts and the payment, days for
/// days, words for the rest. An amount that one side does not state is empty there, and no zero.
struct EobChange {
    EobChangePart part{};
    std::optional<AmountCategory> category = {}; ///< Amount, LineAmount
    int line = 0;                                ///< EobLine.sequence; 0: of the claim
    std::optional<Money> was = {};
    std::optional<Money> is = {};
    Date was_on = {};
    Date is_on = {};
    /// `name` of the value, a provider's name, what a line's service is; "yes", "no".
    std::string was_word = {};
    std::string is_word = {};
    bool operator==(EobChange const&) const = default;
};

/// What `newer` says otherwise than `older`, in the order of EobChangePart, amounts in the order of their
/// categories, lines as they stand. Amounts are compared in cents, as `stated_amount` gives them: what is
/// shown of both is what is compared. Lines are the same when sequence and service are. The ids, the links
/// and the day of the decision are no changes: two versions have each their own. Empty: nothing else differs.
std::vector<EobChange> changes_between(Eob const& older, Eob const& newer);

/// "status", "line_added"...: stable, used in message ids.
char const* name(EobChangePart part);
/// "active", "cancelled", "draft", "entered_in_error".
char const* name(EobStatus status);
/// "queued", "complete", "error", "partial", "unknown".
char const* name(ClaimOutcome outcome);
/// "unknown", "in_network", "out_of_network", "other".
char const* name(NetworkStatus status);

} // namespace portico
