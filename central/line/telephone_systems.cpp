#include "central/line/telephone_systems.h"

#include <algorithm>

namespace portico::central {

Result<TelephoneSystems::Message>
TelephoneSystems::judge(storage::Database& database, TerminalId const& system, std::int64_t sequence) const {
    auto query = TRY(database.prepare("SELECT sequence, heard_us FROM line_telephone WHERE system = $1"));
    query.bind(1, system.text());
    if (!TRY(query.step()))
        return Message::Next;
    auto const last = query.integer(0);
    bool const kept = query.integer(1) > to_micros(clock_.now()) - sequence_kept_s * second_us;
    if (kept && sequence < last)
        return error(ErrorKind::Conflict, "calls_outdated", "a later message was taken already");
    return kept && sequence == last ? Message::Again : Message::Next;
}

Result<bool> TelephoneSystems::hear(storage::Database& database, TerminalId const& system,
                                    std::int64_t sequence) const {
    auto query = TRY(database.prepare("SELECT 1 FROM line_telephone WHERE system = $1 AND heard_us > $2"));
    query.bind(1, system.text()).bind(2, heard_after_us());
    bool const was_heard = TRY(query.step());
    query.reset();
    auto keep = TRY(database.prepare(
        "INSERT INTO line_telephone (system, sequence, heard_us, silence_told)"
        " VALUES ($1, $2, $3, 0) ON CONFLICT (system) DO UPDATE"
        " SET sequence = excluded.sequence, heard_us = excluded.heard_us, silence_told = 0"));
    TRY(keep.bind(1, system.text()).bind(2, sequence).bind(3, to_micros(clock_.now())).run());
    return !was_heard;
}

Result<bool> TelephoneSystems::note_silence(storage::Database& database) const {
    auto update = TRY(database.prepare(
        "UPDATE line_telephone SET silence_told = 1 WHERE silence_told = 0 AND heard_us <= $1"));
    TRY(update.bind(1, heard_after_us()).run());
    return database.changed_rows() > 0;
}

Result<UtcTime> TelephoneSystems::may_fall_silent_at(storage::Database& database) const {
    auto const now_us = to_micros(clock_.now());
    auto query = TRY(
        database.prepare("SELECT coalesce(min(heard_us), $1) FROM line_telephone WHERE silence_told = 0"));
    query.bind(1, now_us);
    TRY(query.step());
    // What a node with a clock that is ahead has heard is not waited for longer than what this one hears now.
    return from_micros(std::min(query.integer(0), now_us) + heard_within_s * second_us);
}

Result<std::string> TelephoneSystems::state(storage::Database& database) const {
    auto query = TRY(database.prepare(
        "SELECT count(*), coalesce(sum(CASE WHEN t.heard_us > $1 THEN 1 ELSE 0 END), 0) FROM terminal e"
        " LEFT JOIN line_telephone t ON t.system = e.id"
        " WHERE e.program = 'telephone_system' AND e.state = 'active'"));
    query.bind(1, heard_after_us());
    TRY(query.step());
    auto const enrolled = query.integer(0);
    return std::string(enrolled == 0 ? "none" : query.integer(1) == enrolled ? "heard" : "silent");
}

} // namespace portico::central
