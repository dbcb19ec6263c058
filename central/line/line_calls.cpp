#include "central/line/line_calls.h"

#include "central/cases/case_limits.h"
#include "central/cases/case_of_call.h"
#include "central/cases/own_members.h"
#include "central/line/line_news.h"
#include "central/line/waiting_line.h"
#include "central/services.h"
#include "central/terminals/terminals.h"
#include "shared/base/uuid.h"
#include "shared/domain/call_back.h"
#include "shared/domain/masking.h"

namespace portico::central {

WaitingLine line_of(Call const& call) {
    return {call.services.vault, call.services.clock};
}

namespace {

std::string_view reason_of(std::string_view about) {
    return about == "account_locked" ? "unlock" : about == "claim" ? "eob_question" : about;
}

/// A case for it: of the member in whose session it was asked, who is found by that and verified by nothing.
Result<std::string> open_case_for(Call& call, storage::Database& database, CallBack const& call_back) {
    auto const book = case_book(call);
    auto const worker = case_worker(call);
    auto id = TRY(book.open(database, worker, reason_of(call_back.about), "call_back"));
    auto const patient = TRY(line_of(call).rows().patient_of(database, call_back.id));
    if (patient.empty())
        return id;
    auto file = TRY(book.own(database, worker, id));
    TRY(check_may_open_record(database, call.services.clock, file));
    TRY(book.bind(database, file, patient));
    TRY(count_record(database, call.services.vault, call.services.clock, file));
    call.audit_subject = patient.text();
    return id;
}

/// Whose turn it is: one of the two, or neither.
struct Due {
    std::optional<CallBack> call_back;
    std::optional<HeldCall> held;
};

/// What the rep has taken and has not ended.
Result<Due> at_hand_of(Call const& call, storage::Database& database) {
    auto const line = line_of(call);
    auto const& staff = call.caller.session->staff;
    Due mine;
    mine.call_back = TRY(line.rows().at_hand_of(database, staff));
    if (!mine.call_back)
        mine.held = TRY(line.held().at_hand_of(database, staff));
    return mine;
}

/// Who has waited longest of those that this rep, at a desk with this extension or none, may have.
Result<Due> due_for(Call const& call, storage::Database& database, std::string const& extension) {
    auto const line = line_of(call);
    auto const& staff = call.caller.session->staff;
    auto const own = TRY(OwnMembers::of(database, call.services.vault, call.services.clock, staff));
    Due due;
    due.call_back = TRY(line.rows().due_for(database, staff, own.all()));
    if (!extension.empty())
        due.held = TRY(line.held().due_for(database, staff));
    if (due.call_back && due.held) {
        if (key_of(*due.call_back) < key_of(*due.held))
            due.held.reset();
        else
            due.call_back.reset();
    }
    return due;
}

Result<void> take_call_back(Call& call, storage::Database& database, CallBack& due) {
    auto const line = line_of(call);
    due.case_id = TRY(open_case_for(call, database, due));
    TRY(line.rows().set_taken(database, due.id, call.caller.session->staff, due.case_id));
    return tell_of_line(database, line, *call.services.changes, {due});
}

Result<void> take_held(Call& call, storage::Database& database, HeldCall const& due,
                       std::string const& extension) {
    auto const line = line_of(call);
    TRY(line.held().set_taken(database, due.id, call.caller.session->staff, extension));
    return tell_of_line(database, line, *call.services.changes, {});
}

/// What the rep has and has not ended, else who is due. Errors: NotFound "line_empty".
Result<Due> take_next(Call& call, storage::Database& database) {
    auto const line = line_of(call);
    TRY(return_overdue_of(database, line, *call.services.changes, *call.services.audit));
    TRY(return_unconnected_of(database, line, *call.services.changes, *call.services.audit));
    auto const extension = TRY(call.services.terminals->extension_of(database, call.caller.terminal));
    auto mine = TRY(at_hand_of(call, database));
    // The rep has sat down at another desk.
    if (mine.held && !extension.empty() && mine.held->extension != extension)
        TRY(line.held().set_extension(database, mine.held->id, extension));
    if (mine.call_back || mine.held)
        return mine;
    auto due = TRY(due_for(call, database, extension));
    if (due.call_back)
        TRY(take_call_back(call, database, *due.call_back));
    else if (due.held)
        TRY(take_held(call, database, *due.held, extension));
    else
        return error(ErrorKind::NotFound, "line_empty", "nobody waits whom you could have now");
    return due;
}

/// Nothing of who calls: it rings at this desk as every call does, and its case is opened when it is
/// answered.
api::CallBackTaken taken(HeldCall const& held) {
    api::CallBackTaken reply;
    reply.call_back = held.id;
    reply.language = held.language;
    reply.outcome_within_s = static_cast<int>(WaitingLine::connect_within_s);
    reply.kind = "held_call";
    return reply;
}

Result<api::CallBackTaken> taken(Call& call, storage::Database& database, CallBack const& call_back) {
    auto const number = TRY(line_of(call).rows().number_of(database, call_back.id));
    api::CallBackTaken reply;
    reply.call_back = call_back.id;
    reply.case_id = call_back.case_id;
    reply.language = call_back.language;
    reply.about = call_back.about;
    reply.tries = static_cast<int>(call_back.tries);
    reply.to = masked_phone(number);
    reply.outcome_within_s = static_cast<int>(WaitingLine::outcome_within_s);
    reply.kind = "call_back";
    auto const& desk = call.caller.terminal;
    if (TRY(call.services.terminals->has_phone(database, desk))) {
        auto const tickets = dial_tickets_of(call);
        TRY(tickets.end_about(database, WaitingLine::dial_purpose, call_back.id));
        DialTickets::Asking const asking{call.caller.session->staff, desk,
                                         WaitingLine::dial_purpose,  call_back.id,
                                         call_back.case_id,          number};
        auto made = TRY(tickets.make(database, asking));
        reply.ticket = std::move(made.ticket);
    }
    return reply;
}

/// Whoever asked for the ticket has the call-back still.
Result<bool> is_wanted(Call& call, storage::Database& database, DialTicketRow const& ticket) {
    auto const found = TRY(line_of(call).rows().find(database, ticket.about));
    call.audit_fields.push_back("call_back:" + ticket.about);
    return found && found->is_called() && found->staff == ticket.staff;
}

/// How the call went is the rep's to say: who answers may be somebody else, or a machine.
Result<void> dialled(Call& call, storage::Database&, DialTicketRow const& ticket) {
    call.audit_fields.push_back("call_back:" + ticket.about);
    return ok();
}

Result<std::optional<HeldCall>> held_of(storage::Database& database, WaitingLine const& line,
                                        std::string const& id) {
    if (!is_uuid_v7(id))
        return std::optional<HeldCall>();
    return line.held().find(database, id);
}

} // namespace

DialPurpose waiting_line_purpose() {
    return {WaitingLine::dial_purpose, is_wanted, dialled};
}

Result<api::WaitingLine> waiting_line(Call& call, api::Empty const&) {
    call.audit_fields = {"line"};
    return call.services.store.read<api::WaitingLine>(
        [&](storage::Database& database) -> Result<api::WaitingLine> {
            auto line = TRY(line_of(call).list(database, call.caller.session->staff));
            line.takes_calls =
                !TRY(call.services.terminals->extension_of(database, call.caller.terminal)).empty();
            return line;
        });
}

Result<api::CallBackTaken> next_call_back(Call& call, api::NextCallBack const&) {
    api::CallBackTaken reply;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const due = TRY(take_next(call, database));
        if (due.held) {
            call.audit_fields = {"held_call:" + due.held->id};
            reply = taken(*due.held);
            return ok();
        }
        auto const& call_back = *due.call_back;
        call.audit_fields = {"call_back:" + call_back.id, "case:" + call_back.case_id};
        reply = TRY(taken(call, database, call_back));
        return ok();
    }));
    call.services.changes->hint();
    return reply;
}

Result<api::Empty> call_back_outcome(Call& call, api::CallBackOutcome const& request) {
    if (!is_call_back_outcome(request.outcome))
        return error(ErrorKind::InvalidInput, "outcome_unknown",
                     "a call-back was reached, no_answer, wrong_number or given_back");
    if (is_uuid_v7(request.call_back))
        call.audit_fields = {"call_back:" + request.call_back, "outcome:" + request.outcome};
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const line = line_of(call);
        if (auto const held = TRY(held_of(database, line, request.call_back))) {
            call.audit_fields = {"held_call:" + held->id, "outcome:" + request.outcome};
            if (!TRY(line.give_back_held(database, call.caller.session->staff, *held, request.outcome)))
                return ok();
            return tell_of_line(database, line, *call.services.changes, {});
        }
        auto const ended =
            TRY(line.take_outcome(database, call.caller.session->staff, request.call_back, request.outcome));
        if (!ended)
            return ok();
        call.audit_fields.push_back("case:" + ended->case_id);
        return tell_of_line(database, line, *call.services.changes, {*ended});
    }));
    call.services.changes->hint();
    return api::Empty{};
}

} // namespace portico::central
