#include "shared/storage/postgres/schema_text.h"

#include <array>
#include <cstddef>

namespace portico::storage {

namespace {

struct Word {
    std::string_view sqlite;
    std::string_view postgres;
};
constexpr std::array words{Word{"INTEGER", "BIGINT"}, Word{"BLOB", "BYTEA"},
                           Word{"TEXT", "TEXT COLLATE \"C\""}, Word{"STRICT", ""}};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view translated(std::string_view word) {
    for (auto const& each : words)
        if (each.sqlite == word)
            return each.postgres;
    return word;
}

/// Where what begins at `at` ends: a text in quotes, a comment, a word, or one character.
std::size_t end_of_piece(std::string_view sql, std::size_t at) {
    char const first = sql[at];
    if (first == '\'' || first == '"') {
        auto const close = sql.find(first, at + 1); // a doubled quote is two texts side by side
        return close == std::string_view::npos ? sql.size() : close + 1;
    }
    if (sql.substr(at, 2) == "--") {
        auto const end = sql.find('\n', at);
        return end == std::string_view::npos ? sql.size() : end;
    }
    auto end = at + 1;
    while (is_letter(first) && end < sql.size() && is_letter(sql[end]))
        ++end;
    return end;
}

} // namespace

std::string postgres_schema_text(std::string_view sql) {
    std::string out;
    out.reserve(sql.size() + sql.size() / 4);
    for (std::size_t at = 0; at < sql.size();) {
        auto const end = end_of_piece(sql, at);
        out += translated(sql.substr(at, end - at));
        at = end;
    }
    return out;
}

} // namespace portico::storage
