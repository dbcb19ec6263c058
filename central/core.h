#pragma once

#include "central/audit/audit_log.h"
#include "central/auth/session_table.h"
#include "central/auth/sign_in_service.h"
#include "central/authority_files.h"
#include "central/changes/change_feed.h"
#include "central/notify/notifier.h"
#include "central/operations/card_issues.h"
#include "central/operations/ledger.h"
#include "central/plan_parts.h"
#include "central/releases/releases.h"
#include "central/services.h"
#include "central/settings.h"
#include "central/store/data_place.h"
#include "central/terminals/terminals.h"

#include <filesystem>
#include <memory>

namespace portico::central {

/// The audit record of what an operator's command did.
AuditRecord operator_record(std::string const& action, std::string const& subject);

/// Everything central is made of, opened from a data folder and its database: what `serve` runs and what
/// commands act on. All pointers of `services` point in here.
class Core {
public:
    /// Errors: NotFound "config_missing", "keys_missing" (run init); Corrupt "schema_newer", "keys_damaged";
    /// Conflict "keys_of_another"; those of the store.
    static Result<std::unique_ptr<Core>> open(DataPlace const& place, Clock& clock);
    Core(Core const&) = delete;
    Core& operator=(Core const&) = delete;
    ~Core();

    /// All schemas, brought up to date.
    static Result<void> migrate(storage::Database& database);
    /// One write with the audit record of what an operator did; `reason` is what was given for it or with it.
    Result<void> operate(std::string const& action, std::string const& subject,
                         std::function<Result<void>(storage::Database&)> const& change,
                         std::string const& reason = "");
    /// Card issues that no terminal settled in time go to the staff queue, with an audit record each.
    Result<void> close_stale_card_issues();
    /// Takes unlocks and recoveries to which nobody said yes in time off the queue, and ends recoveries whose
    /// time is over.
    Result<void> end_expired_unlocks();
    /// Call-backs of which a rep has said nothing in time go back to the line, with an audit record each.
    Result<void> return_overdue_call_backs();
    /// What kiosks have told of themselves goes when it is old.
    Result<void> forget_old_diagnostics();
    /// "operator:<user>" of whoever runs this program.
    static std::string operator_name();

    std::filesystem::path data;
    Settings settings;
    Vault vault;
    std::unique_ptr<Store> store;
    Identity identity;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<Terminals> terminals;
    std::unique_ptr<StaffQueue> queue;
    std::unique_ptr<Notifier> notify;
    PlanParts plan;
    std::unique_ptr<ChangeFeed> changes;
    std::unique_ptr<SessionTable> sessions;
    std::unique_ptr<SignInService> sign_in;
    std::unique_ptr<OperationLedger> operations;
    std::unique_ptr<CardIssues> card_issues;
    std::unique_ptr<Services> services;
    std::unique_ptr<Releases> releases;

private:
    Core(Clock& clock, std::filesystem::path folder, Settings read, Vault opened,
         std::unique_ptr<Store> opened_store, Identity own);
    Result<void> wire();
    SignInHooks sign_in_hooks();
    Result<AddressesOnFile> addresses_of(storage::Database& database, PatientId const& patient);

    Clock& clock_;
};

} // namespace portico::central
