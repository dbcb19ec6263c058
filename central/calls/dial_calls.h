#pragma once

#include "central/calls/dial_tickets.h"
#include "central/http/call.h"
#include "shared/api/dial.h"
#include "shared/api/sign_in.h"

/// Handlers of dialling by a ticket. Errors: shared/api/dial.h.
namespace portico::central {

/// What a part of central that has somebody called has to say about it, inside the transaction.
struct DialPurpose {
    std::string_view word; ///< DialTicketRow::purpose
    /// Whether it is to be dialled still. Sets what the audit says of it.
    Result<bool> (*is_wanted)(Call&, storage::Database&, DialTicketRow const&);
    /// What comes of it that the call went so; `outcome` as api::Dialled, each once. Errors: ticket_gone,
    /// when nothing may come of it any more.
    Result<void> (*dialled)(Call&, storage::Database&, DialTicketRow const&);
};

DialTickets dial_tickets_of(Call const& call);

// At the desk's telephone.
Result<api::NumberToDial> number_of_ticket(Call& call, api::NumberOfTicket const& request);
Result<api::Empty> take_dialled(Call& call, api::Dialled const& request);

} // namespace portico::central
