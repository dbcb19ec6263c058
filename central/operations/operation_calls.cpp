#include "central/operations/operation_calls.h"

#include "central/operations/card_issues.h"
#include "central/operations/ledger.h"
#include "central/services.h"

namespace portico::central {

Result<api::PushOutcomes> push_operations(Call& call, api::PushOperations const& request) {
    return call.services.operations->push(call, request);
}

Result<api::Requests> get_requests(Call& call, api::Empty const&) {
    call.audit_fields = {"requests"};
    return call.services.operations->requests_of(call.caller.session->patient);
}

Result<api::CardIssueBegun> begin_card_issue(Call& call, api::BeginCardIssue const& request) {
    api::CardIssueBegun begun;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        begun = TRY(call.services.card_issues->begin(database, call.caller.terminal,
                                                     call.caller.session->patient, request.issue_id));
        call.audit_fields = {"id_card"};
        return ok();
    }));
    return begun;
}

} // namespace portico::central
