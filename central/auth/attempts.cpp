#include "central/auth/attempts.h"

#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

constexpr std::int64_t rate_window_s = 60;
constexpr std::int64_t guesses_per_window_max = 30;
constexpr std::int64_t challenges_per_window_max = 120;
constexpr std::int64_t activation_codes_per_window_max = 10;
constexpr std::int64_t nobody_kept_days = 7;
constexpr std::size_t ticket_bytes = 16;
constexpr LockoutPolicy policy{};

struct Counts {
    std::int64_t password = 0;
    std::int64_t pin = 0;
    std::int64_t totp = 0;
    UtcTime last_failure;
    std::int64_t& of(Guess guess) {
        return guess == Guess::Password ? password : guess == Guess::Pin ? pin : totp;
    }
    LockoutState state() const { return {static_cast<int>(password + pin + totp), last_failure}; }
};

Result<Counts> read(storage::Database& database, std::string const& subject) {
    auto query = TRY(database.prepare("SELECT password_failures, pin_failures, totp_failures, last_failure_us"
                                      " FROM auth_lockout WHERE subject = $1"));
    query.bind(1, subject);
    if (!TRY(query.step()))
        return Counts{};
    return Counts{query.integer(0), query.integer(1), query.integer(2), from_micros(query.integer(3))};
}

char const* name(Guess guess) {
    return guess == Guess::Password ? "password" : guess == Guess::Pin ? "pin" : "totp";
}

Result<void> write(storage::Database& database, std::string const& subject, Counts const& counts);

/// `counts` with the guess that was the last of them. What is there already stays as it is.
Result<void> write(storage::Database& database, std::string const& subject, Guess guess,
                   TerminalId const& terminal, Counts const& counts) {
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_wrong_guess (subject, at_us, number, guess, terminal) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (subject, at_us, number) DO UPDATE SET guess = auth_wrong_guess.guess"));
    insert.bind(1, subject).bind(2, to_micros(counts.last_failure)).bind(3, counts.state().failures);
    TRY(insert.bind(4, std::string_view(name(guess))).bind(5, terminal.text()).run());
    return write(database, subject, counts);
}

Result<void> write(storage::Database& database, std::string const& subject, Counts const& counts) {
    auto update = TRY(database.prepare(
        "INSERT INTO auth_lockout (subject, password_failures, pin_failures, totp_failures, last_failure_us)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (subject) DO UPDATE SET"
        " password_failures = excluded.password_failures, pin_failures = excluded.pin_failures,"
        " totp_failures = excluded.totp_failures, last_failure_us = excluded.last_failure_us"));
    update.bind(1, subject).bind(2, counts.password).bind(3, counts.pin).bind(4, counts.totp);
    return update.bind(5, to_micros(counts.last_failure)).run();
}

} // namespace

Result<LockoutState> reserve_guess(storage::Database& database, std::string const& subject, Guess guess,
                                   TerminalId const& terminal, UtcTime now) {
    auto counts = TRY(read(database, subject));
    if (auto const allowed = may_try(policy, counts.state(), now); allowed.has_error()) {
        // Written as it stands: that somebody else's guesses have locked an account takes no less time to
        // say.
        TRY(write(database, subject, guess, terminal, counts));
        return allowed.error();
    }
    counts.last_failure = after_failure(counts.state(), now).last_failure;
    ++counts.of(guess);
    TRY(write(database, subject, guess, terminal, counts));
    return counts.state();
}

Result<void> guess_was_right(storage::Database& database, std::string const& subject, Guess guess) {
    auto counts = TRY(read(database, subject));
    counts.of(guess) = 0;
    auto remove = TRY(database.prepare("DELETE FROM auth_wrong_guess WHERE subject = $1 AND guess = $2"));
    TRY(remove.bind(1, subject).bind(2, std::string_view(name(guess))).run());
    return write(database, subject, counts);
}

Result<bool> clear_lockout(storage::Database& database, std::string const& subject, UtcTime now) {
    bool const counted = TRY(read(database, subject)).state().failures > 0;
    for (auto const* const table : {"auth_lockout", "auth_wrong_guess"}) {
        auto remove = TRY(database.prepare("DELETE FROM " + std::string(table) + " WHERE subject = $1"));
        TRY(remove.bind(1, subject).run());
    }
    if (counted)
        TRY(mark_restored(database, subject, now));
    return counted;
}

Result<void> mark_restored(storage::Database& database, std::string const& subject, UtcTime now) {
    auto put = TRY(database.prepare("INSERT INTO auth_restored (subject, at_us) VALUES ($1, $2)"
                                    " ON CONFLICT (subject) DO UPDATE SET at_us = excluded.at_us"));
    return put.bind(1, subject).bind(2, to_micros(now)).run();
}

Result<std::optional<UtcTime>> last_restored(storage::Database& database, std::string const& subject) {
    auto query = TRY(database.prepare("SELECT at_us FROM auth_restored WHERE subject = $1"));
    query.bind(1, subject);
    if (!TRY(query.step()))
        return std::optional<UtcTime>();
    return std::optional<UtcTime>(from_micros(query.integer(0)));
}

Result<std::vector<WrongGuess>> wrong_guesses(storage::Database& database, std::string const& subject) {
    auto query = TRY(database.prepare("SELECT at_us, guess, terminal FROM auth_wrong_guess"
                                      " WHERE subject = $1 ORDER BY at_us DESC, number DESC"));
    query.bind(1, subject);
    std::vector<WrongGuess> guesses;
    while (TRY(query.step()))
        guesses.push_back({from_micros(query.integer(0)), query.text(1), TerminalId(query.text(2))});
    return guesses;
}

Result<LockoutState> lockout_state(storage::Database& database, std::string const& subject) {
    return TRY(read(database, subject)).state();
}

Result<void> purge_attempts(storage::Database& database, UtcTime now) {
    auto nobodies = TRY(database.prepare("DELETE FROM auth_lockout WHERE last_failure_us < $1"
                                         " AND (subject LIKE 'card:%' OR subject LIKE 'name:%')"));
    TRY(nobodies.bind(1, to_micros(now) - nobody_kept_days * 86'400 * second_us).run());
    auto guesses = TRY(database.prepare("DELETE FROM auth_wrong_guess WHERE at_us < $1"
                                        " AND (subject LIKE 'card:%' OR subject LIKE 'name:%')"));
    TRY(guesses.bind(1, to_micros(now) - nobody_kept_days * 86'400 * second_us).run());
    auto tickets = TRY(database.prepare("DELETE FROM auth_lock_ticket WHERE expires_us < $1"));
    return tickets.bind(1, to_micros(now)).run();
}

Result<std::string> make_lock_ticket(storage::Database& database, std::string const& subject,
                                     TerminalId const& terminal, UtcTime now) {
    auto ticket = to_base64url(random_bytes(ticket_bytes));
    auto insert = TRY(database.prepare("INSERT INTO auth_lock_ticket (ticket, subject, terminal, expires_us)"
                                       " VALUES ($1, $2, $3, $4)"));
    insert.bind(1, ticket).bind(2, subject).bind(3, terminal.text());
    TRY(insert.bind(4, to_micros(now) + lock_ticket_s * second_us).run());
    return ticket;
}

Result<void> count_for_terminal(storage::Database& database, TerminalId const& terminal, TerminalLimit limit,
                                UtcTime now) {
    auto const* const what = limit == TerminalLimit::Guesses      ? "guesses"
                             : limit == TerminalLimit::Challenges ? "challenges"
                                                                  : "activation_codes";
    auto const most = limit == TerminalLimit::Guesses      ? guesses_per_window_max
                      : limit == TerminalLimit::Challenges ? challenges_per_window_max
                                                           : activation_codes_per_window_max;
    auto const now_us = to_micros(now);
    auto query = TRY(database.prepare(
        "SELECT window_us, count FROM auth_terminal_rate WHERE terminal = $1 AND what = $2"));
    query.bind(1, terminal.text()).bind(2, std::string_view(what));
    std::int64_t window_us = now_us;
    std::int64_t count = 0;
    // A window that began in the future is from before the clock went back: begin again.
    if (TRY(query.step()) && query.integer(0) <= now_us &&
        now_us < query.integer(0) + rate_window_s * second_us) {
        window_us = query.integer(0);
        count = query.integer(1);
    }
    query.reset();
    if (count >= most) {
        auto busy = error(ErrorKind::TooMany, "sign_in_busy", "too many tries on this terminal");
        busy.retry_after_s = (window_us + rate_window_s * second_us - now_us) / second_us + 1;
        return busy;
    }
    auto update = TRY(database.prepare(
        "INSERT INTO auth_terminal_rate (terminal, what, window_us, count) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (terminal, what) DO UPDATE SET window_us = excluded.window_us, count = "
        "excluded.count"));
    update.bind(1, terminal.text()).bind(2, std::string_view(what)).bind(3, window_us);
    return update.bind(4, count + 1).run();
}

} // namespace portico::central
