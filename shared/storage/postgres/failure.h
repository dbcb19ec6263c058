#pragma once

#include "shared/base/result.h"

#include <libpq-fe.h>
#include <memory>
#include <string>

namespace portico::storage {

struct ResultDeleter {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ResultDeleter>;

/// What a result that is no success means. Messages name tables and constraints, never values.
Error postgres_failure(PGresult const* result);
/// The connection is gone. `message` is libpq's: it names host, port and user, never a password.
Error postgres_lost(std::string const& message);
/// libpq's messages end in a line feed, and may have more of them.
std::string one_line(std::string text);
/// The call did what it should.
bool is_success(PGresult const* result);

} // namespace portico::storage
