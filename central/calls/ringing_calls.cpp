#include "central/calls/ringing_calls.h"

#include "central/calls/candidates.h"
#include "central/operations/ledger.h"
#include "central/services.h"
#include "shared/domain/phone_number.h"

namespace portico::central {

namespace {

constexpr std::size_t number_bytes_max = 32;

} // namespace

Result<api::Candidates> call_candidates(Call& call, api::CallerNumber const& request) {
    call.audit_fields = {"initials"};
    if (request.number.size() > number_bytes_max)
        return error(ErrorKind::InvalidInput, "number_long", "a caller's number has at most 32 bytes");
    auto const number = e164(request.number);
    if (number.empty())
        return api::Candidates{};
    // Counted and audited before anybody is looked for.
    TRY(call.write([&](storage::Database& database) {
        return count_ring(database, call.services.clock, call.caller.session->staff);
    }));
    return call.services.store.read<api::Candidates>([&](storage::Database& database) {
        return candidates_of(database, call.services.operations->tools(), number);
    });
}

} // namespace portico::central
