#pragma once

#include "shared/base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace portico::storage {

/// Where a PostgreSQL database is: a connection URI of libpq, taken apart. It may hold a password, so nothing
/// of it is printed but what `shown` gives.
class PostgresAddress {
public:
    /// True for "postgresql://..." and "postgres://...".
    static bool is_one(std::string_view text);
    /// Errors: InvalidInput "database_address", which does not repeat the text.
    static Result<PostgresAddress> parse(std::string const& uri);

    /// libpq's keywords and their values, password and all.
    std::map<std::string, std::string> const& options() const { return options_; }
    /// "localhost:5432/portico": for a person to recognise it by.
    std::string shown() const;
    /// A URI of the same database without its secrets; for what rests on a disk or stands in a process list.
    std::string without_secrets() const;
    /// "" when it has none.
    std::string password() const;

private:
    std::string option(std::string const& name, std::string const& fallback) const;
    std::map<std::string, std::string> options_;
};

} // namespace portico::storage
