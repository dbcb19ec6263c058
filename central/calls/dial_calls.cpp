#include "central/calls/dial_calls.h"

#include "central/auth/accounts.h"
#include "central/cases/call_back_calls.h"
#include "central/cases/caller_codes.h"
#include "central/changes/change_feed.h"
#include "central/line/line_calls.h"
#include "central/services.h"
#include "central/terminals/terminals.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

/// Every part of central that has somebody called.
std::array<DialPurpose, 2> const& purposes() {
    static std::array<DialPurpose, 2> const all{call_back_purpose(), waiting_line_purpose()};
    return all;
}

DialPurpose const* purpose_of(DialTicketRow const& ticket) {
    auto const* found = std::find_if(purposes().begin(), purposes().end(),
                                     [&](DialPurpose const& each) { return each.word == ticket.purpose; });
    return found == purposes().end() ? nullptr : found;
}

/// Who asked for it works here still.
Result<bool> staff_is_here(Call const& call, storage::Database& database, StaffId const& staff) {
    auto const account = TRY(Accounts(call.services.vault, call.services.clock).of_staff(database, staff));
    return account && !account->disabled;
}

} // namespace

DialTickets dial_tickets_of(Call const& call) {
    return {call.services.vault, call.services.clock};
}

Result<api::NumberToDial> number_of_ticket(Call& call, api::NumberOfTicket const& request) {
    api::NumberToDial reply;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const desk = TRY(call.services.terminals->desk_of(database, call.caller.terminal));
        auto found = TRY(dial_tickets_of(call).number_of(database, desk, request.ticket));
        auto const* purpose = purpose_of(found.row);
        call.audit_fields = {"number", "purpose:" + found.row.purpose};
        bool const wanted = purpose != nullptr && TRY(staff_is_here(call, database, found.row.staff)) &&
                            TRY(purpose->is_wanted(call, database, found.row));
        if (!wanted)
            return ticket_gone();
        reply.number = std::move(found.number);
        return ok();
    }));
    return reply;
}

Result<api::Empty> take_dialled(Call& call, api::Dialled const& request) {
    if (!is_call_id(request.call))
        return error(ErrorKind::InvalidInput, "call_invalid",
                     "a call's id has 1 to 64 letters, digits and hyphens");
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const desk = TRY(call.services.terminals->desk_of(database, call.caller.terminal));
        auto const reported =
            TRY(dial_tickets_of(call).take(database, desk, {request.ticket, request.call, request.outcome}));
        auto const* purpose = purpose_of(reported.row);
        call.audit_fields = {"purpose:" + reported.row.purpose, "outcome:" + request.outcome};
        if (purpose == nullptr)
            return ticket_gone();
        return reported.again ? Result<void>(ok()) : purpose->dialled(call, database, reported.row);
    }));
    call.services.changes->hint();
    return api::Empty{};
}

} // namespace portico::central
