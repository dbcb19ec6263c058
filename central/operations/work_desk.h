#pragma once

#include "central/operations/queue_desk.h"
#include "shared/domain/staff_role.h"

#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// An entry of the staff queue as it lies on the desks, without its detail.
struct WorkEntry {
    std::string id;
    std::string kind;
    std::string reason;
    std::string operation;
    std::int64_t at_us = 0;
    std::int64_t due_us = 0;
    StaffId taken_by; ///< empty: nobody has it
};

/// Whether these roles may know of entries of a kind.
bool may_see_work(std::vector<StaffRole> const& roles, std::string_view kind);

/// Who of the staff works on which entry. One at a time has it; what is on the desk of somebody whose account
/// is disabled is nobody's. Writes run inside the caller's write transaction, which is alone among those of
/// all nodes: of two that take the same entry one has it. Errors beside those named: those of the store.
class WorkDesk {
public:
    WorkDesk(RuleTools tools, CardIssues& card_issues) : tools_(tools), queue_desk_(tools, card_issues) {}

    /// What is open, the nearest deadline first.
    Result<std::vector<WorkEntry>> open(storage::Database& database) const;

    /// Whoever does something with an entry, and whether they may with what another has.
    struct Worker {
        StaffId staff;
        bool assigns = false;
        std::vector<StaffRole> roles = {}; ///< which kinds they may work on
    };
    /// Errors: NotFound "queue_entry_unknown" (also of a kind that the worker may not see); Forbidden
    /// "right_missing" (of one that they may see alone); Conflict "queue_entry_done", "work_taken".
    Result<WorkEntry> take(storage::Database& database, Worker const& worker, std::string const& entry) const;
    /// Errors: as take; Conflict "work_not_yours".
    Result<WorkEntry> give_back(storage::Database& database, Worker const& worker,
                                std::string const& entry) const;
    /// One that the worker has, with its detail. Errors: as give_back.
    Result<QueueEntry> taken(storage::Database& database, Worker const& worker,
                             std::string const& entry) const;
    /// Errors: as give_back; NotFound "colleague_unknown" (nobody, disabled, or without the right to work).
    Result<WorkEntry> hand_over(storage::Database& database, Worker const& worker, std::string const& entry,
                                StaffId const& to) const;
    /// Errors: as give_back and QueueDesk::decide; Refused "own_matter", "own_request".
    Result<WorkEntry> decide(storage::Database& database, Worker const& worker,
                             QueueDesk::Decision const& decision) const;

private:
    Result<WorkEntry> open_entry(storage::Database& database, Worker const& worker,
                                 std::string const& id) const;
    Result<WorkEntry> own(storage::Database& database, Worker const& worker, std::string const& id) const;
    Result<void> put_on_desk(storage::Database& database, std::string const& id, StaffId const& staff) const;
    Result<void> check_not_own_matter(storage::Database& database, StaffId const& staff,
                                      QueueEntry const& entry) const;
    Result<void> check_not_own_request(storage::Database& database, StaffId const& staff,
                                       QueueEntry const& entry) const;

    /// They are a member who, on the phone, spoke for another when it was asked for.
    Result<bool> spoke_for_it(storage::Database& database, StaffId const& staff,
                              QueueEntry const& entry) const;

    RuleTools tools_;
    QueueDesk queue_desk_;
};

} // namespace portico::central
