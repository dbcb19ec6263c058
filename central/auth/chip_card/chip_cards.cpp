#include "central/auth/chip_card/chip_cards.h"

namespace portico::central {

namespace {

constexpr std::string_view card_columns =
    "SELECT serial, id, patient, issued_us, not_after_us, activated_us, removed_us, revoked_us, last_used_us"
    " FROM auth_chip_card ";

ChipCardRow read(storage::Statement const& query) {
    return {query.text(0),    query.text(1),    PatientId(query.text(2)), query.integer(3), query.integer(4),
            query.integer(5), query.integer(6), query.integer(7),         query.integer(8)};
}

} // namespace

Result<void> add_chip_card_row(storage::Database& database, ChipCardRow const& row,
                               ByteView certificate_hash) {
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_chip_card (serial, id, patient, certificate_hash, issued_us, not_after_us)"
        " VALUES ($1, $2, $3, $4, $5, $6)"));
    insert.bind(1, row.serial).bind(2, row.id).bind(3, row.patient.text()).bind(4, certificate_hash);
    return insert.bind(5, row.issued_us).bind(6, row.not_after_us).run();
}

Result<std::optional<ChipCardRow>> find_chip_card(storage::Database& database, ByteView certificate_hash) {
    auto query = TRY(database.prepare(std::string(card_columns) + "WHERE certificate_hash = $1"));
    query.bind(1, certificate_hash);
    if (!TRY(query.step()))
        return std::optional<ChipCardRow>();
    return std::optional(read(query));
}

Result<std::vector<ChipCardRow>> chip_cards_of(storage::Database& database, PatientId const& patient) {
    std::vector<ChipCardRow> rows;
    auto query = TRY(database.prepare(std::string(card_columns) + "WHERE patient = $1 ORDER BY id"));
    query.bind(1, patient.text());
    while (TRY(query.step()))
        rows.push_back(read(query));
    return rows;
}

Result<void> activate_chip_card(storage::Database& database, Clock const& clock, std::string const& serial) {
    auto update = TRY(database.prepare("UPDATE auth_chip_card SET activated_us = $1, removed_us = NULL"
                                       " WHERE serial = $2 AND revoked_us IS NULL"));
    TRY(update.bind(1, to_micros(clock.now())).bind(2, serial).run());
    return database.changed_rows() > 0
               ? Result<void>(ok())
               : error(ErrorKind::Refused, "chip_card_revoked", "the card was revoked");
}

Result<void> chip_card_used(storage::Database& database, Clock const& clock, std::string const& serial) {
    auto update = TRY(database.prepare("UPDATE auth_chip_card SET last_used_us = $1 WHERE serial = $2"));
    return update.bind(1, to_micros(clock.now())).bind(2, serial).run();
}

Result<bool> remove_chip_card(storage::Database& database, Clock const& clock, PatientId const& patient,
                              std::string const& id) {
    auto update = TRY(database.prepare("UPDATE auth_chip_card SET removed_us = $1"
                                       " WHERE patient = $2 AND id = $3 AND removed_us IS NULL"));
    TRY(update.bind(1, to_micros(clock.now())).bind(2, patient.text()).bind(3, id).run());
    return database.changed_rows() > 0;
}

Result<void> revoke_used_chip_cards(storage::Database& database, Clock const& clock,
                                    PatientId const& patient) {
    auto update = TRY(database.prepare("UPDATE auth_chip_card SET revoked_us = $1 WHERE patient = $2"
                                       " AND activated_us IS NOT NULL AND revoked_us IS NULL"));
    return update.bind(1, to_micros(clock.now())).bind(2, patient.text()).run();
}

} // namespace portico::central
