#include "central/operations/ledger.h"

#include "central/audit/audit_log.h"
#include "central/auth/session_table.h"
#include "central/changes/change_feed.h"
#include "central/http/call_audit.h"
#include "central/operations/on_behalf.h"
#include "central/services.h"
#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

constexpr std::int64_t desk_clock_tolerance_us = desk_clock_tolerance_s * 1'000'000;
/// What is shown of an id that is none.
constexpr std::size_t refused_id_bytes_max = 64;

/// An error that is the operation's own; any other means that nothing was decided.
bool is_refusal(Error const& problem) {
    switch (problem.kind) {
    case ErrorKind::Refused:
    case ErrorKind::InvalidInput:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Unauthenticated:
    case ErrorKind::StepUpNeeded:
    case ErrorKind::Forbidden:
        return true;
    default:
        return false;
    }
}

char const* state_name(Result<RuleOutcome> const& outcome) {
    return outcome.has_error() ? "refused" : name(outcome.value().state);
}

std::optional<OperationKind> kind_from_name(std::string_view text) {
    for (auto const kind :
         {OperationKind::ChangeContactDetails, OperationKind::RequestMailedCard,
          OperationKind::ReportDirectoryError, OperationKind::DisputeFinding, OperationKind::CardIssued,
          OperationKind::WithdrawRequest, OperationKind::RequestMailedEob, OperationKind::WriteToMember,
          OperationKind::PromiseCallBack})
        if (text == name(kind))
            return kind;
    return std::nullopt;
}

/// A hold that is over needs nobody to write it down.
OperationState state_now(std::string const& kept, std::int64_t settles_us, std::int64_t now_us) {
    if (kept == name(OperationState::Refused))
        return OperationState::Refused;
    if (kept == name(OperationState::Withdrawn))
        return OperationState::Withdrawn;
    bool const settled = settles_us > 0 && settles_us <= now_us;
    return kept == name(OperationState::Applied) || settled ? OperationState::Applied
                                                            : OperationState::Waiting;
}

std::string operation_context(std::string const& id) {
    return "operation/" + id;
}

} // namespace

/// A pushed operation, as far as it could be opened.
struct OperationLedger::Opened {
    std::string id; ///< as it came in clear
    Bytes body_hash;
    api::Operation operation;
    std::string kind = "unknown";
    UtcTime captured;
    std::optional<Session> actor;
    std::optional<Error> refused;      ///< found before any rule ran
    std::int64_t told_before_us = 0;   ///< the latest capture that its terminal told of under a lower number
    PatientId about;                   ///< of one on behalf: whom its case is about, also if it is refused
    std::optional<OnBehalf> on_behalf; ///< of one that staff had the right to ask for
};

namespace {

/// Exactly one payload. Empty: none or several.
std::string kind_of(api::Operation const& operation) {
    std::string kind;
    int count = 0;
    auto const see = [&](bool present, OperationKind which) {
        if (present) {
            ++count;
            kind = name(which);
        }
    };
    see(operation.change_contact_details.has_value(), OperationKind::ChangeContactDetails);
    see(operation.request_mailed_card.has_value(), OperationKind::RequestMailedCard);
    see(operation.report_directory_error.has_value(), OperationKind::ReportDirectoryError);
    see(operation.dispute_finding.has_value(), OperationKind::DisputeFinding);
    see(operation.card_issued.has_value(), OperationKind::CardIssued);
    see(operation.withdraw_request.has_value(), OperationKind::WithdrawRequest);
    see(operation.request_mailed_eob.has_value(), OperationKind::RequestMailedEob);
    see(operation.write_to_member.has_value(), OperationKind::WriteToMember);
    see(operation.promise_call_back.has_value(), OperationKind::PromiseCallBack);
    return count == 1 ? kind : "";
}

/// A terminal that died between its outbox and its journal tells the end of a card issue again, under the
/// same id, as a later operation: it is what stands here already.
Result<bool> tells_again(storage::Database& database, TerminalId const& terminal,
                         api::Operation const& operation) {
    if (!operation.card_issued || operation.card_issued->issue_id != operation.id)
        return false;
    auto query = TRY(database.prepare("SELECT state, terminal FROM card_issue WHERE id = $1"));
    query.bind(1, operation.id);
    return TRY(query.step()) && query.text(0) == operation.card_issued->outcome &&
           query.text(1) == terminal.text();
}

/// Opens the box and reads it strictly.
Result<api::Operation> unseal(Vault const& vault, api::SealedOperation const& sealed, Bytes& body_hash) {
    auto const broken =
        error(ErrorKind::Refused, "sealed_box_broken", "an operation was not sealed to this plan");
    body_hash = crypto::sha256(as_bytes(sealed.sealed));
    auto const box = from_base64url(sealed.sealed);
    if (box.has_error() || box.value().size() > OperationLedger::operation_max_bytes)
        return broken;
    auto const plain = crypto::open_sealed(vault.sealing, box.value());
    if (plain.has_error())
        return broken;
    body_hash = crypto::sha256(plain.value().bytes());
    auto operation = TRY(api::from_json<api::Operation>(plain.value().reveal(), api::UnknownFields::Refuse));
    if (operation.id != sealed.id)
        return error(ErrorKind::Refused, "operation_id_differs", "the id outside is not the one inside");
    return operation;
}

} // namespace

Result<OperationLedger::Opened> OperationLedger::open(TerminalId const& terminal,
                                                      api::SealedOperation const& sealed) const {
    Opened opened;
    opened.id = sealed.id;
    opened.captured = tools_.clock.now();
    auto operation = unseal(tools_.vault, sealed, opened.body_hash);
    if (operation.has_error()) {
        opened.refused = operation.error();
        return opened;
    }
    opened.operation = std::move(operation).value();
    opened.kind = kind_of(opened.operation);
    auto const captured = from_rfc3339(opened.operation.captured_at);
    if (opened.kind.empty() || captured.has_error() || opened.operation.sequence < 1) {
        opened.kind = opened.kind.empty() ? "unknown" : opened.kind;
        opened.refused =
            error(ErrorKind::InvalidInput, "operation_malformed", "an operation is not well-formed");
        return opened;
    }
    opened.captured = captured.value();
    if (opened.operation.session_token.empty())
        return opened;
    auto actor = sessions_.session_facts_for_operation(terminal, Secret(opened.operation.session_token),
                                                       opened.captured);
    wipe(opened.operation.session_token);
    if (actor.has_value())
        opened.actor = std::move(actor).value();
    else if (is_refusal(actor.error()))
        opened.refused = actor.error();
    else
        return actor.error();
    return opened;
}

Result<void> OperationLedger::check_sequence(storage::Database& database, TerminalId const& terminal,
                                             Opened& opened) const {
    auto const sequence = opened.operation.sequence;
    if (sequence < 1)
        return ok(); // it could not be opened: its place is not known
    auto query = TRY(database.prepare("SELECT last, captured_us FROM terminal_sequence WHERE terminal = $1"));
    query.bind(1, terminal.text());
    bool const known = TRY(query.step());
    auto const last = known ? query.integer(0) : 0;
    opened.told_before_us = known ? query.integer(1) : 0;
    query.reset();
    if (sequence <= last)
        return error(ErrorKind::Refused, "sequence_reused",
                     "another operation of this terminal had this number");
    if (sequence > last + 1)
        // Nothing is dropped in silence: people learn that something may be missing.
        TRY(tools_.queue.add(database,
                             {"", "sequence_gap", terminal.text(), opened.id, "",
                              std::to_string(last + 1) + "-" + std::to_string(sequence - 1), 0, 0, ""}));
    auto update =
        TRY(database.prepare("INSERT INTO terminal_sequence (terminal, last, captured_us) VALUES ($1, $2, "
                             "$3) ON CONFLICT (terminal)"
                             " DO UPDATE SET last = excluded.last, captured_us = excluded.captured_us"));
    auto const captured_us = std::min(to_micros(opened.captured), to_micros(tools_.clock.now()));
    update.bind(1, terminal.text()).bind(2, sequence);
    return update.bind(3, std::max(opened.told_before_us, captured_us)).run();
}

Result<RuleOutcome> OperationLedger::apply(storage::Database& database, Caller const& captor,
                                           Opened& opened) const {
    if (opened.refused)
        return *opened.refused;
    auto const& operation = opened.operation;
    OperationInHand hand{database, operation, captor.terminal, opened.captured, opened.actor};
    if (operation.on_behalf_case) {
        // What is here was captured by now, whatever the clock of its desk says.
        hand.captured = std::min(opened.captured, tools_.clock.now());
        if (to_micros(hand.captured) < opened.told_before_us - desk_clock_tolerance_us)
            return error(ErrorKind::Refused, "captured_backwards",
                         "its desk has told of something later before");
        AskedOnBehalf const asked{*kind_from_name(opened.kind), captor.program};
        opened.on_behalf = TRY(on_behalf_of(tools_, hand, asked, opened.about));
        hand.on_behalf = opened.on_behalf;
    }
    if (operation.change_contact_details)
        return apply_change_contact_details(tools_, hand, *operation.change_contact_details);
    if (operation.request_mailed_card)
        return apply_request_mailed_card(tools_, hand, *operation.request_mailed_card);
    if (operation.report_directory_error)
        return apply_report_directory_error(tools_, hand, *operation.report_directory_error);
    if (operation.dispute_finding)
        return apply_dispute_finding(tools_, hand, *operation.dispute_finding);
    if (operation.withdraw_request)
        return apply_withdraw_request(tools_, hand, *operation.withdraw_request);
    if (operation.request_mailed_eob)
        return apply_request_mailed_eob(tools_, hand, *operation.request_mailed_eob);
    if (operation.write_to_member)
        return apply_write_to_member(tools_, hand, *operation.write_to_member);
    if (operation.promise_call_back)
        return apply_promise_call_back(tools_, hand, *operation.promise_call_back);
    return apply_card_issued(tools_, hand, *operation.card_issued);
}

Result<void> OperationLedger::tell_member(storage::Database& database, Call const& call,
                                          Opened const& opened) const {
    if (!opened.on_behalf || call.services.changes == nullptr)
        return ok();
    return tell_kiosks_of_member(database, tools_, *call.services.changes, opened.on_behalf->patient,
                                 *kind_from_name(opened.kind));
}

Result<void> OperationLedger::keep(storage::Database& database, Call const& call, Opened const& opened,
                                   Result<RuleOutcome> const& outcome) const {
    auto const reason = outcome.has_error() ? outcome.error().reason : "";
    auto const summary = outcome.has_error() ? "" : outcome.value().summary;
    auto const sealed =
        crypto::seal_record(tools_.vault.records, operation_context(opened.id), as_bytes(summary));
    auto insert =
        TRY(database.prepare("INSERT INTO operation (terminal, id, body_hash, sequence, kind, "
                             "state, reason, patient_hash, captured_us,"
                             " received_us, settles_us, summary_sealed, staff, case_id) VALUES ($1, "
                             "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"));
    insert.bind(1, call.caller.terminal.text()).bind(2, opened.id).bind(3, ByteView(opened.body_hash));
    insert.bind(4, opened.operation.sequence).bind(5, opened.kind);
    insert.bind(6, std::string_view(state_name(outcome))).bind(7, reason);
    // What staff had no right to ask for is not the member's request.
    auto const& on_behalf = opened.on_behalf;
    auto const patient = on_behalf ? on_behalf->patient : opened.actor ? opened.actor->patient : PatientId();
    if (!patient.empty())
        insert.bind(8, ByteView(patient_hash(tools_.vault, patient)));
    else
        insert.bind_null(8);
    insert.bind(9, to_micros(opened.captured)).bind(10, to_micros(tools_.clock.now()));
    insert.bind(11, outcome.has_error() ? 0 : outcome.value().settles_us).bind(12, ByteView(sealed));
    insert.bind(13, on_behalf ? opened.actor->staff.text() : "")
        .bind(14, on_behalf ? on_behalf->case_id : "");
    TRY(insert.run());
    if (outcome.has_error())
        TRY(tools_.queue.add(database, {"", "operation_refused", call.caller.terminal.text(), opened.id,
                                        reason, opened.kind, 0, 0, ""}));
    Caller const captor{call.caller.terminal, call.caller.program, opened.actor};
    Call const captured{
        call.services, captor, "", opened.about.text(), {}, opened.id, "operation_" + opened.kind, false, 0};
    auto record = audit_record(captured, outcome.has_error() ? "refused" : "allowed", reason);
    if (outcome.has_value())
        record.fields = outcome.value().fields;
    // Text that is no id goes nowhere: somebody may have typed a name into the wrong field.
    if (auto const& id = opened.operation.on_behalf_case; id && is_uuid_v7(*id))
        record.fields.insert(record.fields.begin(), "case:" + *id);
    if (on_behalf && !on_behalf->authority.empty())
        record.fields.push_back("authority:" + on_behalf->authority);
    return audit_.append(database, std::move(record));
}

Result<void> OperationLedger::keep_refused_id(storage::Database& database, Call const& call,
                                              std::string const& id, std::string const& reason) const {
    auto const shown = id.substr(0, refused_id_bytes_max);
    // A terminal may push the same again before it hears the answer.
    for (auto const& entry : TRY(tools_.queue.open_of_kind(database, "operation_refused")))
        if (entry.reason == reason && entry.detail == shown && entry.terminal == call.caller.terminal.text())
            return ok();
    // Under no operation: what staff decide about this one must not settle the one whose id it took.
    TRY(tools_.queue.add(
        database, {"", "operation_refused", call.caller.terminal.text(), "", reason, shown, 0, 0, ""}));
    Caller const captor{call.caller.terminal, call.caller.program, std::nullopt};
    Call const captured{call.services, captor, "", "", {}, "", "operation_refused", false, 0};
    return audit_.append(database, audit_record(captured, "refused", reason));
}

Result<api::OperationOutcome> OperationLedger::take(Call& call, api::SealedOperation const& sealed) {
    // The record stands beside each operation: the batch itself needs none in these transactions.
    Store::Companion const none([](storage::Database&) -> Result<void> { return ok(); });
    if (!is_uuid_v7(sealed.id)) {
        TRY(store_.write([&](storage::Database& database) -> Result<void> {
            return keep_refused_id(database, call, sealed.id, "operation_id_invalid");
        }));
        return api::OperationOutcome{sealed.id, "refused", "operation_id_invalid"};
    }
    auto opened = TRY(open(call.caller.terminal, sealed));
    api::OperationOutcome answer{sealed.id, "", ""};
    TRY(store_.write([&](storage::Database& database) -> Result<void> {
        auto known =
            TRY(database.prepare("SELECT body_hash, terminal, state, reason FROM operation WHERE id = $1"));
        known.bind(1, sealed.id);
        if (TRY(known.step())) {
            bool const same =
                known.blob(0) == opened.body_hash && known.text(1) == call.caller.terminal.text();
            answer.outcome = !same ? "refused" : known.text(2) == "refused" ? "refused" : "duplicate";
            answer.reason = !same ? "operation_id_reused" : known.text(3);
            bool const applied = known.text(2) == "applied";
            known.reset();
            if (!same && applied && TRY(tells_again(database, call.caller.terminal, opened.operation))) {
                // Its number is taken as used; it was already when this one is itself sent again.
                auto const numbered = check_sequence(database, call.caller.terminal, opened);
                if (numbered.has_error() && !is_refusal(numbered.error()))
                    return numbered.error();
                answer = {sealed.id, "duplicate", ""};
                return ok();
            }
            return same ? ok() : keep_refused_id(database, call, sealed.id, answer.reason);
        }
        known.reset();
        auto outcome = [&]() -> Result<RuleOutcome> {
            TRY(check_sequence(database, call.caller.terminal, opened));
            TRY(database.execute("SAVEPOINT rule"));
            auto applied = apply(database, call.caller, opened);
            if (applied.has_error())
                TRY(database.execute("ROLLBACK TO rule"));
            TRY(database.execute("RELEASE rule"));
            return applied;
        }();
        if (outcome.has_error() && !is_refusal(outcome.error()))
            return outcome.error();
        answer.outcome = outcome.has_error() ? "refused" : "applied";
        answer.reason = outcome.has_error() ? outcome.error().reason : "";
        if (outcome.has_value())
            TRY(tell_member(database, call, opened));
        return keep(database, call, opened, outcome);
    }));
    if (opened.on_behalf && call.services.changes != nullptr)
        call.services.changes->hint();
    return answer;
}

Result<api::PushOutcomes> OperationLedger::push(Call& call, api::PushOperations const& batch) {
    if (batch.operations.empty() || batch.operations.size() > batch_max)
        return error(ErrorKind::InvalidInput, "batch_size", "a batch holds 1 to 100 operations");
    api::PushOutcomes outcomes;
    for (auto const& sealed : batch.operations)
        outcomes.outcomes.push_back(TRY(take(call, sealed)));
    return outcomes;
}

Result<api::Requests> OperationLedger::requests_of(PatientId const& patient) {
    return store_.read<api::Requests>([&](storage::Database& database) -> Result<api::Requests> {
        auto query = TRY(database.prepare(
            "SELECT id, kind, state, reason, captured_us, settles_us, summary_sealed, staff FROM operation"
            " WHERE patient_hash = $1 ORDER BY captured_us DESC, id DESC LIMIT $2"));
        query.bind(1, ByteView(patient_hash(tools_.vault, patient))).bind(2, requests_max);
        api::Requests requests;
        auto const now_us = to_micros(tools_.clock.now());
        while (TRY(query.step())) {
            auto const kind = kind_from_name(query.text(1));
            if (!kind)
                continue; // it could not be opened: staff have it
            auto const summary = TRY(
                crypto::open_record(tools_.vault.records, operation_context(query.text(0)), query.blob(6)));
            auto const settles_us = query.integer(5);
            auto const state = state_now(query.text(2), settles_us, now_us);
            // What it took back says so itself.
            if (*kind == OperationKind::WithdrawRequest && state == OperationState::Applied)
                continue;
            bool const on_hold = state == OperationState::Waiting && settles_us > 0;
            requests.requests.push_back(
                {query.text(0), *kind, state, to_rfc3339(from_micros(query.integer(4))), query.text(3),
                 std::string(as_text(summary)), on_hold ? to_rfc3339(from_micros(settles_us)) : std::string(),
                 on_hold && *kind == OperationKind::ChangeContactDetails, !query.text(7).empty()});
        }
        return requests;
    });
}

} // namespace portico::central
