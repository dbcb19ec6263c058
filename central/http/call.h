#pragma once

#include "central/http/caller.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <string>
#include <vector>

namespace portico::central {

class Store;
struct Vault;
class Services; // central/services.h: everything a handler may reach, built once by `serve`

/// What a handler of one call is given, and what it adds for the audit. Handlers are plain functions
///     Result<Reply> handler(Call&, Request const&)
/// and know nothing of HTTP. They run on a worker thread and may block on the store.
struct Call {
    Services& services;
    Caller const& caller;
    std::string path_id; ///< the {id} of the path, decoded; empty when the route has none

    // Filled by the handler when it differs from the caller's own: who the data is about, which fields
    // (names, never values), and the operation it belongs to.
    std::string audit_subject;
    std::vector<std::string> audit_fields;
    std::string audit_operation;
};

} // namespace portico::central
