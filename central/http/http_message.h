#pragma once

#include "central/http/caller.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::central {

/// One request as the server read it; nothing of it is trusted but `terminal`, `program` and `certificate`.
struct HttpRequest {
    std::string method;
    std::string target; ///< path and query, still encoded
    std::string authorization;
    std::string content_type;
    std::string body;
    TerminalId terminal; ///< from its certificate; empty on the enrolment listener
    std::string program;
    bool enrollment_listener = false;
    std::shared_ptr<TerminalCertificate const> certificate = {}; ///< nothing on the enrolment listener
};

struct HttpReply {
    int status = 200;
    std::string body;               ///< JSON
    std::string allow;              ///< for 405
    std::int64_t retry_after_s = 0; ///< 0: not told
    std::int64_t wait_s = 0;        ///< > 0: nothing yet; handle again on news, at most after so many seconds
};

/// "Tue, 15 Nov 1994 08:12:31 GMT". Source: RFC 9110, 5.6.7.
std::string http_date(UtcTime time);

struct Target {
    std::string path; ///< still encoded
    std::vector<std::pair<std::string, std::string>> query;
};
/// Splits and decodes. Errors: InvalidInput "target_invalid" (bad escapes, control characters, not UTF-8,
/// more than `query_fields_max` fields).
Result<Target> parse_target(std::string_view target);
/// %41 -> A. Errors: InvalidInput "target_invalid".
Result<std::string> percent_decode(std::string_view text, bool plus_is_blank);

/// The status an error is answered with.
int http_status(ErrorKind kind);
char const* status_phrase(int status);
/// The Failure body of an error; a fault of ours keeps its message to itself.
HttpReply failure_reply(Error const& problem);
HttpReply failure_reply(int status, Error const& problem);
/// What a terminal that was withdrawn is told, whatever it asks.
Error revoked_refusal();

} // namespace portico::central
