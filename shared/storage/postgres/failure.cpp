#include "shared/storage/postgres/failure.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace portico::storage {

namespace {

std::string field(PGresult const* result, int which) {
    auto const* text = PQresultErrorField(result, which);
    return text != nullptr ? text : "";
}

bool is_one_of(std::string_view state, std::initializer_list<std::string_view> states) {
    return std::find(states.begin(), states.end(), state) != states.end();
}

} // namespace

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    return text;
}

bool is_success(PGresult const* result) {
    auto const status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

Error postgres_lost(std::string const& message) {
    return error(ErrorKind::Unavailable, "database_unavailable",
                 "the connection to the database is lost: " + one_line(message));
}

Error postgres_failure(PGresult const* result) {
    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    auto const state = field(result, PG_DIAG_SQLSTATE);
    std::string_view const type = std::string_view(state).substr(0, 2);
    auto const code = "PostgreSQL says " + (state.empty() ? std::string("nothing") : state);
    if (type ==
        "23") // the primary message names the constraint; the row stands in the detail, which is left out
        return error(ErrorKind::Conflict, "constraint", field(result, PG_DIAG_MESSAGE_PRIMARY));
    if (state == "53100")
        return error(ErrorKind::Full, "disk_full", "no space left for the database: free some and try again");
    // lock_not_available, serialization_failure, deadlock_detected, query_canceled
    if (is_one_of(state, {"55P03", "40001", "40P01", "57014"}))
        return error(ErrorKind::Unavailable, "database_busy", "the database is busy: " + code);
    if (type == "XX" && (state == "XX001" || state == "XX002"))
        return error(ErrorKind::Corrupt, "database_corrupt", field(result, PG_DIAG_MESSAGE_PRIMARY));
    // character_not_in_repertoire, untranslatable_character
    if (is_one_of(state, {"22021", "22P05"}))
        return error(ErrorKind::InvalidInput, "text_invalid", "a text with a zero byte or not in UTF-8");
    // connection, resources, operator intervention, system error, login; read_only_sql_transaction;
    // idle_in_transaction_session_timeout
    if (is_one_of(type, {"08", "53", "57", "58", "28"}) || is_one_of(state, {"25006", "25P03"}))
        return error(ErrorKind::Unavailable, "database_unavailable", "the database does not serve: " + code);
    // Syntax and names are ours; other messages may quote a value.
    return error(ErrorKind::Internal, "sql", type == "42" ? field(result, PG_DIAG_MESSAGE_PRIMARY) : code);
}

} // namespace portico::storage
