#include "central/auth/activation.h"

#include "shared/base/clock.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t code_characters = 16;
constexpr std::size_t typed_characters_max = 64;

Bytes code_hash(Vault const& vault, Secret const& code) {
    Secret named("activation ");
    named.append(code.reveal());
    return crypto::keyed_hash(vault.index, named.reveal());
}

Secret as_written(Secret const& typed) {
    std::string code;
    code.reserve(typed_characters_max);
    for (char c : typed.reveal().substr(0, typed_characters_max)) {
        if (c == ' ' || c == '-')
            continue;
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        code += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
    Secret secret(code);
    wipe(code);
    return secret;
}

} // namespace

Result<Secret> make_activation_code(storage::Database& database, Vault const& vault, Clock const& clock,
                                    AccountId const& account) {
    std::string text;
    text.reserve(code_characters);
    for (auto const byte : random_bytes(code_characters))
        text += alphabet[byte % alphabet.size()]; // 256 is a multiple of 32: no letter is likelier
    Secret code(text);
    wipe(text);
    auto remove = TRY(database.prepare("DELETE FROM auth_activation WHERE account = $1"));
    TRY(remove.bind(1, account.text()).run());
    auto const now_us = to_micros(clock.now());
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_activation (code_hash, account, created_us, expires_us) VALUES ($1, $2, $3, $4)"));
    insert.bind(1, code_hash(vault, code)).bind(2, account.text()).bind(3, now_us);
    TRY(insert.bind(4, now_us + activation_code_days * day_us).run());
    return code;
}

Result<std::optional<AccountId>> try_activation_code(storage::Database& database, Vault const& vault,
                                                     Clock const& clock, Secret const& code) {
    auto const hash = code_hash(vault, as_written(code));
    auto count = TRY(database.prepare("UPDATE auth_activation SET tries = tries + 1 WHERE code_hash = $1"));
    TRY(count.bind(1, hash).run());
    auto query = TRY(database.prepare("SELECT account, created_us, expires_us, tries, spent_us"
                                      " FROM auth_activation WHERE code_hash = $1"));
    query.bind(1, hash);
    if (!TRY(query.step()))
        return std::optional<AccountId>();
    auto const now_us = to_micros(clock.now());
    bool const usable = now_us < query.integer(2) && now_us >= query.integer(1) - day_us &&
                        query.integer(3) <= activation_tries_max && query.is_null(4);
    return usable ? std::optional(AccountId(query.text(0))) : std::nullopt;
}

} // namespace portico::central
