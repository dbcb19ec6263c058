#pragma once

#include "central/cases/case_book.h"
#include "central/operations/staff_queue.h"

#include <string>
#include <string_view>

namespace portico::central {

/// What a second person is to say yes to.
struct SecondYes {
    std::string_view kind; ///< one of `is_second_yes`
    std::string request;   ///< id of what waits for it
    TerminalId desk = {};
    std::string reason; ///< as the rep chose it
};

/// Puts it into the staff queue, as asked by the owner of the case about its member. Inside the caller's
/// write transaction.
Result<void> ask_second_yes(storage::Database& database, StaffQueue const& queue, CaseFile const& file,
                            SecondYes const& asked);

} // namespace portico::central
