#include "central/notify/notifier.h"

#include "shared/api/json.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t first_pause_s = 30;
constexpr std::int64_t pause_max_s = std::int64_t{6} * 3600;

/// As it is sealed.
struct MailBody {
    std::string to;
    std::string subject;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(MailBody, (), (to, subject, text))

std::string seal_context(std::string const& id) {
    return "outbox_mail/" + id;
}

} // namespace

Result<void> Notifier::migrate(storage::Database& database) {
    return storage::migrate(database, "notify", {{"notify", 1, R"(
        CREATE TABLE outbox_mail (
            id TEXT PRIMARY KEY, body_sealed BLOB NOT NULL, made_us INTEGER NOT NULL,
            next_try_us INTEGER NOT NULL, tries INTEGER NOT NULL) STRICT;
        CREATE INDEX outbox_mail_due ON outbox_mail (next_try_us);
    )"}});
}

Result<void> Notifier::tell(storage::Database& database, AddressesOnFile const& addresses,
                            std::string const& message, std::map<std::string, std::string> values) const {
    values.emplace("plan", plan_name_);
    auto const say = [&](std::string const& id) {
        return texts_.text(addresses.language, "mail." + id, values);
    };
    auto const subject = TRY(say(message + ".subject"));
    auto const text = TRY(say("greeting")) + "\n\n" + TRY(say(message + ".body")) + "\n\n" +
                      TRY(say("not_you")) + "\n\n" + TRY(say("never_ask")) + "\n\n" + TRY(say("plan")) + "\n";
    auto const now_us = to_micros(clock_.now());
    for (auto const& to : addresses.emails) {
        auto const id = make_uuid_v7(clock_);
        auto const body = crypto::seal_record(vault_.records, seal_context(id),
                                              as_bytes(api::to_json(MailBody{to, subject, text})));
        auto insert =
            TRY(database.prepare("INSERT INTO outbox_mail (id, body_sealed, made_us, next_try_us, tries)"
                                 " VALUES ($1, $2, $3, $3, 0)"));
        TRY(insert.bind(1, id).bind(2, ByteView(body)).bind(3, now_us).run());
    }
    for (auto const& to : addresses.postal)
        TRY(queue_.add(database, {"", "send_letter", "", "", message, to, 0, 0, ""}));
    return ok();
}

Result<bool> Notifier::has_due(storage::Database& database) const {
    auto query = TRY(database.prepare("SELECT 1 FROM outbox_mail WHERE next_try_us <= $1 LIMIT 1"));
    query.bind(1, to_micros(clock_.now()));
    return query.step();
}

Result<std::optional<WaitingMail>> Notifier::claim(storage::Database& database) const {
    auto const now_us = to_micros(clock_.now());
    auto query = TRY(database.prepare("SELECT id, body_sealed, tries FROM outbox_mail WHERE next_try_us <= $1"
                                      " ORDER BY next_try_us, id LIMIT 1"));
    query.bind(1, now_us);
    if (!TRY(query.step()))
        return std::optional<WaitingMail>();
    auto const id = query.text(0);
    auto const plain = TRY(crypto::open_record(vault_.records, seal_context(id), query.blob(1)));
    auto body = TRY(api::from_json<MailBody>(as_text(plain), api::UnknownFields::Refuse));
    WaitingMail mail{id, body.to, body.subject, body.text, query.integer(2), now_us + claim_s * second_us};
    query.reset();
    // The claim is the time of the next try: it moves with each claim, so it also says whose claim stands.
    auto update = TRY(database.prepare("UPDATE outbox_mail SET next_try_us = $2 WHERE id = $1"));
    TRY(update.bind(1, mail.id).bind(2, mail.claimed_until_us).run());
    return std::optional(std::move(mail));
}

Result<void> Notifier::sent(storage::Database& database, std::string const& id) const {
    auto remove = TRY(database.prepare("DELETE FROM outbox_mail WHERE id = $1"));
    return remove.bind(1, id).run();
}

Result<void> Notifier::failed(storage::Database& database, WaitingMail const& mail,
                              std::string const& why) const {
    auto claim = TRY(database.prepare("SELECT 1 FROM outbox_mail WHERE id = $1 AND next_try_us = $2"));
    claim.bind(1, mail.id).bind(2, mail.claimed_until_us);
    if (!TRY(claim.step()))
        return ok();
    claim.reset();
    auto const tries = mail.tries + 1;
    if (tries >= tries_max) {
        TRY(queue_.add(database, {"", "mail_undeliverable", "", "", why, mail.to, 0, 0, ""}));
        return sent(database, mail.id);
    }
    auto const pause_s = std::min(pause_max_s, first_pause_s << std::min<std::int64_t>(mail.tries, 20));
    auto update = TRY(database.prepare("UPDATE outbox_mail SET tries = $2, next_try_us = $3 WHERE id = $1"));
    return update.bind(1, mail.id)
        .bind(2, tries)
        .bind(3, to_micros(clock_.now()) + pause_s * second_us)
        .run();
}

} // namespace portico::central
