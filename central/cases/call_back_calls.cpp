#include "central/cases/call_back_calls.h"

#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/code_calls.h"
#include "central/changes/change_feed.h"
#include "central/services.h"

namespace portico::central {

namespace {

constexpr std::string_view purpose_word = "verify_caller";

/// The open case of this ticket, while the one who asked for it has it and it waits for its call.
Result<CaseFile> case_of_ticket(Call& call, storage::Database& database, DialTicketRow const& ticket) {
    auto file = case_book(call).open_case(database, ticket.case_id);
    if (file.has_error() && file.error().kind != ErrorKind::Conflict &&
        file.error().kind != ErrorKind::NotFound)
        return file;
    if (file.has_error() || file.value().owner != ticket.staff)
        return ticket_gone();
    audit_case(call, ticket.case_id);
    audit_case(call, file.value());
    return file;
}

Result<bool> is_wanted(Call& call, storage::Database& database, DialTicketRow const& ticket) {
    auto const file = case_of_ticket(call, database, ticket);
    if (file.has_error() && file.error().reason == ticket_gone().reason)
        return false;
    if (file.has_error())
        return file.error();
    VerificationGuard const guard(call.services.vault, call.services.clock);
    return TRY(codes_of(call).is_waiting(database, ticket.about)) &&
           !TRY(guard.is_frozen(database, file.value().prover));
}

Result<void> dialled(Call& call, storage::Database& database, DialTicketRow const& ticket) {
    auto const file = TRY(case_of_ticket(call, database, ticket));
    auto const codes = codes_of(call);
    TRY(call.services.changes->tell(database, ticket.desk, {"case_changed", ""}));
    if (ticket.outcome == "answered") {
        // Somebody has answered, and that is all: it may be a machine, or who takes messages.
        if (!TRY(codes.go_on(database, ticket.about)))
            return ticket_gone();
        return ok();
    }
    bool const confirmed = ticket.outcome == "confirmed";
    auto const* state = confirmed ? "right" : ticket.outcome == "not_answered" ? "unanswered" : "not_dialled";
    // A freeze, or another question of the same case, has ended what it was for.
    auto const settled = TRY(codes.settle(database, ticket.about, state));
    if (!settled)
        return ticket_gone();
    if (!confirmed)
        return ok();
    return take_proof(call, database, file, settled->way);
}

} // namespace

DialPurpose call_back_purpose() {
    return {purpose_word, is_wanted, dialled};
}

Result<api::DialTicket> call_number_on_file(Call& call, api::CallNumberOnFile const& request) {
    audit_case(call, request.case_id);
    call.audit_fields.push_back("way:" + std::string(way_call_back));
    api::DialTicket reply;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const about = TRY(opened_member_of_case(call, database, request.case_id));
        auto const way = TRY(way_to_ask(call, database, about, way_call_back));
        auto const& desk = call.caller.terminal;
        auto const made =
            TRY(codes_of(call).make(database, about.file, {desk, "", std::string(way_call_back)}));
        auto const ticket = TRY(dial_tickets_of(call).make(
            database, {about.file.owner, desk, purpose_word, made.row.id, about.file.id, way.address}));
        reply = {request.case_id, ticket.ticket, way.to, static_cast<int>(DialTickets::ticket_s)};
        return ok();
    }));
    return reply;
}

} // namespace portico::central
