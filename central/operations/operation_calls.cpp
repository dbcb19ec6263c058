#include "central/operations/operation_calls.h"

#include "central/auth/accounts.h"
#include "central/operations/card_issues.h"
#include "central/operations/ledger.h"
#include "central/operations/member_messages.h"
#include "central/recovery/recovery_session.h"
#include "central/services.h"

namespace portico::central {

Result<api::PushOutcomes> push_operations(Call& call, api::PushOperations const& request) {
    return call.services.operations->push(call, request);
}

Result<api::Requests> get_requests(Call& call, api::Empty const&) {
    call.audit_fields = {"requests"};
    return call.services.operations->requests_of(call.caller.session->patient);
}

Result<api::Messages> get_messages(Call& call, api::Empty const&) {
    call.audit_fields = {"messages"};
    return call.services.store.read<api::Messages>([&](storage::Database& database) {
        return messages_of(database, call.services.vault, call.caller.session->patient);
    });
}

Result<api::Empty> read_message(Call& call, api::ReadMessage const& request) {
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        TRY(set_message_read(database, call.services.vault, call.caller.session->patient, request.message,
                             call.services.clock.now()));
        call.audit_operation = request.message;
        return ok();
    }));
    return api::Empty{};
}

namespace {

Error members_only() {
    return error(ErrorKind::Forbidden, "members_only", "this call is for signed-in members");
}

/// Of a member who comes back and has lost their card, this ends the recovery: no card from before names
/// them.
Result<api::CardIssueBegun> begin_for_returning(Call& call, storage::Database& database,
                                                api::BeginCardIssue const& request) {
    auto const& session = *call.caller.session;
    auto const account =
        TRY(Accounts(call.services.vault, call.services.clock).find(database, session.account));
    if (!account || account->disabled)
        return members_only();
    auto step = TRY(before_recovered(call, database, *account, message_card_issued));
    if (!step)
        return members_only();
    auto begun = TRY(
        call.services.card_issues->begin(database, call.caller.terminal, session.patient, request.issue_id));
    TRY(after_recovered(call, database, *account, *step));
    return begun;
}

} // namespace

Result<api::CardIssueBegun> begin_card_issue(Call& call, api::BeginCardIssue const& request) {
    auto const& session = *call.caller.session;
    if (session.patient.empty() || !session.staff.empty())
        return members_only();
    api::CardIssueBegun begun;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        if (session.may_only_register)
            begun = TRY(begin_for_returning(call, database, request));
        else
            begun = TRY(call.services.card_issues->begin(database, call.caller.terminal, session.patient,
                                                         request.issue_id));
        call.audit_fields = {"id_card"};
        return ok();
    }));
    return begun;
}

} // namespace portico::central
