#pragma once

#include "central/http/call.h"
#include "shared/api/member.h"
#include "shared/api/operations.h"
#include "shared/api/sign_in.h"

namespace portico::central {

/// POST /v1/operations
Result<api::PushOutcomes> push_operations(Call& call, api::PushOperations const& request);
/// GET /v1/requests
Result<api::Requests> get_requests(Call& call, api::Empty const& request);
/// GET /v1/messages
Result<api::Messages> get_messages(Call& call, api::Empty const& request);
/// POST /v1/messages/read
Result<api::Empty> read_message(Call& call, api::ReadMessage const& request);
/// POST /v1/card-issues
Result<api::CardIssueBegun> begin_card_issue(Call& call, api::BeginCardIssue const& request);

} // namespace portico::central
