#include "central/core.h"

#include "central/auth/schema.h"
#include "central/authority/schema.h"
#include "central/calls/schema.h"
#include "central/cases/call_checks.h"
#include "central/cases/code_delivery.h"
#include "central/cases/schema.h"
#include "central/cases/unlock_requests.h"
#include "central/key_check.h"
#include "central/line/line_news.h"
#include "central/line/schema.h"
#include "central/operations/contact_details.h"
#include "central/operations/schema.h"
#include "central/plan/plan_schema.h"
#include "central/recovery/recoveries.h"
#include "central/recovery/schema.h"
#include "central/releases/schema.h"
#include "central/store/counter.h"
#include "central/terminals/kiosk_diagnostics.h"

#include <array>
#include <pwd.h>
#include <unistd.h>

namespace portico::central {

Result<void> Core::migrate(storage::Database& database) {
    TRY(migrate_counters(database));
    TRY(migrate_key_check(database));
    TRY(AuditLog::migrate(database));
    TRY(Terminals::migrate(database));
    TRY(ChangeFeed::migrate(database));
    TRY(migrate_operations(database));
    TRY(Outbox::migrate(database));
    TRY(migrate_auth(database));
    TRY(migrate_cases(database));
    TRY(migrate_authority(database));
    TRY(migrate_calls(database));
    TRY(migrate_line(database));
    TRY(migrate_recovery(database));
    TRY(migrate_releases(database));
    return migrate_plan(database);
}

Core::Core(Clock& clock, std::filesystem::path folder, Settings read, Vault opened,
           std::unique_ptr<Store> opened_store, Identity own)
    : data(std::move(folder)), settings(std::move(read)), vault(std::move(opened)),
      store(std::move(opened_store)), identity(std::move(own)), clock_(clock) {}

Core::~Core() = default;

Result<std::unique_ptr<Core>> Core::open(DataPlace const& place, Clock& clock) {
    crypto::initialise();
    auto const& data = place.folder;
    auto settings = TRY(read_settings(data));
    auto vault = TRY(Vault::open(data));
    auto identity = TRY(open_identity(data, settings.hosts, clock.now()));
    auto const address = TRY(place.store(settings.database));
    storage::Database::KnownSchema known;
    {
        auto database = TRY(address.connect());
        TRY(migrate(database));
        known = database.known_schema();
    }
    auto store = TRY(Store::open(address, std::move(known)));
    std::unique_ptr<Core> core(
        new Core(clock, data, std::move(settings), std::move(vault), std::move(store), std::move(identity)));
    TRY(core->wire());
    return core;
}

Result<void> Core::wire() {
    audit = std::make_unique<AuditLog>(clock_, vault.records, vault.index, settings.node);
    TRY(check_keys(*store, vault, identity, *audit));
    terminals = std::make_unique<Terminals>(clock_, *store, vault.index);
    releases = std::make_unique<Releases>(clock_, data, settings.time_zone);
    queue = std::make_unique<StaffQueue>(clock_, vault);
    notify = std::make_unique<Notifier>(clock_, vault, *queue, TRY(MailTexts::load(TRY(find_assets()))),
                                        settings.plan_name);
    plan = make_plan_parts(clock_, *store, vault, settings.issuer_id, settings.time_zone);
    changes = std::make_unique<ChangeFeed>(clock_, *store, plan.reference.get());
    notify->outbox().set_listener(code_listener(vault, clock_, *changes));
    sessions = std::make_unique<SessionTable>(*store, vault, clock_);
    RuleTools const tools{clock_, vault, settings, *plan.facts, *notify, *queue};
    operations = std::make_unique<OperationLedger>(*store, tools, *audit, *sessions);
    card_issues = std::make_unique<CardIssues>(tools);
    connect_plan_parts(plan, *store, *operations, *card_issues);
    sign_in = TRY(SignInService::create({*store,
                                         vault,
                                         clock_,
                                         *sessions,
                                         *plan.members,
                                         {settings.plan_name, settings.rp_id, settings.origin},
                                         sign_in_hooks(),
                                         data}));
    services = std::make_unique<Services>(clock_, *store, vault);
    services->plan_name = settings.plan_name;
    services->rp_id = settings.rp_id;
    services->origin = settings.origin;
    services->sign_in = sign_in.get();
    services->sessions = sessions.get();
    services->audit = audit.get();
    services->changes = changes.get();
    services->plan = plan.data.get();
    services->operations = operations.get();
    services->card_issues = card_issues.get();
    services->terminals = terminals.get();
    services->notify = notify.get();
    services->releases = releases.get();
    services->authority = &identity.authority;
    return ok();
}

Result<AddressesOnFile> Core::addresses_of(storage::Database& database, PatientId const& patient) {
    auto const contact = TRY(current_contact(operations->tools(), database, patient));
    return contact ? contact->on_file : AddressesOnFile{};
}

SignInHooks Core::sign_in_hooks() {
    SignInHooks hooks;
    hooks.tell = [this](storage::Database& database, PatientId const& patient,
                        std::string const& message) -> Result<void> {
        return notify->tell(database, TRY(addresses_of(database, patient)), message);
    };
    hooks.unlocked = [this](storage::Database& database, TerminalId const& terminal,
                            std::string const& ticket) {
        return changes->tell(database, terminal, {"account_unlocked", ticket});
    };
    hooks.session_ended = [this](storage::Database& database, TerminalId const& terminal) {
        return changes->tell(database, terminal, {"session_ended", ""});
    };
    hooks.call_check_waits = [this](storage::Database& database, PatientId const& patient) -> Result<bool> {
        return TRY(CallChecks(vault, clock_).waiting_for(database, patient)).has_value();
    };
    hooks.letter_address = [this](storage::Database& database,
                                  PatientId const& patient) -> Result<std::optional<PostalAddress>> {
        return letter_address(operations->tools(), database, patient);
    };
    hooks.audit_command = [this](storage::Database& database, std::string const& action,
                                 std::string const& subject, std::string const& reason) {
        auto record = operator_record(action, subject);
        record.reason = reason;
        return audit->append(database, std::move(record));
    };
    return hooks;
}

Result<void> Core::operate(std::string const& action, std::string const& subject,
                           std::function<Result<void>(storage::Database&)> const& change,
                           std::string const& reason) {
    return store->write([&](storage::Database& database) -> Result<void> {
        TRY(change(database));
        auto record = operator_record(action, subject);
        record.reason = reason;
        return audit->append(database, std::move(record));
    });
}

Result<void> Core::close_stale_card_issues() {
    return store->write([&](storage::Database& database) -> Result<void> {
        auto const closed = TRY(card_issues->close_stale(database));
        for (auto const& issue : closed) {
            AuditRecord record;
            record.actor = "central";
            record.role = "nobody";
            record.action = "card_issue_unreported";
            record.subject = issue;
            record.decision = "allowed";
            TRY(audit->append(database, std::move(record)));
        }
        return ok();
    });
}

Result<void> Core::end_expired_unlocks() {
    return store->write([&](storage::Database& database) -> Result<void> {
        UnlockRequests const unlocks(clock_, operations->tools().queue);
        for (auto const& desk : TRY(unlocks.end_expired(database)))
            TRY(changes->tell(database, desk, {"case_changed", ""}));
        Recoveries const recoveries(vault, clock_, operations->tools().queue);
        for (auto const& desk : TRY(recoveries.end_expired(database)))
            TRY(changes->tell(database, desk, {"case_changed", ""}));
        return ok();
    });
}

Result<void> Core::forget_old_diagnostics() {
    return store->write(
        [&](storage::Database& database) { return purge_diagnostics(database, clock_.now()); });
}

Result<void> Core::return_overdue_call_backs() {
    bool changed = false;
    TRY(store->write([&](storage::Database& database) -> Result<void> {
        WaitingLine const line(vault, clock_);
        TRY(line.rows().forget_ended(database));
        auto const returned = TRY(return_overdue_of(database, line, *changes, *audit));
        auto const unconnected = TRY(return_unconnected_of(database, line, *changes, *audit));
        TRY(line.held().clear_up(database));
        changed = !returned.empty() || !unconnected.empty();
        return ok();
    }));
    if (changed)
        changes->hint();
    return ok();
}

AuditRecord operator_record(std::string const& action, std::string const& subject) {
    AuditRecord record;
    record.actor = Core::operator_name();
    record.role = "operator";
    record.action = action;
    record.subject = subject;
    record.decision = "allowed";
    return record;
}

std::string Core::operator_name() {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found);
    return "operator:" + (found != nullptr ? std::string(found->pw_name) : std::to_string(::getuid()));
}

} // namespace portico::central
