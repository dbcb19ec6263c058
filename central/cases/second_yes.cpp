#include "central/cases/second_yes.h"

namespace portico::central {

Result<void> ask_second_yes(storage::Database& database, StaffQueue const& queue, CaseFile const& file,
                            SecondYes const& asked) {
    QueueEntry entry;
    entry.kind = std::string(asked.kind);
    entry.terminal = asked.desk.text();
    entry.operation = asked.request;
    entry.reason = asked.reason;
    // By this an entry is kept from the member and from who asks (work_deadlines.h).
    entry.detail = file.patient.text() + "\n" + file.owner.text() + "\n";
    return queue.add(database, std::move(entry));
}

} // namespace portico::central
