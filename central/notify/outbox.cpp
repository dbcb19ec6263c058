#include "central/notify/outbox.h"

#include "shared/api/json.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::int64_t first_pause_s = 30;
constexpr std::int64_t pause_max_s = std::int64_t{6} * 3600;

/// As it is sealed.
struct MessageBody {
    std::string to;
    std::string subject;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(MessageBody, (), (to, subject, text))

/// Bears the name that the table had first: what is sealed already stays readable.
std::string seal_context(std::string const& id) {
    return "outbox_mail/" + id;
}

std::int64_t pause_of(WaitingMessage const& message) {
    if (message.expires_us != 0)
        return Outbox::perishable_pause_s;
    return std::min(pause_max_s, first_pause_s << std::min<std::int64_t>(message.tries, 20));
}

} // namespace

std::string_view name(MessageChannel channel) {
    return channel == MessageChannel::Mail ? "mail" : "text";
}

Result<void> Outbox::migrate(storage::Database& database) {
    return storage::migrate(database, "notify",
                            {{"notify", 1, R"(
        CREATE TABLE outbox_mail (
            id TEXT PRIMARY KEY, body_sealed BLOB NOT NULL, made_us INTEGER NOT NULL,
            next_try_us INTEGER NOT NULL, tries INTEGER NOT NULL) STRICT;
        CREATE INDEX outbox_mail_due ON outbox_mail (next_try_us);
    )"},
                             // Texts beside mails. An older program would send them as mails.
                             {"notify", 2, R"(
        ALTER TABLE outbox_mail RENAME TO outbox_message;
        ALTER TABLE outbox_message ADD COLUMN channel TEXT NOT NULL DEFAULT 'mail';
        ALTER TABLE outbox_message ADD COLUMN expires_us INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox_message ADD COLUMN about TEXT NOT NULL DEFAULT '';
        DROP INDEX outbox_mail_due;
        CREATE INDEX outbox_message_due ON outbox_message (channel, next_try_us);
    )"}});
}

Result<void> Outbox::add(storage::Database& database, OutboxMessage const& message) const {
    auto const id = make_uuid_v7(clock_);
    auto const body =
        crypto::seal_record(vault_.records, seal_context(id),
                            as_bytes(api::to_json(MessageBody{message.to, message.subject, message.text})));
    auto insert = TRY(database.prepare("INSERT INTO outbox_message (id, body_sealed, made_us, next_try_us,"
                                       " tries, channel, expires_us, about)"
                                       " VALUES ($1, $2, $3, $3, 0, $4, $5, $6)"));
    insert.bind(1, id).bind(2, ByteView(body)).bind(3, to_micros(clock_.now()));
    insert.bind(4, name(message.channel)).bind(5, message.expires_us).bind(6, message.about);
    return insert.run();
}

Result<bool> Outbox::has_due(storage::Database& database, MessageChannel channel) const {
    auto query = TRY(
        database.prepare("SELECT 1 FROM outbox_message WHERE channel = $1 AND next_try_us <= $2 LIMIT 1"));
    query.bind(1, name(channel)).bind(2, to_micros(clock_.now()));
    return query.step();
}

Result<bool> Outbox::is_worthless(storage::Database& database, WaitingMessage const& message) const {
    if (message.expires_us != 0 && to_micros(clock_.now()) >= message.expires_us)
        return true;
    return !message.about.empty() && listener_.is_wanted &&
           !TRY(listener_.is_wanted(database, message.about));
}

Result<std::optional<WaitingMessage>> Outbox::claim(storage::Database& database,
                                                    MessageChannel channel) const {
    auto const now_us = to_micros(clock_.now());
    while (true) {
        auto query = TRY(
            database.prepare("SELECT id, body_sealed, tries, expires_us, about FROM outbox_message"
                             " WHERE channel = $1 AND next_try_us <= $2 ORDER BY next_try_us, id LIMIT 1"));
        query.bind(1, name(channel)).bind(2, now_us);
        if (!TRY(query.step()))
            return std::optional<WaitingMessage>();
        WaitingMessage message;
        message.id = query.text(0);
        auto const plain = TRY(crypto::open_record(vault_.records, seal_context(message.id), query.blob(1)));
        auto body = TRY(api::from_json<MessageBody>(as_text(plain), api::UnknownFields::Refuse));
        message.to = std::move(body.to);
        message.subject = std::move(body.subject);
        message.text = std::move(body.text);
        message.tries = query.integer(2);
        message.expires_us = query.integer(3);
        message.about = query.text(4);
        query.reset();
        if (TRY(is_worthless(database, message))) {
            TRY(give_up(database, message, "too_late"));
            continue;
        }
        // The claim is the time of the next try: it moves with each claim, so it also says whose claim
        // stands.
        message.claimed_until_us = now_us + claim_s * second_us;
        auto update = TRY(database.prepare("UPDATE outbox_message SET next_try_us = $2 WHERE id = $1"));
        TRY(update.bind(1, message.id).bind(2, message.claimed_until_us).run());
        return std::optional(std::move(message));
    }
}

Result<void> Outbox::sent(storage::Database& database, std::string const& id) const {
    auto remove = TRY(database.prepare("DELETE FROM outbox_message WHERE id = $1"));
    return remove.bind(1, id).run();
}

Result<void> Outbox::give_up(storage::Database& database, WaitingMessage const& message,
                             std::string const& why) const {
    if (message.about.empty())
        TRY(queue_.add(database, {"", "mail_undeliverable", "", "", why, message.to, 0, 0, ""}));
    else if (listener_.lost)
        TRY(listener_.lost(database, message.about));
    return sent(database, message.id);
}

Result<void> Outbox::failed(storage::Database& database, WaitingMessage const& message,
                            Failed const& failure) const {
    auto claim = TRY(database.prepare("SELECT 1 FROM outbox_message WHERE id = $1 AND next_try_us = $2"));
    claim.bind(1, message.id).bind(2, message.claimed_until_us);
    if (!TRY(claim.step()))
        return ok();
    claim.reset();
    auto const tries = message.tries + 1;
    auto const next_us = to_micros(clock_.now()) + pause_of(message) * second_us;
    bool const perishable = message.expires_us != 0;
    bool const too_late = perishable ? next_us >= message.expires_us : tries >= tries_max;
    if (failure.how == Failure::ForGood || too_late)
        return give_up(database, message, failure.why);
    auto update =
        TRY(database.prepare("UPDATE outbox_message SET tries = $2, next_try_us = $3 WHERE id = $1"));
    return update.bind(1, message.id).bind(2, tries).bind(3, next_us).run();
}

} // namespace portico::central
