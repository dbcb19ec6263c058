#pragma once

#include "central/operations/rule.h"
#include "central/store/store.h"
#include "shared/api/member.h"
#include "shared/api/operations.h"

namespace portico::central {

class AuditLog;
class SessionTable;
struct Call;

/// Applies what terminals push, each operation exactly once: effect, ledger row and audit record stand in one
/// transaction. A refused one stands in the ledger too, with its reason, and in the staff queue.
class OperationLedger {
public:
    static constexpr std::size_t batch_max = 100;
    static constexpr std::size_t operation_max_bytes = 16UL * 1024;
    /// Rows of GET /v1/requests.
    static constexpr std::int64_t requests_max = 200;

    OperationLedger(Store& store, RuleTools tools, AuditLog const& audit, SessionTable const& sessions)
        : store_(store), tools_(tools), audit_(audit), sessions_(sessions) {}

    /// One outcome each, in order. Errors only when nothing may be concluded (store full, unavailable): then
    /// the terminal sends the batch again, and what was applied comes back as "duplicate". InvalidInput
    /// "batch_size" for none or more than `batch_max`.
    Result<api::PushOutcomes> push(Call& call, api::PushOperations const& batch);

    /// The member's own, newest first.
    Result<api::Requests> requests_of(PatientId const& patient);

    RuleTools const& tools() const { return tools_; }

private:
    struct Opened;
    Result<Opened> open(TerminalId const& terminal, api::SealedOperation const& sealed) const;
    Result<api::OperationOutcome> take(Call& call, api::SealedOperation const& sealed);
    Result<RuleOutcome> apply(storage::Database& database, Caller const& captor, Opened& opened) const;
    Result<void> tell_member(storage::Database& database, Call const& call, Opened const& opened) const;
    Result<void> check_sequence(storage::Database& database, TerminalId const& terminal,
                                Opened& opened) const;
    Result<void> keep(storage::Database& database, Call const& call, Opened const& opened,
                      Result<RuleOutcome> const& outcome) const;
    /// One whose id cannot stand in the ledger, or stands there for another body: staff hear of it.
    Result<void> keep_refused_id(storage::Database& database, Call const& call, std::string const& id,
                                 std::string const& reason) const;

    Store& store_;
    RuleTools tools_;
    AuditLog const& audit_;
    SessionTable const& sessions_;
};

} // namespace portico::central
