#include "central/line/line_news.h"

#include "central/changes/work_news.h"

#include <set>

namespace portico::central {

namespace {

/// What central does by itself.
Result<void> note_returned(storage::Database& database, AuditLog const& audit, std::string action,
                           std::vector<std::string> fields) {
    AuditRecord record;
    record.actor = "central";
    record.role = "nobody";
    record.action = std::move(action);
    record.fields = std::move(fields);
    record.decision = "allowed";
    return audit.append(database, std::move(record));
}

} // namespace

Result<void> tell_of_line(storage::Database& database, WaitingLine const& line, ChangeFeed& changes,
                          std::vector<CallBack> const& changed) {
    std::set<std::string> terminals;
    for (auto const& each : changed)
        terminals.insert(each.terminal.text());
    auto const shown = TRY(line.rows().terminals_asked_at(database, place_shown_s));
    terminals.insert(shown.begin(), shown.end());
    for (auto const& terminal : terminals)
        TRY(changes.tell(database, TerminalId(terminal), {"line_changed", ""}));
    return note_work_changed(database);
}

Result<std::vector<CallBack>> return_overdue_of(storage::Database& database, WaitingLine const& line,
                                                ChangeFeed& changes, AuditLog const& audit) {
    auto returned = TRY(line.return_overdue(database));
    if (!returned.empty())
        TRY(tell_of_line(database, line, changes, returned));
    for (auto const& each : returned)
        if (each.waits())
            TRY(note_returned(database, audit, "call_back_returned",
                              {"call_back:" + each.id, "case:" + each.case_id}));
    return returned;
}

Result<std::vector<HeldCall>> return_unconnected_of(storage::Database& database, WaitingLine const& line,
                                                    ChangeFeed& changes, AuditLog const& audit) {
    auto returned = TRY(line.return_unconnected(database));
    if (!returned.empty())
        TRY(tell_of_line(database, line, changes, {}));
    std::vector<std::string> ids;
    for (auto const& each : returned)
        ids.push_back(each.id);
    TRY(note_held_returned(database, audit, ids));
    return returned;
}

Result<void> note_held_returned(storage::Database& database, AuditLog const& audit,
                                std::vector<std::string> const& ids) {
    for (auto const& id : ids)
        TRY(note_returned(database, audit, "held_call_returned", {"held_call:" + id}));
    return ok();
}

Result<bool> note_silence_of(storage::Database& database, WaitingLine const& line, ChangeFeed& changes) {
    bool const silent = TRY(TelephoneSystems(line.clock()).note_silence(database));
    if (silent)
        TRY(tell_of_line(database, line, changes, {}));
    return silent;
}

} // namespace portico::central
