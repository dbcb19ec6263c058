#pragma once

#include "central/audit/audit_log.h"
#include "central/auth/schema.h"
#include "central/auth/session_table.h"
#include "central/changes/change_feed.h"
#include "central/core.h"
#include "central/http/call.h"
#include "central/operations/card_issues.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
#include "central/operations/queue_desk.h"
#include "central/operations/schema.h"
#include "central/plan/plan_data.h"
#include "central/store/counter.h"
#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "tests/central/store_of_test.h"
#include "tests/support/places.h"
#include "tests/support/scratch_folder.h"

#include <map>

namespace portico::test {

/// A plan of two members in memory.
class FewMembers final : public central::MemberFacts {
public:
    FewMembers() {
        for (auto const* id : {"alex", "sam"}) {
            Member member;
            member.id = PatientId(id);
            member.name = {id, "Sample"};
            member.address = {{"1 Sample Street"}, "Testville", "MA", "02101"};
            member.phone = "617-555-0101";
            member.email = std::string(id) + "@example.org";
            members[id] = member;
        }
    }
    Result<std::optional<Member>> member(PatientId const& patient) override {
        auto const found = members.find(patient.text());
        return found == members.end() ? std::nullopt : std::optional(found->second);
    }
    Result<std::optional<std::vector<Finding>>> findings(PatientId const& patient,
                                                         EobId const& eob) override {
        if (eob.text() != patient.text() + "-eob")
            return std::optional<std::vector<Finding>>();
        Finding finding;
        finding.kind = FindingKind::DuplicateLine;
        finding.eob = eob;
        return std::optional(std::vector{finding});
    }
    Result<std::optional<std::string>> claim_number(PatientId const& patient, EobId const& eob) override {
        bool const own = eob.text().rfind(patient.text() + "-eob", 0) == 0;
        return own ? std::optional<std::string>("CLM-1") : std::nullopt;
    }
    Result<bool> has_listing(std::string const& listing_id) override {
        return listing_id == "role-1/location-1";
    }
    Result<std::optional<IdCard>> id_card(PatientId const& patient) override {
        if (!covered)
            return std::optional<IdCard>();
        IdCard card;
        card.member = members.at(patient.text()).name;
        return std::optional(card);
    }

    std::map<std::string, Member> members;
    bool covered = true;
};

/// The ledger over a scratch store with two terminals' worth of callers.
class OperationsBench {
public:
    OperationsBench() : OperationsBench(engine_of_this_run()) {}
    explicit OperationsBench(StoreEngine engine)
        : scratch(engine), clock(from_micros(1'800'000'000'000'000)) {
        crypto::initialise();
        vault.emplace(central::Vault::create(folder.path).value());
        settings.contact_change_hold_h = 24;
        open().value();
    }

    /// As a process that ends: nothing holds the database any more.
    void close() {
        services.reset();
        plan.reset();
        issues.reset();
        ledger.reset();
        sessions.reset();
        notify.reset();
        queue.reset();
        audit.reset();
        store.reset();
    }
    /// As central starts. Errors: of the database.
    Result<void> open() {
        auto database = TRY(scratch.try_connect());
        TRY(central::Core::migrate(database));
        store = TRY(central::Store::open(address_of(scratch)));
        audit.emplace(clock, vault->records, vault->index, "test");
        queue.emplace(clock, *vault);
        notify.emplace(clock, *vault, *queue, central::MailTexts::load(source_dir() + "/assets").value(),
                       "Testville Health Plan");
        sessions.emplace(*store, *vault, clock);
        central::RuleTools const tools{clock, *vault, settings, facts, *notify, *queue};
        ledger.emplace(*store, tools, *audit, *sessions);
        issues.emplace(tools);
        plan.emplace(clock, *store, *vault);
        services.emplace(clock, *store, *vault);
        services->plan = &*plan;
        services->audit = &*audit;
        services->operations = &*ledger;
        services->card_issues = &*issues;
        return ok();
    }

    /// A session on `terminal` as sign-in would open it; its token.
    std::string sign_in(std::string const& patient, Assurance assurance = Assurance::TwoFactors,
                        std::string const& terminal = "kiosk-1") {
        std::string token;
        store
            ->write([&](storage::Database& database) -> Result<void> {
                auto const opened = TRY(sessions->open(database, {TerminalId(terminal),
                                                                  AccountId("account-" + patient),
                                                                  PatientId(patient),
                                                                  StaffId(),
                                                                  assurance,
                                                                  {"security_key"},
                                                                  false}));
                token = std::string(opened.token.reveal());
                return ok();
            })
            .value();
        return token;
    }

    /// The next operation of a terminal, without payload.
    api::Operation operation(std::string const& token, std::string const& terminal = "kiosk-1") {
        api::Operation made;
        made.id = make_uuid_v7(clock);
        made.captured_at = to_rfc3339(clock.now());
        made.sequence = ++sequences[terminal];
        made.session_token = token;
        return made;
    }
    api::Operation report(std::string const& token = "", std::string const& terminal = "kiosk-1") {
        auto made = operation(token, terminal);
        made.report_directory_error =
            api::ReportDirectoryError{"role-1/location-1", "phone", "It rings a bakery."};
        return made;
    }

    api::SealedOperation seal(api::Operation const& operation) const {
        auto const box =
            crypto::seal_to(vault->sealing.public_key, as_bytes(api::to_json(operation))).value();
        return {operation.id, to_base64url(box)};
    }

    Result<api::PushOutcomes> push_sealed(std::vector<api::SealedOperation> sealed,
                                          std::string const& terminal = "kiosk-1") {
        central::Caller const caller{TerminalId(terminal), "kiosk", std::nullopt};
        central::Call call{*services, caller, "", "", {}, "", "operations_pushed", false, 0};
        return ledger->push(call, {std::move(sealed)});
    }
    /// "applied", "duplicate" or the reason of a refusal.
    std::string push(api::Operation const& operation, std::string const& terminal = "kiosk-1") {
        auto const outcome = push_sealed({seal(operation)}, terminal).value().outcomes.at(0);
        return outcome.outcome == "refused" ? outcome.reason : outcome.outcome;
    }

    /// Changes alex's address, which waits for its hold; the id of the change.
    std::string hold_a_change(std::string const& token) {
        auto made = operation(token);
        made.change_contact_details = api::ChangeContactDetails{};
        made.change_contact_details->old_address = facts.members["alex"].address;
        made.change_contact_details->address = PostalAddress{{"2 Other Street"}, "Testville", "MA", "02102"};
        return push(made) == "applied" ? made.id : "";
    }
    /// As `push`: takes a request back.
    std::string withdraw(std::string const& token, std::string const& id) {
        auto made = operation(token);
        made.withdraw_request = api::WithdrawRequest{id};
        return push(made);
    }
    central::ContactInForce contact(std::string const& patient) {
        return store
            ->read<std::optional<central::ContactInForce>>([&](storage::Database& database) {
                return central::current_contact(ledger->tools(), database, PatientId(patient));
            })
            .value()
            .value();
    }
    /// The only entry of a kind that is open.
    central::QueueEntry queued_of(std::string const& kind) {
        auto const entries = store
                                 ->read<std::vector<central::QueueEntry>>([&](storage::Database& database) {
                                     return queue->open_of_kind(database, kind);
                                 })
                                 .value();
        return entries.size() == 1 ? entries[0] : central::QueueEntry{};
    }
    /// "" or the reason why not.
    std::string decide(std::string const& entry, central::StaffDecision decision,
                       std::string const& reason = "") {
        central::QueueDesk const desk(ledger->tools(), *issues);
        auto const outcome = store->write([&](storage::Database& database) -> Result<void> {
            TRY(desk.decide(database, {entry, decision, reason, "operator:test"}));
            return ok();
        });
        return outcome.has_error() ? outcome.error().reason : "";
    }
    /// How a request stands in the member's list; "" when it is not there.
    std::string request_state(std::string const& patient, std::string const& id) {
        auto const requests = ledger->requests_of(PatientId(patient)).value().requests;
        for (auto const& entry : requests)
            if (entry.operation_id == id)
                return name(entry.state) + (entry.reason.empty() ? "" : ": " + entry.reason);
        return "";
    }
    std::size_t close_stale() {
        return store
            ->write_value<std::vector<std::string>>(
                [&](storage::Database& database) { return issues->close_stale(database); })
            .value()
            .size();
    }

    /// Kinds of the open queue entries in order.
    std::vector<std::string> queued() {
        auto const entries = store
                                 ->read<std::vector<central::QueueEntry>>([&](storage::Database& database) {
                                     return queue->list(database, false);
                                 })
                                 .value();
        std::vector<std::string> kinds;
        for (auto const& entry : entries)
            kinds.push_back(entry.kind);
        return kinds;
    }
    /// The open ones of a kind about one thing.
    std::vector<central::QueueEntry> open_entries(std::string const& kind, std::string const& detail) {
        auto entries = store
                           ->read<std::vector<central::QueueEntry>>([&](storage::Database& database) {
                               return queue->open_of_kind(database, kind);
                           })
                           .value();
        std::erase_if(entries, [&](auto const& entry) { return entry.detail != detail; });
        return entries;
    }
    /// How a card issue stands in central's register; "" when it is not there.
    std::string card_state(std::string const& issue) {
        return store
            ->read<std::string>([&](storage::Database& database) -> Result<std::string> {
                auto query = TRY(database.prepare("SELECT state FROM card_issue WHERE id = $1"));
                query.bind(1, issue);
                return TRY(query.step()) ? query.text(0) : std::string();
            })
            .value();
    }
    /// All that are due, as they would be claimed one after the other; none is.
    std::vector<central::WaitingMessage> mails() {
        std::vector<central::WaitingMessage> due;
        auto const undone = store->write([&](storage::Database& database) -> Result<void> {
            while (auto mail = TRY(notify->outbox().claim(database, central::MessageChannel::Mail)))
                due.push_back(std::move(*mail));
            return error(ErrorKind::Cancelled, "only_looked");
        });
        if (undone.error().reason != "only_looked")
            undone.value(); // fails the test
        return due;
    }
    std::optional<central::WaitingMessage> claim_mail() {
        return store
            ->write_value<std::optional<central::WaitingMessage>>([&](storage::Database& database) {
                return notify->outbox().claim(database, central::MessageChannel::Mail);
            })
            .value();
    }
    std::vector<central::AuditRecord> audited() {
        std::vector<central::AuditRecord> records;
        store
            ->read<void>([&](storage::Database& database) {
                return audit->each_record(
                    database,
                    [&](std::string const&, std::int64_t, ByteView,
                        std::optional<central::AuditRecord> const& record) -> Result<void> {
                        records.push_back(record.value());
                        return ok();
                    });
            })
            .value();
        return records;
    }
    Result<api::CardIssueBegun> begin_card(std::string const& patient, std::string const& issue,
                                           std::string const& terminal = "kiosk-1") {
        return store->write_value<api::CardIssueBegun>([&](storage::Database& database) {
            return issues->begin(database, TerminalId(terminal), PatientId(patient), issue);
        });
    }

    ScratchFolder folder;
    ScratchDatabase scratch;
    ManualClock clock;
    central::Settings settings;
    FewMembers facts;
    std::optional<central::Vault> vault;
    std::unique_ptr<central::Store> store;
    std::optional<central::AuditLog> audit;
    std::optional<central::StaffQueue> queue;
    std::optional<central::Notifier> notify;
    std::optional<central::SessionTable> sessions;
    std::optional<central::OperationLedger> ledger;
    std::optional<central::CardIssues> issues;
    std::optional<central::PlanData> plan;
    std::optional<central::Services> services;
    std::map<std::string, std::int64_t> sequences;
};

} // namespace portico::test
