#pragma once

#include "shared/api/describe.h"

#include <optional>
#include <string>
#include <vector>

/// What waits for staff, at their desks. Errors of all: Unauthenticated "session_needed"; Forbidden
/// "staff_only", "desk_only" (not at an enrolled desk), "right_missing".
namespace portico::api {

/// GET /v1/staff/me.
struct StaffMe {
    std::string staff;
    std::string name;
    std::vector<std::string> roles;  ///< "phone_rep", "supervisor"...: shared/domain/staff_role.h
    std::vector<std::string> rights; ///< "see_work"...: central/auth/staff_rights.h
};

/// GET /v1/work: what is open, the nearest deadline first. Errors: InvalidInput "whose_unknown".
struct WorkQuery {
    std::optional<std::string> kind;  ///< one kind alone
    std::optional<std::string> whose; ///< "mine", "nobody"; absent: all
};
/// One entry, without the data of whom it is about: that is behind a case.
struct WorkItem {
    std::string entry;
    std::string kind;   ///< "finding_disputed", "contact_change_held"...: central/operations/staff_queue.h
    std::string reason; ///< a word; empty for most kinds
    std::string at;     ///< RFC 3339
    std::string due;    ///< RFC 3339
    bool mine = false;
    std::string taken_by; ///< staff id; empty: nobody has it
    std::string taken_by_name;
};
struct WorkList {
    std::vector<WorkItem> items; ///< 200 at most
    std::int64_t open = 0;       ///< as many fit the question in all
};

/// POST /v1/work/take; answers with the entry as it is now. Taking what one has is no error; a supervisor may
/// take what another has. Errors: NotFound "queue_entry_unknown"; Conflict "queue_entry_done", "work_taken".
struct TakeWork {
    std::string entry;
};
/// POST /v1/work/give-back. Errors: as TakeWork; Conflict "work_not_yours".
struct GiveWorkBack {
    std::string entry;
};
/// POST /v1/work/hand-over, to a colleague who may do such work. Errors: as GiveWorkBack; NotFound
/// "colleague_unknown".
struct HandWorkOver {
    std::string entry;
    std::string to; ///< staff id
};
/// POST /v1/work/decide, what one has taken. Errors: as GiveWorkBack; InvalidInput "decision_unknown",
/// "reason_needed", "reason_unknown", "nothing_to_refuse", "nothing_to_withdraw"; Conflict "hold_over";
/// Refused "own_matter" (staff who are members decide nothing of their own).
struct DecideWork {
    std::string entry;
    std::string decision;              ///< "applied", "refused", "withdrawn"
    std::optional<std::string> reason; ///< refused: a word that the member reads as a sentence
};

BOOST_DESCRIBE_STRUCT(StaffMe, (), (staff, name, roles, rights))
BOOST_DESCRIBE_STRUCT(WorkQuery, (), (kind, whose))
BOOST_DESCRIBE_STRUCT(WorkItem, (), (entry, kind, reason, at, due, mine, taken_by, taken_by_name))
BOOST_DESCRIBE_STRUCT(WorkList, (), (items, open))
BOOST_DESCRIBE_STRUCT(TakeWork, (), (entry))
BOOST_DESCRIBE_STRUCT(GiveWorkBack, (), (entry))
BOOST_DESCRIBE_STRUCT(HandWorkOver, (), (entry, to))
BOOST_DESCRIBE_STRUCT(DecideWork, (), (entry, decision, reason))

} // namespace portico::api
