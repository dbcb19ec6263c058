#include "central/operations/member_messages.h"

#include "central/auth/accounts.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

std::string message_place(std::string const& id) {
    return "member_message/" + id;
}

Error message_unknown() {
    return error(ErrorKind::NotFound, "message_unknown", "there is no such message");
}

} // namespace

Result<api::Messages> messages_of(storage::Database& database, Vault const& vault, PatientId const& patient) {
    auto query =
        TRY(database.prepare("SELECT operation, at_us, read_us, text_sealed FROM member_message"
                             " WHERE patient_hash = $1 ORDER BY at_us DESC, operation DESC LIMIT $2"));
    query.bind(1, ByteView(patient_hash(vault, patient))).bind(2, messages_shown_max);
    api::Messages messages;
    while (TRY(query.step())) {
        auto const id = query.text(0);
        auto text = TRY(open_text(vault, message_place(id), query.blob(3)));
        auto const read_us = query.integer(2);
        messages.messages.push_back({id, to_rfc3339(from_micros(query.integer(1))), std::move(text),
                                     read_us == 0 ? "" : to_rfc3339(from_micros(read_us))});
    }
    return messages;
}

Result<int> unread_messages_of(storage::Database& database, Vault const& vault, PatientId const& patient) {
    auto query = TRY(database.prepare(
        "SELECT coalesce(sum(CASE WHEN read_us = 0 THEN 1 ELSE 0 END), 0) FROM (SELECT read_us"
        " FROM member_message WHERE patient_hash = $1 ORDER BY at_us DESC, operation DESC LIMIT $2) AS "
        "shown"));
    query.bind(1, ByteView(patient_hash(vault, patient))).bind(2, messages_shown_max);
    TRY(query.step());
    return static_cast<int>(query.integer(0));
}

Result<void> set_message_read(storage::Database& database, Vault const& vault, PatientId const& patient,
                              std::string const& message, UtcTime now) {
    if (!is_uuid_v7(message))
        return message_unknown();
    auto const hash = patient_hash(vault, patient);
    auto query = TRY(
        database.prepare("SELECT read_us FROM member_message WHERE patient_hash = $1 AND operation = $2"));
    query.bind(1, ByteView(hash)).bind(2, message);
    if (!TRY(query.step()))
        return message_unknown();
    if (query.integer(0) != 0)
        return ok();
    query.reset();
    auto update = TRY(database.prepare(
        "UPDATE member_message SET read_us = $3 WHERE patient_hash = $1 AND operation = $2"));
    return update.bind(1, ByteView(hash)).bind(2, message).bind(3, to_micros(now)).run();
}

Result<void> keep_message(storage::Database& database, Vault const& vault, PatientId const& patient,
                          NewMessage const& message) {
    auto insert = TRY(database.prepare("INSERT INTO member_message (patient_hash, operation, at_us, read_us,"
                                       " text_sealed) VALUES ($1, $2, $3, 0, $4)"));
    insert.bind(1, ByteView(patient_hash(vault, patient))).bind(2, message.operation);
    insert.bind(3, to_micros(message.at));
    return insert.bind(4, ByteView(seal_text(vault, message_place(message.operation), message.text))).run();
}

Result<std::int64_t> messages_since(storage::Database& database, Vault const& vault, PatientId const& patient,
                                    UtcTime since) {
    auto query =
        TRY(database.prepare("SELECT count(*) FROM member_message WHERE patient_hash = $1 AND at_us > $2"));
    query.bind(1, ByteView(patient_hash(vault, patient))).bind(2, to_micros(since));
    TRY(query.step());
    return query.integer(0);
}

} // namespace portico::central
