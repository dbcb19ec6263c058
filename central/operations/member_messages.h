#pragma once

#include "central/operations/rule.h"
#include "shared/api/member.h"

/// What staff have written to members: sealed, under the id of the operation that brought it. Writes run
/// inside the caller's write transaction. Errors beside those named: those of the store.
namespace portico::central {

/// The newest first; older ones than these are read no more.
inline constexpr std::int64_t messages_shown_max = 100;

struct NewMessage {
    std::string operation;
    std::string_view text;
    UtcTime at;
};
Result<void> keep_message(storage::Database& database, Vault const& vault, PatientId const& patient,
                          NewMessage const& message);
/// How many came after a moment.
Result<std::int64_t> messages_since(storage::Database& database, Vault const& vault, PatientId const& patient,
                                    UtcTime since);
Result<api::Messages> messages_of(storage::Database& database, Vault const& vault, PatientId const& patient);
/// Of those shown.
Result<int> unread_messages_of(storage::Database& database, Vault const& vault, PatientId const& patient);
/// Errors: NotFound "message_unknown".
Result<void> set_message_read(storage::Database& database, Vault const& vault, PatientId const& patient,
                              std::string const& message, UtcTime now);

} // namespace portico::central
