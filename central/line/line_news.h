#pragma once

#include "central/audit/audit_log.h"
#include "central/changes/change_feed.h"
#include "central/line/waiting_line.h"

#include <string>
#include <vector>

/// Who is told that the line has changed. Inside the write transaction that changes it.
namespace portico::central {

/// A kiosk's page with a place in line stands for 20 minutes: so long after it was asked, and a little more,
/// its kiosk is told.
inline constexpr std::int64_t place_shown_s = std::int64_t{25} * 60;

/// Kiosks where somebody may look at their place, those of `changed` among them, and all desks.
Result<void> tell_of_line(storage::Database& database, WaitingLine const& line, ChangeFeed& changes,
                          std::vector<CallBack> const& changed);
/// `WaitingLine::return_overdue`, and those are told whom it concerns; with an audit record of each that went
/// back, whoever's call has looked.
Result<std::vector<CallBack>> return_overdue_of(storage::Database& database, WaitingLine const& line,
                                                ChangeFeed& changes, AuditLog const& audit);
/// `WaitingLine::return_unconnected`, likewise.
Result<std::vector<HeldCall>> return_unconnected_of(storage::Database& database, WaitingLine const& line,
                                                    ChangeFeed& changes, AuditLog const& audit);
/// An audit record of each held call that went back to its place by itself, or because a desk turned it away.
Result<void> note_held_returned(storage::Database& database, AuditLog const& audit,
                                std::vector<std::string> const& ids);
/// Where a telephone system fell silent, its calls have left the line. True: one did.
Result<bool> note_silence_of(storage::Database& database, WaitingLine const& line, ChangeFeed& changes);

} // namespace portico::central
