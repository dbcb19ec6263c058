#include "central/http/http_message.h"

#include "shared/api/failure.h"
#include "shared/api/json.h"

#include <cstdio>

namespace portico::central {

namespace {

constexpr std::size_t query_fields_max = 32;
/// What is out of reach now (the database, in a fail-over) is there again soon.
constexpr std::int64_t unavailable_retry_after_s = 2;

/// A fault of ours keeps its message to itself, and what is out of reach the names of our machines.
std::string message_for_terminals(Error const& problem) {
    switch (problem.kind) {
    case ErrorKind::Internal:
    case ErrorKind::Corrupt:
        return "a fault in central: see its log";
    case ErrorKind::Unavailable:
        return "central cannot do this now: ask again";
    default:
        return problem.message;
    }
}

Error invalid() {
    return error(ErrorKind::InvalidInput, "target_invalid", "the address of the call is not well-formed");
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

Result<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        if (text[i] == '%') {
            if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0)
                return invalid();
            c = static_cast<unsigned char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else if (plus_is_blank && c == '+') {
            c = ' ';
        }
        if (c < 0x20 || c == 0x7F)
            return invalid();
        out += static_cast<char>(c);
    }
    if (!is_utf8(out))
        return invalid();
    return out;
}

Result<Target> parse_target(std::string_view target) {
    if (target.empty() || target.front() != '/')
        return invalid();
    Target parsed;
    auto const question = target.find('?');
    parsed.path = std::string(target.substr(0, question));
    if (question == std::string_view::npos)
        return parsed;
    auto rest = target.substr(question + 1);
    while (!rest.empty()) {
        auto const field = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(field.size() + 1, rest.size()));
        auto const equals = field.find('=');
        if (equals == std::string_view::npos || parsed.query.size() >= query_fields_max)
            return invalid();
        parsed.query.emplace_back(TRY(percent_decode(field.substr(0, equals), true)),
                                  TRY(percent_decode(field.substr(equals + 1), true)));
    }
    return parsed;
}

int http_status(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::InvalidInput:
        return 400;
    case ErrorKind::Unauthenticated:
        return 401;
    case ErrorKind::Forbidden:
    case ErrorKind::StepUpNeeded:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
    case ErrorKind::Cancelled:
        return 409;
    case ErrorKind::Refused:
        return 422;
    case ErrorKind::Locked:
        return 423;
    case ErrorKind::TooMany:
        return 429;
    case ErrorKind::Unavailable:
        return 503;
    case ErrorKind::TimedOut:
        return 504;
    case ErrorKind::Full:
        return 507;
    case ErrorKind::Corrupt:
    case ErrorKind::Internal:
        break;
    }
    return 500;
}

char const* status_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Content";
    case 423:
        return "Locked";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 507:
        return "Insufficient Storage";
    default:
        return "Internal Server Error";
    }
}

HttpReply failure_reply(int status, Error const& problem) {
    auto const retry_after_s =
        status == 503 && problem.retry_after_s == 0 ? unavailable_retry_after_s : problem.retry_after_s;
    api::Failure const failure{name(problem.kind), problem.reason,     message_for_terminals(problem),
                               retry_after_s,      problem.tries_left, problem.ticket};
    return {status, api::to_json(failure), "", retry_after_s, 0};
}

HttpReply failure_reply(Error const& problem) {
    return failure_reply(http_status(problem.kind), problem);
}

Error revoked_refusal() {
    return error(ErrorKind::Forbidden, "terminal_revoked", "this terminal was withdrawn");
}

std::string http_date(UtcTime time) {
    static constexpr char const* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const clock(std::chrono::floor<std::chrono::seconds>(time - day));
    char text[48];
    static_cast<void>(
        std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT",
                      weekdays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                      months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count())));
    return text;
}

} // namespace portico::central
