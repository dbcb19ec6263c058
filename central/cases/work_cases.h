#pragma once

#include "central/cases/case_book.h"
#include "central/operations/staff_queue.h"
#include "shared/domain/work_matter.h"

#include <optional>
#include <string>

namespace portico::central {

/// Whom and what an entry of the staff queue is about, as its detail says.
struct WorkAbout {
    WorkMatter const* matter = nullptr;
    PatientId patient;
    std::string eob;   ///< empty: none
    std::string words; ///< of a call that was promised
};
/// Nothing for an entry that is about no member.
std::optional<WorkAbout> about_of(QueueEntry const& entry);

/// Which case was opened of which entry. Errors: those of the store.
class WorkCases {
public:
    /// The entry of a case; empty: it was opened for a caller.
    static Result<std::string> entry_of(storage::Database& database, std::string const& case_id);
    /// What somebody has open of an entry; empty: nothing.
    static Result<std::string> open_of(storage::Database& database, StaffId const& staff,
                                       std::string const& entry);
    static Result<void> add(storage::Database& database, std::string const& case_id,
                            std::string const& entry);
};

} // namespace portico::central
