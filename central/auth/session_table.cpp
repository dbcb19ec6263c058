#include "central/auth/session_table.h"

#include "shared/base/clock.h"
#include "shared/base/uuid.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace portico::central {

namespace {

/// Between the wall clocks of several central nodes, and of a terminal that says when it captured something.
constexpr std::int64_t clock_difference_us = std::int64_t{5} * 60 * second_us;
constexpr std::size_t salt_bytes = 32;

struct Row {
    SessionId id;
    TerminalId terminal;
    AccountId account;
    PatientId patient;
    StaffId staff;
    bool may_only_register = false;
    std::int64_t started_us = 0;
    std::int64_t end_us = 0; ///< when it ended or will
    bool ended = false;
    Bytes salt;
};

constexpr char const* row_columns =
    "SELECT auth_session.session, terminal, account, patient, staff, may_only_register, started_us,"
    " expires_us, ended_us, salt FROM auth_session ";
/// With its last step, for the question that each call begins with: one statement instead of two.
constexpr char const* row_with_step =
    "SELECT auth_session.session, terminal, account, patient, staff, may_only_register, started_us,"
    " expires_us, ended_us, salt, assurance, factors FROM auth_session"
    " JOIN auth_session_step ON auth_session_step.session = auth_session.session"
    " WHERE token_hash = $1 ORDER BY step DESC LIMIT 1";

Row read_row(storage::Statement const& query) {
    Row row;
    row.id = SessionId(query.text(0));
    row.terminal = TerminalId(query.text(1));
    row.account = AccountId(query.text(2));
    row.patient = PatientId(query.text(3));
    row.staff = StaffId(query.text(4));
    row.may_only_register = query.integer(5) != 0;
    row.started_us = query.integer(6);
    row.ended = !query.is_null(8);
    row.end_us = row.ended ? std::min(query.integer(7), query.integer(8)) : query.integer(7);
    row.salt = query.blob(9);
    return row;
}

std::string join(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<std::string> split(std::string const& text) {
    std::vector<std::string> words;
    for (std::size_t from = 0; from < text.size();) {
        auto const to = std::min(text.find(' ', from), text.size());
        words.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return words;
}

/// Before any of its steps.
Session session_of(Row const& row) {
    Session session{row.id, row.account, row.patient, row.staff, Assurance::Nothing, {}, false};
    session.may_only_register = row.may_only_register;
    return session;
}

/// The session as it was at `at_us`: its last step until then, or its first.
Result<Session> session_at(storage::Database& database, Row const& row, std::int64_t at_us) {
    auto session = session_of(row);
    auto steps = TRY(database.prepare("SELECT at_us, assurance, factors FROM auth_session_step"
                                      " WHERE session = $1 ORDER BY step"));
    steps.bind(1, row.id.text());
    bool first = true;
    while (TRY(steps.step())) {
        if (!first && steps.integer(0) > at_us)
            break;
        first = false;
        session.assurance = static_cast<Assurance>(steps.integer(1));
        session.factors = split(steps.text(2));
    }
    return session;
}

Result<std::optional<Row>> find(storage::Database& database, char const* where, std::string_view key) {
    auto query = TRY(database.prepare(std::string(row_columns) + where));
    query.bind(1, key);
    if (!TRY(query.step()))
        return std::optional<Row>();
    return std::optional(read_row(query));
}

Error unknown() {
    return error(ErrorKind::Unauthenticated, "session_unknown", "no such session on this terminal");
}

Result<Row> find_by_token(storage::Database& database, TerminalId const& terminal, ByteView token_hash) {
    auto query = TRY(database.prepare(std::string(row_columns) + "WHERE token_hash = $1"));
    query.bind(1, token_hash);
    if (TRY(query.step())) {
        auto row = read_row(query);
        if (row.terminal == terminal)
            return row;
    }
    return unknown();
}

Error ended() {
    return error(ErrorKind::Unauthenticated, "session_ended", "the session is over: sign in again");
}

/// What the staff member is at this moment: a role taken away opens nothing from the next call on.
Result<std::vector<StaffRole>> roles_of(storage::Database& database, AccountId const& account) {
    auto query =
        TRY(database.prepare("SELECT roles FROM auth_account WHERE account = $1 AND disabled_us IS NULL"));
    query.bind(1, account.text());
    if (!TRY(query.step()))
        return std::vector<StaffRole>();
    return staff_roles_in(query.text(0));
}

Result<void> add_step(storage::Database& database, SessionId const& session, std::int64_t now_us,
                      Assurance assurance, std::vector<std::string> const& factors) {
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_session_step (session, step, at_us, assurance, factors) VALUES ($1,"
        " (SELECT count(*) FROM auth_session_step WHERE session = $1), $2, $3, $4)"));
    insert.bind(1, session.text()).bind(2, now_us).bind(3, static_cast<std::int64_t>(assurance));
    return insert.bind(4, join(factors)).run();
}

Bytes hash_of(Secret const& token) {
    return crypto::sha256(token.bytes());
}

} // namespace

SessionTable::SessionTable(Store& store, Vault const& vault, Clock const& clock)
    : store_(store), clock_(clock), token_key_(vault.index.derive("session token 1")) {}

/// Made from a random salt and a key outside the store: the store alone opens no session, and a stepped-up
/// session can be told its own token again.
Secret SessionTable::token_of(ByteView salt) const {
    auto mac = crypto::keyed_hash(token_key_, as_text(salt));
    auto text = to_base64url(mac);
    Secret token(text);
    wipe(mac.data(), mac.size());
    wipe(text);
    return token;
}

Result<Session> SessionTable::session_by_token(TerminalId const& terminal, Secret const& token) const {
    auto const now_us = to_micros(clock_.now());
    return store_.read<Session>([&](storage::Database& database) -> Result<Session> {
        auto query = TRY(database.prepare(row_with_step));
        query.bind(1, hash_of(token));
        if (!TRY(query.step()))
            return unknown();
        auto const row = read_row(query);
        if (row.terminal != terminal)
            return unknown();
        // A clock that went back must not make a session longer.
        if (row.ended || now_us >= row.end_us || now_us < row.started_us - clock_difference_us)
            return ended();
        auto session = session_of(row);
        session.assurance = static_cast<Assurance>(query.integer(10));
        session.factors = split(query.text(11));
        if (!session.staff.empty())
            session.roles = TRY(roles_of(database, session.account));
        return session;
    });
}

Result<Session> SessionTable::session_facts_for_operation(TerminalId const& terminal, Secret const& token,
                                                          UtcTime captured_at) const {
    auto const now_us = to_micros(clock_.now());
    auto const captured_us = to_micros(captured_at);
    return store_.read<Session>([&](storage::Database& database) -> Result<Session> {
        auto const row = TRY(find_by_token(database, terminal, hash_of(token)));
        if (now_us > row.end_us + session_facts_days * day_us)
            return error(ErrorKind::Refused, "session_facts_gone",
                         "the session of this operation ended too long ago");
        auto const tolerance_s = row.staff.empty() ? capture_clock_tolerance_s : desk_clock_tolerance_s;
        auto const tolerance_us = tolerance_s * second_us;
        if (captured_us < row.started_us - tolerance_us || captured_us > row.end_us + tolerance_us)
            return error(ErrorKind::Refused, "captured_outside_session",
                         "the operation was not captured during its session");
        bool const inside = captured_us >= row.started_us && captured_us <= row.end_us;
        auto session = TRY(session_at(database, row,
                                      inside ? captured_us + clock_difference_us
                                             : std::numeric_limits<std::int64_t>::max()));
        if (!session.staff.empty())
            session.roles = TRY(roles_of(database, session.account));
        return session;
    });
}

Result<void> SessionTable::end(SessionId const& session) {
    auto const now_us = to_micros(clock_.now());
    return store_.write([&](storage::Database& database) -> Result<void> {
        auto update = TRY(database.prepare(
            "UPDATE auth_session SET ended_us = $1 WHERE session = $2 AND ended_us IS NULL"));
        return update.bind(1, now_us).bind(2, session.text()).run();
    });
}

Result<int> SessionTable::end_all_of_terminal(storage::Database& database, TerminalId const& terminal) {
    auto update = TRY(database.prepare("UPDATE auth_session SET ended_us = $1"
                                       " WHERE terminal = $2 AND expires_us > $1 AND ended_us IS NULL"));
    TRY(update.bind(1, to_micros(clock_.now())).bind(2, terminal.text()).run());
    return static_cast<int>(database.changed_rows());
}

Result<int> SessionTable::end_all_of_account(storage::Database& database, AccountId const& account,
                                             SessionId const& except) {
    auto update = TRY(
        database.prepare("UPDATE auth_session SET ended_us = $1"
                         " WHERE account = $2 AND expires_us > $1 AND ended_us IS NULL AND session <> $3"));
    TRY(update.bind(1, to_micros(clock_.now())).bind(2, account.text()).bind(3, except.text()).run());
    return static_cast<int>(database.changed_rows());
}

Result<int> SessionTable::end_all_of_terminal(TerminalId const& terminal) {
    return store_.write_value<int>(
        [&](storage::Database& database) { return end_all_of_terminal(database, terminal); });
}

Result<int> SessionTable::end_all_of_account(AccountId const& account) {
    return store_.write_value<int>(
        [&](storage::Database& database) { return end_all_of_account(database, account); });
}

Result<void> SessionTable::purge(storage::Database& database) {
    auto const before_us = to_micros(clock_.now()) - session_facts_days * day_us;
    auto steps = TRY(database.prepare("DELETE FROM auth_session_step WHERE session IN"
                                      " (SELECT session FROM auth_session WHERE expires_us < $1)"));
    TRY(steps.bind(1, before_us).run());
    auto sessions = TRY(database.prepare("DELETE FROM auth_session WHERE expires_us < $1"));
    return sessions.bind(1, before_us).run();
}

Result<SessionTable::Opened> SessionTable::open(storage::Database& database, Opening const& opening) {
    auto const now_us = to_micros(clock_.now());
    bool const of_desk = !opening.staff.empty() && !opening.at_kiosk;
    auto const lasts_s = of_desk ? staff_session_s : member_session_s;
    Opened opened;
    opened.session = {SessionId(make_uuid_v7(clock_)),
                      opening.account,
                      opening.patient,
                      opening.staff,
                      opening.assurance,
                      opening.factors,
                      opening.may_only_register};
    opened.expires_in_s = lasts_s;
    auto const salt = random_bytes(salt_bytes);
    opened.token = token_of(salt);
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_session (token_hash, session, salt, terminal, account, patient, staff,"
        " may_only_register, started_us, expires_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"));
    insert.bind(1, hash_of(opened.token)).bind(2, opened.session.id.text()).bind(3, salt);
    insert.bind(4, opening.terminal.text()).bind(5, opening.account.text()).bind(6, opening.patient.text());
    insert.bind(7, opening.staff.text()).bind(8, std::int64_t{opening.may_only_register});
    TRY(insert.bind(9, now_us).bind(10, now_us + lasts_s * second_us).run());
    TRY(add_step(database, opened.session.id, now_us, opening.assurance, opening.factors));
    return opened;
}

Result<SessionTable::Opened> SessionTable::raise(storage::Database& database, SessionId const& session,
                                                 AccountId const& account, Assurance assurance,
                                                 std::vector<std::string> const& factors) {
    auto const now_us = to_micros(clock_.now());
    auto const row = TRY(find(database, "WHERE session = $1", session.text()));
    if (!row || row->ended || now_us >= row->end_us)
        return ended();
    auto update =
        TRY(database.prepare("UPDATE auth_session SET account = $1 WHERE session = $2 AND account = ''"));
    TRY(update.bind(1, account.text()).bind(2, session.text()).run());
    Opened opened;
    opened.session = TRY(session_at(database, *row, std::numeric_limits<std::int64_t>::max()));
    opened.session.account = account;
    opened.session.assurance = std::max(opened.session.assurance, assurance);
    for (auto const& factor : factors)
        if (std::find(opened.session.factors.begin(), opened.session.factors.end(), factor) ==
            opened.session.factors.end())
            opened.session.factors.push_back(factor);
    TRY(add_step(database, session, now_us, opened.session.assurance, opened.session.factors));
    opened.token = token_of(row->salt);
    opened.expires_in_s = (row->end_us - now_us) / second_us;
    return opened;
}

Result<std::optional<SessionTable::Opened>> SessionTable::tell_again(storage::Database& database,
                                                                     SessionId const& session,
                                                                     TerminalId const& terminal) const {
    auto const now_us = to_micros(clock_.now());
    auto const row = TRY(find(database, "WHERE session = $1", session.text()));
    if (!row || row->terminal != terminal || row->ended || now_us >= row->end_us)
        return std::optional<Opened>();
    Opened opened;
    opened.session = TRY(session_at(database, *row, std::numeric_limits<std::int64_t>::max()));
    opened.token = token_of(row->salt);
    opened.expires_in_s = (row->end_us - now_us) / second_us;
    return std::optional(std::move(opened));
}

} // namespace portico::central
