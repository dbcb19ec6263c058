#include "central/line/held_call_rows.h"

#include "central/auth/accounts.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

/// A rep does not get at once again what they gave back or what could not be put through to them: a colleague
/// may have better luck. Soon, for the caller holds the line.
constexpr std::int64_t returned_rest_us = 2 * minute_us;
constexpr std::int64_t held_kept_us = 30 * day_us;

constexpr std::string_view held_columns =
    "SELECT id, call, system, language, since_us, state, staff, extension, taken_us, connect_told_us"
    " FROM line_held_call ";

/// `$1` is `TelephoneSystems::heard_after_us`.
std::string in_line() {
    return "state = 'waiting' AND system IN (" + std::string(TelephoneSystems::heard) + ")";
}

std::string number_place(std::string_view id) {
    return "line_held_call.number " + std::string(id);
}

HeldCall held_row(storage::Statement const& row) {
    HeldCall call;
    call.id = row.text(0);
    call.call = row.text(1);
    call.system = TerminalId(row.text(2));
    call.language = row.text(3);
    call.since_us = row.integer(4);
    call.state = row.text(5);
    call.staff = StaffId(row.text(6));
    call.extension = row.text(7);
    call.taken_us = row.integer(8);
    call.connect_told_us = row.integer(9);
    return call;
}

Result<std::optional<HeldCall>> held_in(storage::Statement& query) {
    if (!TRY(query.step()))
        return std::optional<HeldCall>();
    return std::optional(held_row(query));
}

} // namespace

Result<std::vector<HeldCall>> HeldCallRows::read_all(storage::Statement& query) const {
    std::vector<HeldCall> all;
    while (TRY(query.step()))
        all.push_back(held_row(query));
    return all;
}

Result<std::optional<HeldCall>> HeldCallRows::find(storage::Database& database, std::string const& id) const {
    auto query = TRY(database.prepare(std::string(held_columns) + "WHERE id = $1"));
    query.bind(1, id);
    return held_in(query);
}

Result<std::vector<HeldCall>> HeldCallRows::open_of(storage::Database& database,
                                                    TerminalId const& system) const {
    auto query =
        TRY(database.prepare(std::string(held_columns) + "WHERE system = $1 AND ended_us = 0 ORDER BY id"));
    query.bind(1, system.text());
    return read_all(query);
}

Result<std::vector<HeldCall>> HeldCallRows::waiting(storage::Database& database, std::int64_t limit) const {
    auto query = TRY(database.prepare(std::string(held_columns) + "WHERE " + in_line() +
                                      " ORDER BY since_us, id LIMIT $2"));
    query.bind(1, TelephoneSystems(clock_).heard_after_us()).bind(2, limit);
    return read_all(query);
}

Result<std::int64_t> HeldCallRows::count_waiting(storage::Database& database) const {
    auto query = TRY(database.prepare("SELECT count(*) FROM line_held_call WHERE " + in_line()));
    query.bind(1, TelephoneSystems(clock_).heard_after_us());
    TRY(query.step());
    return query.integer(0);
}

Result<std::optional<HeldCall>> HeldCallRows::due_for(storage::Database& database,
                                                      StaffId const& staff) const {
    auto query = TRY(database.prepare(std::string(held_columns) + "WHERE " + in_line() +
                                      " AND (staff <> $2 OR returned_us <= $3)"
                                      " ORDER BY since_us, id LIMIT 1"));
    query.bind(1, TelephoneSystems(clock_).heard_after_us()).bind(2, staff.text());
    query.bind(3, to_micros(clock_.now()) - returned_rest_us);
    return held_in(query);
}

Result<std::optional<HeldCall>> HeldCallRows::at_hand_of(storage::Database& database,
                                                         StaffId const& staff) const {
    auto query = TRY(database.prepare(std::string(held_columns) +
                                      "WHERE state = 'ringing' AND staff = $1 ORDER BY taken_us"));
    query.bind(1, staff.text());
    return held_in(query);
}

Result<std::optional<HeldCall>> HeldCallRows::last_of(storage::Database& database, StaffId const& staff,
                                                      std::int64_t us) const {
    auto query =
        TRY(database.prepare(std::string(held_columns) + "WHERE staff = $1 AND taken_us >= $2"
                                                         " ORDER BY taken_us DESC, id DESC LIMIT 1"));
    query.bind(1, staff.text()).bind(2, us);
    return held_in(query);
}

Result<std::vector<HeldCall>> HeldCallRows::taken_before(storage::Database& database, std::int64_t us) const {
    auto query = TRY(database.prepare(std::string(held_columns) +
                                      "WHERE state = 'ringing' AND taken_us <= $1 ORDER BY id"));
    query.bind(1, us);
    return read_all(query);
}

Result<std::string> HeldCallRows::number_of(storage::Database& database, std::string const& id) const {
    auto query = TRY(database.prepare("SELECT number_sealed FROM line_held_call WHERE id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()) || query.is_null(0))
        return std::string();
    return open_text(vault_, number_place(id), query.blob(0));
}

Result<std::optional<std::string>> HeldCallRows::left_before(storage::Database& database,
                                                             TerminalId const& system,
                                                             ToldHeldCall const& told) const {
    auto query = TRY(database.prepare("SELECT id FROM line_held_call WHERE system = $1 AND call = $2"
                                      " AND since_us = $3 AND ended_us > 0 ORDER BY ended_us DESC LIMIT 1"));
    query.bind(1, system.text()).bind(2, told.call).bind(3, told.since_us);
    if (!TRY(query.step()))
        return std::optional<std::string>();
    return std::optional(query.text(0));
}

Result<void> HeldCallRows::set_number(storage::Database& database, std::string const& id,
                                      std::string const& number) const {
    if (number.empty())
        return ok();
    auto update = TRY(database.prepare("UPDATE line_held_call SET number_sealed = $2 WHERE id = $1"));
    auto const sealed = seal_text(vault_, number_place(id), number);
    return update.bind(1, id).bind(2, ByteView(sealed)).run();
}

Result<HeldCallRows::Added> HeldCallRows::add(storage::Database& database, TerminalId const& system,
                                              ToldHeldCall const& told) const {
    if (auto left = TRY(left_before(database, system, told))) {
        // A transfer that failed, or a message that left it out. If it was at a rep's, a colleague is next.
        auto update = TRY(database.prepare(
            "UPDATE line_held_call SET returned_us = CASE WHEN put_through_us > 0 THEN $2 ELSE returned_us "
            "END,"
            " state = 'waiting', put_through_us = 0, ended_us = 0, connect_told_us = 0 WHERE id = $1"));
        TRY(update.bind(1, *left).bind(2, to_micros(clock_.now())).run());
        TRY(set_number(database, *left, told.number));
        return Added{std::move(*left), false};
    }
    Added added{make_uuid_v7(clock_), true};
    auto insert = TRY(database.prepare(
        "INSERT INTO line_held_call (id, system, call, language, since_us, first_told_us, place_told,"
        " told_least_min, told_most_min, state, staff, extension, taken_us, returned_us, connect_told_us,"
        " put_through_us, ended_us) VALUES ($1, $2, $3, $4, $5, $6, 1, 0, 0, 'waiting', '', '', 0, 0, 0, 0, "
        "0)"));
    insert.bind(1, added.id).bind(2, system.text()).bind(3, told.call).bind(4, told.language);
    TRY(insert.bind(5, told.since_us).bind(6, to_micros(clock_.now())).run());
    TRY(set_number(database, added.id, told.number));
    return added;
}

Result<void> HeldCallRows::set_told(storage::Database& database, std::string const& id, std::int64_t place,
                                    std::optional<WaitEstimate> const& told) const {
    auto update = TRY(database.prepare("UPDATE line_held_call SET place_told = $2, told_least_min = $3,"
                                       " told_most_min = $4 WHERE id = $1"));
    update.bind(1, id).bind(2, place).bind(3, std::int64_t{told ? told->least : 0});
    return update.bind(4, std::int64_t{told ? told->most : 0}).run();
}

Result<void> HeldCallRows::set_taken(storage::Database& database, std::string const& id, StaffId const& staff,
                                     std::string const& extension) const {
    auto update =
        TRY(database.prepare("UPDATE line_held_call SET state = 'ringing', staff = $2, extension = $3,"
                             " taken_us = $4, returned_us = 0, connect_told_us = 0 WHERE id = $1"));
    update.bind(1, id).bind(2, staff.text()).bind(3, extension).bind(4, to_micros(clock_.now()));
    return update.run();
}

Result<void> HeldCallRows::set_extension(storage::Database& database, std::string const& id,
                                         std::string const& extension) const {
    auto update = TRY(database.prepare("UPDATE line_held_call SET extension = $2 WHERE id = $1"));
    return update.bind(1, id).bind(2, extension).run();
}

Result<void> HeldCallRows::set_connect_told(storage::Database& database, std::string const& id) const {
    auto update = TRY(database.prepare("UPDATE line_held_call SET connect_told_us = $2 WHERE id = $1"
                                       " AND connect_told_us = 0"));
    return update.bind(1, id).bind(2, to_micros(clock_.now())).run();
}

Result<void> HeldCallRows::set_waiting(storage::Database& database, std::string const& id) const {
    auto update =
        TRY(database.prepare("UPDATE line_held_call SET state = 'waiting', returned_us = $2, extension = '',"
                             " connect_told_us = 0 WHERE id = $1"));
    return update.bind(1, id).bind(2, to_micros(clock_.now())).run();
}

Result<void> HeldCallRows::end(storage::Database& database, std::string const& id,
                               std::string_view state) const {
    auto const now_us = to_micros(clock_.now());
    auto update = TRY(database.prepare("UPDATE line_held_call SET state = $2, put_through_us = $3,"
                                       " ended_us = $4, number_sealed = NULL WHERE id = $1"));
    update.bind(1, id).bind(2, state).bind(3, state == "put_through" ? now_us : std::int64_t{0});
    return update.bind(4, now_us).run();
}

Result<bool> HeldCallRows::set_hung_up(storage::Database& database, TerminalId const& system,
                                       std::string const& call, std::int64_t us) const {
    auto update = TRY(database.prepare("UPDATE line_held_call SET state = 'gone', put_through_us = 0"
                                       " WHERE system = $1 AND call = $2 AND state = 'put_through'"
                                       " AND put_through_us > $3"));
    TRY(update.bind(1, system.text()).bind(2, call).bind(3, us).run());
    return database.changed_rows() > 0;
}

Result<void> HeldCallRows::clear_up(storage::Database& database) const {
    auto const now_us = to_micros(clock_.now());
    auto lost = TRY(database.prepare(
        "UPDATE line_held_call SET state = 'gone', number_sealed = NULL, ended_us ="
        " (SELECT t.heard_us FROM line_telephone t WHERE t.system = line_held_call.system)"
        " WHERE ended_us = 0 AND system IN (SELECT t.system FROM line_telephone t WHERE t.heard_us <= $1)"));
    TRY(lost.bind(1, now_us - TelephoneSystems::lost_after_s * second_us).run());
    auto forget = TRY(database.prepare("DELETE FROM line_held_call WHERE ended_us > 0 AND ended_us <= $1"));
    return forget.bind(1, now_us - held_kept_us).run();
}

} // namespace portico::central
