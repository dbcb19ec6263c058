#include "central/line/held_call_calls.h"

#include "central/http/call_audit.h"
#include "central/line/held_calls.h"
#include "central/line/line_limits.h"
#include "central/line/line_news.h"
#include "central/services.h"
#include "shared/base/language.h"
#include "shared/base/rfc3339.h"

#include <algorithm>
#include <set>

namespace portico::central {

namespace {

constexpr std::size_t call_id_max = 64;
constexpr std::size_t number_bytes_max = 32;
constexpr std::size_t language_bytes_max = 35; // RFC 5646, 4.4.1
constexpr std::size_t extension_max = 15;      // as Terminals::set_extension
constexpr std::int64_t since_max_us = day_us;
/// Clocks differ by a little.
constexpr std::int64_t ahead_max_us = 5 * minute_us;

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool made_of(std::string_view text, std::size_t size_max, std::string_view others) {
    return text.size() <= size_max && std::all_of(text.begin(), text.end(), [&](char c) {
               return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
           });
}

/// One that is held longer than a day, as a line that nobody hung up may be, is no reason to refuse all of
/// them: it counts as held for a day. Errors: InvalidInput "since_invalid".
Result<std::int64_t> since_of(std::string const& text, std::int64_t now_us) {
    auto const since = from_rfc3339(text);
    if (since.has_error() || to_micros(since.value()) > now_us + ahead_max_us)
        return error(ErrorKind::InvalidInput, "since_invalid",
                     "since is a UTC time that is over, as 2026-11-21T22:30:00Z");
    return std::clamp(to_micros(since.value()), now_us - since_max_us, now_us);
}

Result<void> check_call_id(std::string const& id) {
    if (id.empty() || !made_of(id, call_id_max, "._:-"))
        return error(ErrorKind::InvalidInput, "call_id_invalid",
                     "a call's id is 1 to 64 letters, digits, dots, dashes, colons or underscores");
    return ok();
}

/// Errors: InvalidInput "extension_invalid".
Result<void> check_extension(std::string const& extension) {
    bool const digits =
        std::all_of(extension.begin(), extension.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || extension.size() > extension_max)
        return error(ErrorKind::InvalidInput, "extension_invalid",
                     "refused is the extension that connect has named, of 1 to 15 digits");
    return ok();
}

Result<ToldHeldCall> read_call(api::HeldCall const& told, std::int64_t now_us) {
    TRY(check_call_id(told.call));
    if (told.number.size() > number_bytes_max)
        return error(ErrorKind::InvalidInput, "number_long", "a caller's number has at most 32 bytes");
    if (!made_of(told.language, language_bytes_max, "-"))
        return error(ErrorKind::InvalidInput, "language_invalid", "a language is a BCP 47 tag, or empty");
    auto const refused = told.refused.value_or(std::string());
    TRY(check_extension(refused));
    ToldHeldCall call{told.call, told.number, "", TRY(since_of(told.since, now_us)), refused};
    // One that nobody offers is no reason to refuse all of them.
    if (auto const* language = find_language(told.language))
        call.language = language->code;
    return call;
}

Error call_id_twice() {
    return error(ErrorKind::InvalidInput, "call_id_twice",
                 "each call is told once, by its own id: as held, or as one whose caller hung up");
}

Result<HeldCalls::Message> read_calls(api::HeldCalls const& request, std::int64_t now_us) {
    static std::vector<std::string> const none;
    auto const& hung_up = request.hung_up ? *request.hung_up : none;
    if (request.sequence < 1)
        return error(ErrorKind::InvalidInput, "sequence_invalid", "a sequence number is 1 or more");
    if (std::max(request.calls.size(), hung_up.size()) > held_told_max)
        return error(ErrorKind::InvalidInput, "calls_many",
                     "at most 500 calls are told at once, and 500 whose callers hung up");
    HeldCalls::Message message{request.sequence, {}, {}};
    std::set<std::string_view> ids;
    for (auto const& each : request.calls) {
        message.calls.push_back(TRY(read_call(each, now_us)));
        if (!ids.insert(each.call).second)
            return call_id_twice();
    }
    for (auto const& each : hung_up) {
        TRY(check_call_id(each));
        if (!ids.insert(each).second)
            return call_id_twice();
        message.hung_up.insert(each);
    }
    return message;
}

} // namespace

Result<api::HeldCallPlaces> tell_held_calls(Call& call, api::HeldCalls const& request) {
    auto const& services = call.services;
    auto const told = TRY(read_calls(request, to_micros(services.clock.now())));
    WaitingLine const line(services.vault, services.clock);
    auto const& system = call.caller.terminal;
    api::HeldCallPlaces reply;
    reply.again_within_s = static_cast<int>(TelephoneSystems::heard_within_s);
    reply.connect_within_s = static_cast<int>(WaitingLine::connect_within_s);
    bool changed = false;
    // In place of the record "began" that other writes of a handler carry.
    Store::Companion const none([](storage::Database&) -> Result<void> { return ok(); });
    TRY(services.store.write([&](storage::Database& database) -> Result<void> {
        HeldCalls const held(line);
        // First what the system says: what it has put through a moment ago is not overdue.
        auto const taken = TRY(held.take(database, system, told));
        TRY(return_overdue_of(database, line, *services.changes, *services.audit));
        auto const returned = TRY(return_unconnected_of(database, line, *services.changes, *services.audit));
        reply.calls = TRY(held.places(database, system, told.calls));
        changed = taken.changed || !returned.empty();
        if (!taken.changed)
            return ok();
        call.audit_fields = {"added:" + std::to_string(taken.added),
                             "put_through:" + std::to_string(taken.put_through),
                             "gone:" + std::to_string(taken.gone)};
        TRY(note_held_returned(database, *services.audit, taken.refused));
        TRY(tell_of_line(database, line, *services.changes, {}));
        return services.audit->append(database, audit_record(call, "allowed", ""));
    }));
    // That nothing changed, every two seconds, is no record.
    call.audited = true;
    if (changed)
        services.changes->hint();
    return reply;
}

} // namespace portico::central
