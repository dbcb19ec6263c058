#include "central/auth/challenges.h"

#include "shared/base/clock.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

/// Between the wall clocks of several central nodes.
constexpr std::int64_t clock_difference_us = 5 * second_us;

std::string session_of(Caller const& caller) {
    return caller.session ? caller.session->id.text() : std::string();
}

} // namespace

Result<Challenge> make_challenge(storage::Database& database, Clock const& clock, Caller const& caller,
                                 std::string_view purpose) {
    Challenge challenge{make_uuid_v7(clock), random_bytes(challenge_bytes)};
    auto const now_us = to_micros(clock.now());
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_challenge (challenge_id, challenge, purpose, terminal, session, issued_us,"
        " expires_us) VALUES ($1, $2, $3, $4, $5, $6, $7)"));
    insert.bind(1, challenge.id).bind(2, challenge.bytes).bind(3, purpose).bind(4, caller.terminal.text());
    insert.bind(5, session_of(caller)).bind(6, now_us);
    TRY(insert.bind(7, now_us + challenge_s * second_us).run());
    return challenge;
}

Result<Bytes> spend_challenge(storage::Database& database, Clock const& clock, Caller const& caller,
                              std::string_view purpose, std::string const& id) {
    auto query = TRY(database.prepare("SELECT challenge, purpose, terminal, session, issued_us, expires_us"
                                      " FROM auth_challenge WHERE challenge_id = $1"));
    query.bind(1, id);
    auto const unknown = error(ErrorKind::Refused, "challenge_unknown");
    if (!TRY(query.step()))
        return unknown;
    auto const bytes = query.blob(0);
    bool const ours = query.text(1) == purpose && query.text(2) == caller.terminal.text() &&
                      query.text(3) == session_of(caller);
    auto const issued_us = query.integer(4);
    auto const expires_us = query.integer(5);
    query.reset();
    // Another terminal's id, however it was come by, must not spend a challenge that is not its own.
    if (!ours)
        return unknown;
    auto remove = TRY(database.prepare("DELETE FROM auth_challenge WHERE challenge_id = $1"));
    TRY(remove.bind(1, id).run());
    auto const now_us = to_micros(clock.now());
    if (now_us >= expires_us || now_us < issued_us - clock_difference_us)
        return error(ErrorKind::Refused, "challenge_stale");
    return bytes;
}

Result<void> purge_challenges(storage::Database& database, UtcTime now) {
    auto remove = TRY(database.prepare("DELETE FROM auth_challenge WHERE expires_us < $1"));
    return remove.bind(1, to_micros(now)).run();
}

} // namespace portico::central
