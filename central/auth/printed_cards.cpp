#include "central/auth/printed_cards.h"

#include "shared/base/uuid.h"

namespace portico::central {

namespace {

constexpr std::size_t card_number_bytes_max = 64;

/// Blanks and dashes are how people read a number, not part of it.
std::string normal(std::string_view card_number) {
    std::string number;
    for (char const c : card_number)
        if (c != ' ' && c != '-')
            number += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return number;
}

} // namespace

Bytes printed_card_hash(Vault const& vault, std::string_view card_number) {
    return crypto::keyed_hash(vault.index, "printed card " + normal(card_number.substr(0, 256)));
}

Result<void> add_printed_card(storage::Database& database, Vault const& vault, Clock const& clock,
                              PatientId const& patient, std::string_view card_number) {
    auto const number = normal(card_number.substr(0, 256));
    if (number.empty() || number.size() > card_number_bytes_max)
        return error(ErrorKind::InvalidInput, "card_number_invalid", "a card number has 1 to 64 characters");
    auto const hash = printed_card_hash(vault, card_number);
    auto query = TRY(database.prepare("SELECT patient FROM auth_printed_card WHERE card_hash = $1"));
    query.bind(1, hash);
    if (TRY(query.step())) {
        if (query.text(0) == patient.text())
            return ok();
        return error(ErrorKind::Conflict, "card_number_taken", "another member has a card of this number");
    }
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_printed_card (card_hash, id, patient, added_us) VALUES ($1, $2, $3, $4)"));
    insert.bind(1, hash).bind(2, make_uuid_v7(clock)).bind(3, patient.text());
    return insert.bind(4, to_micros(clock.now())).run();
}

Result<void> remove_printed_card(storage::Database& database, Vault const& vault, Clock const& clock,
                                 std::string_view card_number) {
    auto update = TRY(database.prepare(
        "UPDATE auth_printed_card SET removed_us = $1 WHERE card_hash = $2 AND removed_us IS NULL"));
    return update.bind(1, to_micros(clock.now())).bind(2, printed_card_hash(vault, card_number)).run();
}

Result<std::optional<PatientId>> patient_of_printed_card(storage::Database& database, Vault const& vault,
                                                         std::string_view card_number) {
    auto query = TRY(database.prepare(
        "SELECT patient FROM auth_printed_card WHERE card_hash = $1 AND removed_us IS NULL"));
    query.bind(1, printed_card_hash(vault, card_number));
    if (!TRY(query.step()))
        return std::optional<PatientId>();
    return std::optional(PatientId(query.text(0)));
}

Result<void> printed_card_used(storage::Database& database, Vault const& vault, Clock const& clock,
                               std::string_view card_number) {
    auto update =
        TRY(database.prepare("UPDATE auth_printed_card SET last_used_us = $1 WHERE card_hash = $2"));
    return update.bind(1, to_micros(clock.now())).bind(2, printed_card_hash(vault, card_number)).run();
}

Result<std::vector<PrintedCardRow>> printed_cards_of(storage::Database& database, PatientId const& patient) {
    std::vector<PrintedCardRow> rows;
    auto query = TRY(database.prepare("SELECT id, added_us, last_used_us FROM auth_printed_card"
                                      " WHERE patient = $1 AND removed_us IS NULL ORDER BY id"));
    query.bind(1, patient.text());
    while (TRY(query.step()))
        rows.push_back({query.text(0), query.integer(1), query.integer(2)});
    return rows;
}

Result<bool> remove_printed_card_by_id(storage::Database& database, Clock const& clock,
                                       PatientId const& patient, std::string const& id) {
    auto update = TRY(database.prepare("UPDATE auth_printed_card SET removed_us = $1"
                                       " WHERE patient = $2 AND id = $3 AND removed_us IS NULL"));
    TRY(update.bind(1, to_micros(clock.now())).bind(2, patient.text()).bind(3, id).run());
    return database.changed_rows() > 0;
}

} // namespace portico::central
