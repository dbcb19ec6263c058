#include "central/auth/attempts.h"
#include "central/auth/password_hasher.h"
#include "central/auth/printed_cards.h"
#include "central/auth/sign_in_calls.h"
#include "central/auth/sign_in_flow.h"

#include <utility>

namespace portico::central {

namespace {

constexpr std::size_t pin_bytes_max = 64;

struct ShownCard {
    std::optional<PatientId> patient;
    std::optional<Account> account;
    bool disabled = false;
};

Result<ShownCard> look_at_card(storage::Database& database, Call& call, std::string const& card_number) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    TRY(count_for_terminal(database, call.caller.terminal, TerminalLimit::Guesses, parts.clock.now()));
    ShownCard card;
    card.patient = TRY(patient_of_printed_card(database, parts.vault, card_number));
    // The same reads for a card that nobody has.
    card.account = TRY(accounts.of_patient(database, card.patient.value_or(PatientId())));
    card.disabled = card.account && card.account->disabled;
    if (card.patient)
        call.audit_subject = card.patient->text();
    return card;
}

Proof proof_of(ShownCard const& card, std::vector<std::string> factors) {
    return {card.account.value_or(Account{}), *card.patient, std::move(factors), false};
}

/// Without a PIN: the card names somebody, no more.
Result<api::SessionReply> identify(Call& call, std::string const& card_number) {
    auto& parts = sign_in_parts(call);
    auto const opened = TRY(write_even_if_refused<SessionTable::Opened>(
        parts.store, [&](storage::Database& database) -> Result<SessionTable::Opened> {
            auto const card = TRY(look_at_card(database, call, card_number));
            if (!card.patient || card.disabled)
                return sign_in_refused(call, card.disabled ? "account_disabled" : "card_unknown");
            TRY(printed_card_used(database, parts.vault, parts.clock, card_number));
            return admit(database, call, proof_of(card, {"printed_card"}));
        }));
    return session_reply(call, opened);
}

struct PinGuess {
    ShownCard card;
    std::string subject;
    std::optional<KeptSecret> kept;
    LockoutState counted;
};

/// A card that nobody has, or whose member set no PIN, is counted and locked like any other: what is told
/// about it is the same.
Result<PinGuess> begin_pin_guess(storage::Database& database, Call& call, std::string const& card_number) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    PinGuess guess;
    guess.card = TRY(look_at_card(database, call, card_number));
    auto kept =
        TRY(accounts.secret(database, guess.card.account ? guess.card.account->id : AccountId(), kind_pin));
    if (guess.card.account && !guess.card.disabled) {
        TRY(check_same_person(call, proof_of(guess.card, {})));
        guess.kept = std::move(kept);
        guess.subject = guess.card.account->id.text();
    } else {
        guess.subject = "card:" + to_hex(printed_card_hash(parts.vault, card_number));
    }
    auto counted =
        reserve_guess(database, guess.subject, Guess::Pin, call.caller.terminal, parts.clock.now());
    if (counted.has_error()) {
        auto locked = counted.error();
        if (locked.kind == ErrorKind::Locked)
            TRY(add_lock_ticket(database, call, guess.subject, locked));
        return locked;
    }
    guess.counted = counted.value();
    return guess;
}

/// The last wrong guess before a wait says so at once.
Result<api::SessionReply> wrong_pin(Call& call, PinGuess const& guess) {
    auto& parts = sign_in_parts(call);
    auto refused = sign_in_refused(call, guess.kept ? "pin_wrong" : "pin_missing");
    refused.tries_left = lockout_tries_left({}, guess.counted);
    auto const now = may_try({}, guess.counted, guess.counted.last_failure);
    if (now.has_value())
        return refused;
    auto locked = now.error();
    TRY(parts.store.write(
        [&](storage::Database& database) { return add_lock_ticket(database, call, guess.subject, locked); }));
    return locked;
}

} // namespace

Result<api::SessionReply> sign_in_printed_card(Call& call, api::PrintedCardSignIn const& request) {
    auto& parts = sign_in_parts(call);
    if (!request.pin)
        return identify(call, request.card_number);
    if (request.pin->size() > pin_bytes_max)
        return sign_in_refused(call, "too_long");
    auto& hasher = call.services.sign_in->hasher();
    auto const place = TRY(hasher.take_place());
    auto guess = TRY(write_even_if_refused<PinGuess>(parts.store, [&](storage::Database& database) {
        return begin_pin_guess(database, call, request.card_number);
    }));
    if (!guess.kept) {
        hasher.spend(place, *request.pin);
        return wrong_pin(call, guess);
    }
    if (!hasher.matches(place, guess.kept->value, *request.pin))
        return wrong_pin(call, guess);
    auto const proof = proof_of(guess.card, {"printed_card", "pin"});
    Accounts const accounts(parts.vault, parts.clock);
    auto const opened = TRY(parts.store.write_value<SessionTable::Opened>(
        [&](storage::Database& database) -> Result<SessionTable::Opened> {
            TRY(guess_was_right(database, guess.subject, Guess::Pin));
            TRY(accounts.secret_used(database, proof.account.id, kind_pin));
            TRY(printed_card_used(database, parts.vault, parts.clock, request.card_number));
            return admit(database, call, proof);
        }));
    return session_reply(call, opened);
}

} // namespace portico::central
