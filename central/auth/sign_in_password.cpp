#include "central/auth/attempts.h"
#include "central/auth/password_hasher.h"
#include "central/auth/sign_in_calls.h"
#include "central/auth/sign_in_flow.h"
#include "central/auth/totp.h"

#include <utility>

namespace portico::central {

namespace {

constexpr std::size_t typed_bytes_max = 1024;

/// The account behind a typed name, as far as it may be looked at.
struct NamedGuess {
    std::optional<Account> account; ///< empty: nobody of that name with a password, or disabled
    std::string subject;            ///< what the guess counts against
    bool locked = false;
    std::optional<KeptSecret> kept;
};

Result<NamedGuess> begin_password_guess(storage::Database& database, Call& call,
                                        std::string const& username) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    TRY(count_for_terminal(database, call.caller.terminal, TerminalLimit::Guesses, parts.clock.now()));
    NamedGuess guess;
    guess.account = TRY(accounts.of_username(database, username));
    // The same reads for a name that nobody has.
    guess.kept =
        TRY(accounts.secret(database, guess.account ? guess.account->id : AccountId(), kind_password));
    if (guess.account) {
        call.audit_subject = guess.account->subject();
        if (!guess.kept || guess.account->disabled)
            guess.account.reset();
    }
    guess.subject = guess.account ? guess.account->id.text() : accounts.nobody_named(username);
    auto const reserved =
        reserve_guess(database, guess.subject, Guess::Password, call.caller.terminal, parts.clock.now());
    if (reserved.has_error() && reserved.error().kind != ErrorKind::Locked)
        return reserved.error();
    guess.locked = reserved.has_error();
    return guess;
}

} // namespace

Result<api::SessionReply> sign_in_password(Call& call, api::PasswordSignIn const& request) {
    auto& parts = sign_in_parts(call);
    auto& hasher = call.services.sign_in->hasher();
    if (request.username.size() > typed_bytes_max || request.password.size() > typed_bytes_max)
        return sign_in_refused(call, "too_long");
    auto const place = TRY(hasher.take_place());
    auto guess = TRY(write_even_if_refused<NamedGuess>(parts.store, [&](storage::Database& database) {
        return begin_password_guess(database, call, request.username);
    }));
    // Unknown, locked and wrong take as long and say as much: a name, with any password, tells nothing.
    if (guess.locked || !guess.account) {
        hasher.spend(place, request.password);
        return sign_in_refused(call, guess.locked ? "account_locked" : "username_unknown");
    }
    if (!hasher.matches(place, guess.kept->value, request.password))
        return sign_in_refused(call, "password_wrong");
    auto const patient = guess.account->patient;
    Proof const proof{std::move(*guess.account), patient, {"password"}, false};
    Accounts const accounts(parts.vault, parts.clock);
    auto const opened = TRY(parts.store.write_value<SessionTable::Opened>(
        [&](storage::Database& database) -> Result<SessionTable::Opened> {
            TRY(guess_was_right(database, guess.subject, Guess::Password));
            TRY(accounts.secret_used(database, proof.account.id, kind_password));
            return admit(database, call, proof);
        }));
    return session_reply(call, opened);
}

Result<api::SessionReply> sign_in_totp(Call& call, api::TotpSignIn const& request) {
    auto& parts = sign_in_parts(call);
    if (!call.caller.session || call.caller.session->may_only_register)
        return error(ErrorKind::Unauthenticated, "session_needed", "a one-time code follows a password");
    auto const id = call.caller.session->account;
    auto const now = parts.clock.now();
    Accounts const accounts(parts.vault, parts.clock);
    auto const opened = TRY(write_even_if_refused<SessionTable::Opened>(
        parts.store, [&](storage::Database& database) -> Result<SessionTable::Opened> {
            TRY(count_for_terminal(database, call.caller.terminal, TerminalLimit::Guesses, now));
            auto account = TRY(accounts.find(database, id));
            auto const kept = TRY(accounts.secret(database, id, kind_totp));
            if (!account || account->disabled || !kept)
                return sign_in_refused(call, "totp_missing");
            call.audit_subject = account->subject();
            auto const counted = reserve_guess(database, id.text(), Guess::Totp, call.caller.terminal, now);
            if (counted.has_error()) {
                auto locked = counted.error();
                if (locked.kind == ErrorKind::Locked)
                    TRY(add_lock_ticket(database, call, id.text(), locked));
                return locked;
            }
            auto const step = totp_match(kept->value, request.code, now, kept->last_step);
            if (!step || !TRY(accounts.use_totp_step(database, id, kind_totp, *step))) {
                auto refused = sign_in_refused(call, "totp_wrong");
                refused.tries_left = lockout_tries_left({}, counted.value());
                return refused;
            }
            TRY(guess_was_right(database, id.text(), Guess::Totp));
            auto const patient = account->patient;
            return admit(database, call, {std::move(*account), patient, {"totp"}, false});
        }));
    return session_reply(call, opened);
}

} // namespace portico::central
