#include "central/terminals/diagnostics_calls.h"

#include "central/services.h"
#include "central/terminals/kiosk_diagnostics.h"

namespace portico::central {

Result<api::Empty> keep_kiosk_diagnostics(Call& call, api::KioskDiagnostics const& request) {
    TRY(check_diagnostics(request));
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        call.audit_subject = call.caller.terminal.text();
        call.audit_fields = {"diagnostics"};
        return keep_diagnostics(database, call.services.clock, call.caller.terminal, request);
    }));
    return api::Empty{};
}

} // namespace portico::central
