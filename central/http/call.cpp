#include "central/http/call.h"

#include "central/http/call_audit.h"
#include "central/services.h"

namespace portico::central {

Result<void> Call::write(std::function<Result<void>(storage::Database&)> const& change) {
    // The companion of the dispatcher must not add its own record beside this one.
    Store::Companion const none([](storage::Database&) -> Result<void> { return ok(); });
    TRY(services.store.write([&](storage::Database& database) -> Result<void> {
        TRY(change(database));
        return services.audit->append(database, audit_record(*this, "allowed", ""));
    }));
    audited = true;
    return ok();
}

} // namespace portico::central
