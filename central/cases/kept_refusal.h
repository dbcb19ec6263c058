#pragma once

#include "central/auth/sign_in_flow.h"
#include "central/http/call_audit.h"
#include "central/services.h"

namespace portico::central {

/// As Call::write, for a change of which a refusal is kept too: a try that counts. `change` is one
/// transaction with the call's audit record, whatever it answers; faults of the store undo it.
template <class T>
Result<T> write_and_keep_refusal(Call& call, std::function<Result<T>(storage::Database&)> const& change) {
    // In place of the record "began" that other writes of a handler carry.
    Store::Companion const none([](storage::Database&) -> Result<void> { return ok(); });
    auto outcome =
        write_even_if_refused<T>(call.services.store, [&](storage::Database& database) -> Result<T> {
            auto made = change(database);
            if (made.has_error() && is_store_fault(made.error()))
                return made;
            TRY(call.services.audit->append(
                database, made.has_value() ? audit_record(call, "allowed", "")
                                           : audit_record(call, "refused", made.error().reason)));
            return made;
        });
    call.audited = outcome.has_value() || !is_store_fault(outcome.error());
    return outcome;
}

} // namespace portico::central
