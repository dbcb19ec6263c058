#include "central/operations/work_calls.h"

#include "central/auth/accounts.h"
#include "central/auth/staff_rights.h"
#include "central/cases/unlock_calls.h"
#include "central/changes/change_feed.h"
#include "central/operations/ledger.h"
#include "central/operations/work_deadlines.h"
#include "central/operations/work_desk.h"
#include "central/recovery/case_recovery.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"

#include <functional>
#include <map>

namespace portico::central {

namespace {

constexpr std::size_t items_max = 200;

WorkDesk desk_of(Call const& call) {
    return {call.services.operations->tools(), *call.services.card_issues};
}

WorkDesk::Worker worker_of(Call const& call) {
    auto const& session = *call.caller.session;
    return {session.staff, has_right(session.roles, Right::AssignWork), session.roles};
}

api::WorkItem item_of(Call const& call, WorkEntry const& entry) {
    return {entry.id,
            entry.kind,
            entry.reason,
            to_rfc3339(from_micros(entry.at_us)),
            to_rfc3339(from_micros(entry.due_us)),
            entry.taken_by == call.caller.session->staff,
            entry.taken_by.text(),
            ""};
}

Result<void> put_names(Call const& call, storage::Database& database, std::vector<api::WorkItem>& items) {
    Accounts const accounts(call.services.vault, call.services.clock);
    std::map<std::string, std::string> names;
    for (auto& item : items) {
        if (item.taken_by.empty())
            continue;
        auto known = names.find(item.taken_by);
        if (known == names.end()) {
            auto const account = TRY(accounts.of_staff(database, StaffId(item.taken_by)));
            known = names.emplace(item.taken_by, account ? account->name : std::string()).first;
        }
        item.taken_by_name = known->second;
    }
    return ok();
}

bool fits(WorkEntry const& entry, api::WorkQuery const& query, StaffId const& me) {
    if (query.kind && entry.kind != *query.kind)
        return false;
    if (!query.whose)
        return true;
    return *query.whose == "mine" ? entry.taken_by == me : entry.taken_by.empty();
}

using Step = std::function<Result<WorkEntry>(storage::Database&)>;

/// One step with one entry, in one transaction with its audit record.
Result<WorkEntry> with_entry(Call& call, std::string const& id, Step const& step) {
    WorkEntry entry;
    call.audit_subject = id;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        entry = TRY(step(database));
        call.audit_operation = entry.operation;
        return ok();
    }));
    return entry;
}

Result<StaffDecision> decision_of(std::string const& word) {
    for (auto const decision : {StaffDecision::Applied, StaffDecision::Refused, StaffDecision::Withdrawn})
        if (word == name(decision))
            return decision;
    return error(ErrorKind::InvalidInput, "decision_unknown", "a decision is applied, refused or withdrawn");
}

} // namespace

Result<api::WorkList> list_work(Call& call, api::WorkQuery const& query) {
    if (query.whose && *query.whose != "mine" && *query.whose != "nobody")
        return error(ErrorKind::InvalidInput, "whose_unknown", "whose is mine or nobody");
    call.audit_fields = {"work"};
    auto const desk = desk_of(call);
    return call.services.store.read<api::WorkList>([&](storage::Database& database) -> Result<api::WorkList> {
        api::WorkList list;
        for (auto const& entry : TRY(desk.open(database))) {
            if (!may_see_work(call.caller.session->roles, entry.kind) ||
                !fits(entry, query, call.caller.session->staff))
                continue;
            if (list.items.size() < items_max)
                list.items.push_back(item_of(call, entry));
            ++list.open;
        }
        TRY(put_names(call, database, list.items));
        return list;
    });
}

Result<api::WorkItem> take_work(Call& call, api::TakeWork const& request) {
    auto const entry = TRY(with_entry(call, request.entry, [&](storage::Database& database) {
        return desk_of(call).take(database, worker_of(call), request.entry);
    }));
    std::vector<api::WorkItem> item{item_of(call, entry)};
    TRY(call.services.store.read<void>(
        [&](storage::Database& database) { return put_names(call, database, item); }));
    return std::move(item.front());
}

Result<api::Empty> give_work_back(Call& call, api::GiveWorkBack const& request) {
    TRY(with_entry(call, request.entry, [&](storage::Database& database) {
        return desk_of(call).give_back(database, worker_of(call), request.entry);
    }));
    return api::Empty{};
}

Result<api::Empty> hand_work_over(Call& call, api::HandWorkOver const& request) {
    TRY(with_entry(call, request.entry, [&](storage::Database& database) -> Result<WorkEntry> {
        auto entry =
            TRY(desk_of(call).hand_over(database, worker_of(call), request.entry, StaffId(request.to)));
        call.audit_fields = {"to:" + entry.taken_by.text()};
        return entry;
    }));
    return api::Empty{};
}

Result<api::Empty> decide_work(Call& call, api::DecideWork const& request) {
    auto const decision = TRY(decision_of(request.decision));
    call.audit_fields = {std::string("decision:") + name(decision)};
    auto const decided =
        TRY(with_entry(call, request.entry, [&](storage::Database& database) -> Result<WorkEntry> {
            auto const whole = call.services.operations->tools().queue.open_entry(database, request.entry);
            auto entry = TRY(desk_of(call).decide(database, worker_of(call),
                                                  {request.entry, decision, request.reason.value_or(""),
                                                   "staff:" + call.caller.session->staff.text(), true}));
            if (entry.kind == unlock_approval_kind)
                TRY(decide_unlock(call, database, TRY(whole), decision));
            else if (entry.kind == recovery_approval_kind)
                TRY(decide_recovery(call, database, TRY(whole), decision));
            return entry;
        }));
    if (is_second_yes(decided.kind))
        call.services.changes->hint(); // a kiosk waits for it
    return api::Empty{};
}

} // namespace portico::central
