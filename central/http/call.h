#pragma once

#include "central/http/caller.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace portico::storage {
class Database;
}

namespace portico::central {

class Services; // central/services.h: everything a handler may reach, built once by `serve`

/// What a handler of one call is given, and what it adds for the audit. Handlers are plain functions
///     Result<Reply> handler(Call&, Request const&)
/// and know nothing of HTTP. They run on a worker thread and may block on the store.
///
/// Audit: a handler that changes something in one go does so through `write`, which puts the call's audit
/// record into the same transaction. Any other write of a handler carries a record "began" in its own
/// transaction, and the call's record follows before the reply leaves; so it does for reads and refusals.
struct Call {
    Services& services;
    Caller const& caller;
    std::string path_id; ///< the {id} of the path, decoded; empty when the route has none

    // Filled by the handler when it differs from the caller's own: who the data is about, which fields
    // (names, never values), and the operation it belongs to.
    std::string audit_subject;
    std::vector<std::string> audit_fields;
    std::string audit_operation;

    std::string action;      ///< the route's audit kind by name
    bool audited = false;    ///< set by `write`: the record stands
    std::int64_t wait_s = 0; ///< set by a handler that has nothing yet: ask it again on news, at most so long
    /// Set by a read that leaves something for the next one: kept in the transaction of the call's record.
    std::function<Result<void>(storage::Database&)> keep_with_record = {};

    /// Runs `change` in one transaction with this call's audit record (decision "allowed"). `change` may set
    /// the audit_ fields. Errors: as Store::write.
    Result<void> write(std::function<Result<void>(storage::Database&)> const& change);
};

} // namespace portico::central
