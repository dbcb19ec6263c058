#include "central/operations/work_desk.h"

#include "central/auth/accounts.h"
#include "central/auth/staff_rights.h"
#include "central/cases/own_members.h"
#include "central/changes/work_news.h"
#include "central/operations/work_deadlines.h"

#include <algorithm>
#include <tuple>

namespace portico::central {

namespace {

// What lies on the desk of somebody who may not sign in any more lies on nobody's.
constexpr std::string_view work_columns =
    "SELECT staff_queue.id, kind, reason, operation, at_us, done_us,"
    " CASE WHEN auth_account.disabled_us IS NULL THEN taken_by ELSE '' END, due_us"
    " FROM staff_queue LEFT JOIN auth_account ON auth_account.staff = staff_queue.taken_by ";

WorkEntry entry_of(storage::Statement const& row) {
    WorkEntry entry{row.text(0),    row.text(1), row.text(2),         row.text(3),
                    row.integer(4), 0,           StaffId(row.text(6))};
    auto const promised_us = row.integer(7);
    entry.due_us = promised_us > 0 ? promised_us : work_due_us(entry.kind, entry.at_us);
    return entry;
}

Right right_of(std::string_view kind) {
    if (is_second_yes(kind))
        return Right::ApproveUnlock;
    return kind == glass_broken_kind ? Right::ReviewAccess : Right::DecideRequests;
}

/// Kinds that name who asked or looked, in the second line of their detail.
bool names_staff(std::string_view kind) {
    return kind == glass_broken_kind || is_second_yes(kind);
}

Error own_request() {
    return error(ErrorKind::Refused, "own_request", "a colleague decides what you ask for");
}

Error entry_unknown() {
    return error(ErrorKind::NotFound, "queue_entry_unknown", "there is no such entry");
}

} // namespace

bool may_see_work(std::vector<StaffRole> const& roles, std::string_view kind) {
    if (names_staff(kind))
        return has_right(roles, right_of(kind));
    // What members ask for is seen by who does it and by who reviews it, and not by who approves alone.
    return has_right(roles, Right::DecideRequests) || has_right(roles, Right::ReviewAccess);
}

Result<std::vector<WorkEntry>> WorkDesk::open(storage::Database& database) const {
    auto query = TRY(database.prepare(std::string(work_columns) + "WHERE done_us = 0"));
    auto const now_us = to_micros(tools_.clock.now());
    std::vector<WorkEntry> entries;
    while (TRY(query.step())) {
        auto entry = entry_of(query);
        // Nobody can say yes to it any more; it is taken off the queue in a moment.
        if (!is_second_yes(entry.kind) || entry.due_us > now_us)
            entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end(), [](WorkEntry const& a, WorkEntry const& b) {
        return std::tie(a.due_us, a.at_us, a.id) < std::tie(b.due_us, b.at_us, b.id);
    });
    return entries;
}

Result<WorkEntry> WorkDesk::open_entry(storage::Database& database, Worker const& worker,
                                       std::string const& id) const {
    auto query = TRY(database.prepare(std::string(work_columns) + "WHERE staff_queue.id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()))
        return entry_unknown();
    auto entry = entry_of(query);
    if (!may_see_work(worker.roles, entry.kind))
        return entry_unknown();
    if (!has_right(worker.roles, right_of(entry.kind)))
        return error(ErrorKind::Forbidden, "right_missing",
                     std::string("this entry needs the right ") + name(right_of(entry.kind)));
    if (query.integer(5) != 0)
        return error(ErrorKind::Conflict, "queue_entry_done", "this entry is done already");
    return entry;
}

Result<WorkEntry> WorkDesk::own(storage::Database& database, Worker const& worker,
                                std::string const& id) const {
    auto entry = TRY(open_entry(database, worker, id));
    if (entry.taken_by != worker.staff && !worker.assigns)
        return error(ErrorKind::Conflict, "work_not_yours", "take this entry first");
    return entry;
}

Result<void> WorkDesk::put_on_desk(storage::Database& database, std::string const& id,
                                   StaffId const& staff) const {
    auto update = TRY(database.prepare("UPDATE staff_queue SET taken_by = $2, taken_us = $3 WHERE id = $1"));
    auto const now_us = staff.empty() ? 0 : to_micros(tools_.clock.now());
    TRY(update.bind(1, id).bind(2, staff.text()).bind(3, now_us).run());
    return note_work_changed(database);
}

Result<WorkEntry> WorkDesk::take(storage::Database& database, Worker const& worker,
                                 std::string const& id) const {
    auto entry = TRY(open_entry(database, worker, id));
    if (entry.taken_by == worker.staff)
        return entry;
    if (!entry.taken_by.empty() && !worker.assigns)
        return error(ErrorKind::Conflict, "work_taken", "a colleague has this entry");
    TRY(put_on_desk(database, id, worker.staff));
    entry.taken_by = worker.staff;
    return entry;
}

Result<WorkEntry> WorkDesk::give_back(storage::Database& database, Worker const& worker,
                                      std::string const& id) const {
    auto entry = TRY(own(database, worker, id));
    TRY(put_on_desk(database, id, StaffId()));
    entry.taken_by = StaffId();
    return entry;
}

Result<QueueEntry> WorkDesk::taken(storage::Database& database, Worker const& worker,
                                   std::string const& id) const {
    TRY(own(database, worker, id));
    return tools_.queue.open_entry(database, id);
}

Result<WorkEntry> WorkDesk::hand_over(storage::Database& database, Worker const& worker,
                                      std::string const& id, StaffId const& to) const {
    auto entry = TRY(own(database, worker, id));
    Accounts const accounts(tools_.vault, tools_.clock);
    auto const colleague = TRY(accounts.of_staff(database, to));
    if (!colleague || colleague->disabled || !has_right(colleague->roles, Right::DoWork) ||
        !has_right(colleague->roles, right_of(entry.kind)))
        return error(ErrorKind::NotFound, "colleague_unknown", "nobody of that name does such work");
    TRY(put_on_desk(database, id, to));
    entry.taken_by = to;
    return entry;
}

Result<void> WorkDesk::check_not_own_matter(storage::Database& database, StaffId const& staff,
                                            QueueEntry const& entry) const {
    auto const own_matter =
        error(ErrorKind::Refused, "own_matter", "a colleague decides what is about yourself or your family");
    bool const named = names_staff(entry.kind);
    auto const person = entry.detail.substr(0, named ? entry.detail.find('\n') : std::string::npos);
    // Nobody reads over their own reason, or says yes to what they ask themselves.
    if (named && entry.detail.find("\n" + staff.text() + "\n") == person.size())
        return entry.kind == glass_broken_kind ? own_matter : own_request();
    // Kinds differ in where they say whom they are about.
    auto query = TRY(database.prepare("SELECT 1 FROM operation WHERE id = $1 AND patient_hash = $3"
                                      " UNION ALL"
                                      " SELECT 1 FROM card_issue WHERE id = $2 AND patient_hash = $3"));
    auto const own = TRY(OwnMembers::of(database, tools_.vault, tools_.clock, staff));
    for (auto const& member : own.all()) {
        query.bind(1, entry.operation).bind(2, entry.detail);
        query.bind(3, ByteView(patient_hash(tools_.vault, member)));
        if (TRY(query.step()) || person == member.text())
            return own_matter;
        query.reset();
    }
    return ok();
}

Result<void> WorkDesk::check_not_own_request(storage::Database& database, StaffId const& staff,
                                             QueueEntry const& entry) const {
    // What waits so that a second person looks at it.
    if (entry.kind != "mailed_card_needs_approval" && entry.kind != "contact_change_held" &&
        !is_second_yes(entry.kind))
        return ok();
    auto query = TRY(database.prepare("SELECT 1 FROM operation WHERE id = $1 AND staff = $2"));
    query.bind(1, entry.operation).bind(2, staff.text());
    if (TRY(query.step()))
        return own_request();
    query.reset();
    return TRY(spoke_for_it(database, staff, entry)) ? Result<void>(own_request()) : ok();
}

Result<bool> WorkDesk::spoke_for_it(storage::Database& database, StaffId const& staff,
                                    QueueEntry const& entry) const {
    auto query = TRY(database.prepare("SELECT 1 FROM case_speaker WHERE prover_hash = $2 AND case_id IN"
                                      " (SELECT case_id FROM operation WHERE id = $1"
                                      " UNION SELECT case_id FROM case_unlock WHERE id = $1)"));
    auto const own = TRY(OwnMembers::of(database, tools_.vault, tools_.clock, staff));
    for (auto const& member : own.all()) {
        query.bind(1, entry.operation).bind(2, ByteView(patient_hash(tools_.vault, member)));
        if (TRY(query.step()))
            return true;
        query.reset();
    }
    return false;
}

Result<WorkEntry> WorkDesk::decide(storage::Database& database, Worker const& worker,
                                   QueueDesk::Decision const& decision) const {
    // A supervisor, too, takes it first: the desk says who decided.
    auto entry = TRY(own(database, {worker.staff, false, worker.roles}, decision.entry));
    auto const whole = TRY(tools_.queue.open_entry(database, decision.entry));
    TRY(check_not_own_matter(database, worker.staff, whole));
    // The member's word on the phone stops a change at once.
    if (decision.decision != StaffDecision::Withdrawn)
        TRY(check_not_own_request(database, worker.staff, whole));
    TRY(queue_desk_.decide(database, decision));
    return entry;
}

} // namespace portico::central
