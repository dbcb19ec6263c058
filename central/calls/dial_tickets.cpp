#include "central/calls/dial_tickets.h"

#include "central/auth/accounts.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/domain/contact_rules.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

constexpr std::size_t ticket_bytes = 32;
constexpr std::size_t ticket_length = 43; ///< in base64url
constexpr std::array<std::string_view, 4> outcomes{"answered", "not_answered", "failed", "confirmed"};

std::string number_place(std::string_view id) {
    return "call_dial.number " + std::string(id);
}

bool is_ended(std::string_view outcome) {
    return outcome == "not_answered" || outcome == "failed" || outcome == "confirmed" || outcome == "ended";
}

} // namespace

/// A ticket with what only its own rules look at.
struct DialTickets::Found {
    DialTicketRow row;
    Bytes sealed; ///< empty: nobody dials it any more
    std::int64_t made_us = 0;
    std::int64_t asked_us = 0; ///< 0: its number was not asked for
    std::int64_t answered_us = 0;
};

Error ticket_gone() {
    return error(ErrorKind::NotFound, "ticket_gone",
                 "this ticket has run out, or is none of this desk's: ask for another");
}

Bytes DialTickets::hash_of(TerminalId const& desk, std::string_view ticket) const {
    // With its desk: that of another one is found as little as one that nobody made.
    return crypto::keyed_hash(vault_.index.derive("portico dial ticket 1"),
                              desk.text() + "\n" + std::string(ticket));
}

/// One that nobody dialled keeps its number no longer than it lives.
Result<void> DialTickets::forget_numbers(storage::Database& database) const {
    auto update = TRY(database.prepare("UPDATE call_dial SET number_sealed = NULL"
                                       " WHERE number_sealed IS NOT NULL AND expires_us <= $1"));
    return update.bind(1, to_micros(clock_.now())).run();
}

Result<DialTickets::Made> DialTickets::make(storage::Database& database, Asking const& asking) const {
    if (asking.number.empty() || callable_number(asking.number) != asking.number)
        return error(ErrorKind::InvalidInput, "number_invalid", "this number is not to be called from here");
    TRY(forget_numbers(database));
    Made const made{make_uuid_v7(clock_), to_base64url(random_bytes(ticket_bytes))};
    auto const now_us = to_micros(clock_.now());
    auto insert = TRY(database.prepare(
        "INSERT INTO call_dial (id, ticket_hash, purpose, about, case_id, staff, terminal, number_sealed,"
        " made_us, expires_us, asked_us, call, outcome, answered_us)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '', '', 0)"));
    auto const hash = hash_of(asking.desk, made.ticket);
    auto const sealed = seal_text(vault_, number_place(made.id), asking.number);
    insert.bind(1, made.id).bind(2, ByteView(hash)).bind(3, asking.purpose).bind(4, asking.about);
    insert.bind(5, asking.case_id).bind(6, asking.staff.text()).bind(7, asking.desk.text());
    insert.bind(8, ByteView(sealed)).bind(9, now_us);
    TRY(insert.bind(10, now_us + ticket_s * second_us).run());
    return made;
}

Result<DialTickets::Found> DialTickets::find(storage::Database& database, TerminalId const& desk,
                                             std::string_view ticket) const {
    if (ticket.size() != ticket_length)
        return ticket_gone();
    auto query = TRY(database.prepare("SELECT id, purpose, about, case_id, staff, call, outcome, expires_us,"
                                      " number_sealed, made_us, asked_us, answered_us FROM call_dial"
                                      " WHERE ticket_hash = $1 AND terminal = $2"));
    auto const hash = hash_of(desk, ticket);
    query.bind(1, ByteView(hash)).bind(2, desk.text());
    if (!TRY(query.step()))
        return ticket_gone();
    Found found;
    found.row = {query.text(0), query.text(1), query.text(2), query.text(3),   StaffId(query.text(4)),
                 desk,          query.text(5), query.text(6), query.integer(7)};
    if (!query.is_null(8))
        found.sealed = query.blob(8);
    found.made_us = query.integer(9);
    found.asked_us = query.integer(10);
    found.answered_us = query.integer(11);
    // A clock that went back makes nothing last longer.
    if (to_micros(clock_.now()) < found.made_us)
        return ticket_gone();
    return found;
}

Result<DialTickets::Number> DialTickets::number_of(storage::Database& database, TerminalId const& desk,
                                                   std::string_view ticket) const {
    auto found = TRY(find(database, desk, ticket));
    auto const now_us = to_micros(clock_.now());
    if (!found.row.outcome.empty() || found.sealed.empty() || now_us >= found.row.expires_us)
        return ticket_gone();
    auto update = TRY(database.prepare("UPDATE call_dial SET asked_us = $2 WHERE id = $1 AND asked_us = 0"));
    TRY(update.bind(1, found.row.id).bind(2, now_us).run());
    auto number = TRY(open_text(vault_, number_place(found.row.id), found.sealed));
    return Number{std::move(found.row), std::move(number)};
}

Result<DialTickets::Reported> DialTickets::take(storage::Database& database, TerminalId const& desk,
                                                Report const& report) const {
    if (std::find(outcomes.begin(), outcomes.end(), report.outcome) == outcomes.end())
        return error(ErrorKind::InvalidInput, "dialled_unknown",
                     "a call ends answered, not_answered, failed or confirmed");
    auto found = TRY(find(database, desk, report.ticket));
    auto& row = found.row;
    // Who never had the number has called nobody; and of one ticket there is one call.
    if (found.asked_us == 0 || (!row.call.empty() && row.call != report.call))
        return ticket_gone();
    bool const late_answer = row.outcome == "confirmed" && report.outcome == "answered";
    if (row.outcome == report.outcome || late_answer)
        return Reported{std::move(row), true};
    auto const now_us = to_micros(clock_.now());
    bool const was_answered = row.outcome == "answered";
    auto const until_us =
        was_answered ? found.answered_us + confirm_s * second_us : found.asked_us + ring_s * second_us;
    // That it was answered may have got lost on its way; that it was not cannot follow an answer.
    bool const follows = was_answered ? report.outcome == "confirmed" : !is_ended(row.outcome);
    if (!follows || now_us >= until_us)
        return ticket_gone();
    row.outcome = report.outcome;
    row.call = report.call;
    bool const answered = row.outcome == "answered" || row.outcome == "confirmed";
    auto update = TRY(database.prepare("UPDATE call_dial SET outcome = $2, call = $3, answered_us = $4,"
                                       " number_sealed = NULL WHERE id = $1"));
    update.bind(1, row.id).bind(2, row.outcome).bind(3, row.call);
    TRY(update.bind(4, was_answered ? found.answered_us : answered ? now_us : 0).run());
    return Reported{std::move(row), false};
}

Result<void> DialTickets::end_about(storage::Database& database, std::string_view purpose,
                                    std::string_view about) const {
    auto update = TRY(database.prepare("UPDATE call_dial SET outcome = 'ended', number_sealed = NULL"
                                       " WHERE purpose = $1 AND about = $2 AND outcome IN ('', 'answered')"));
    return update.bind(1, purpose).bind(2, about).run();
}

Result<bool> DialTickets::was_dialled(storage::Database& database, std::string_view purpose,
                                      std::string_view about, std::int64_t us) const {
    auto query =
        TRY(database.prepare("SELECT 1 FROM call_dial WHERE purpose = $1 AND about = $2"
                             " AND asked_us >= $3 AND asked_us > 0 AND outcome <> 'failed' LIMIT 1"));
    query.bind(1, purpose).bind(2, about).bind(3, us);
    return query.step();
}

Result<std::int64_t> DialTickets::answered_us(storage::Database& database, std::string const& case_id) const {
    auto query =
        TRY(database.prepare("SELECT coalesce(max(answered_us), 0) FROM call_dial WHERE case_id = $1"));
    query.bind(1, case_id);
    TRY(query.step());
    return query.integer(0);
}

} // namespace portico::central
