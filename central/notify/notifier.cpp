#include "central/notify/notifier.h"

namespace portico::central {

Result<OutboxMessage> Notifier::mail(std::string const& language, std::string const& message,
                                     std::map<std::string, std::string> values) const {
    values.emplace("plan", plan_name_);
    auto const say = [&](std::string const& id) { return texts_.text(language, "mail." + id, values); };
    OutboxMessage made;
    made.subject = TRY(say(message + ".subject"));
    made.text = TRY(say("greeting")) + "\n\n" + TRY(say(message + ".body")) + "\n\n" + TRY(say("not_you")) +
                "\n\n" + TRY(say("never_ask")) + "\n\n" + TRY(say("plan")) + "\n";
    return made;
}

Result<void> Notifier::tell(storage::Database& database, AddressesOnFile const& addresses,
                            std::string const& message, std::map<std::string, std::string> values) const {
    auto made = TRY(mail(addresses.language, message, std::move(values)));
    for (auto const& to : addresses.emails) {
        made.to = to;
        TRY(outbox_.add(database, made));
    }
    for (auto const& to : addresses.postal)
        TRY(queue_.add(database, {"", "send_letter", "", "", message, to, 0, 0, ""}));
    return ok();
}

Result<void> Notifier::tell_of_message(storage::Database& database, std::string const& email,
                                       std::string const& language) const {
    std::map<std::string, std::string> const values{{"plan", plan_name_}};
    auto const say = [&](std::string const& id) { return texts_.text(language, "mail." + id, values); };
    OutboxMessage made;
    made.to = email;
    made.subject = TRY(say("message_waits.subject"));
    // Nobody did anything that the reader could have done: no word of "if it was not you".
    made.text = TRY(say("greeting")) + "\n\n" + TRY(say("message_waits.body")) + "\n\n" +
                TRY(say("never_ask")) + "\n\n" + TRY(say("plan")) + "\n";
    return outbox_.add(database, made);
}

Result<void> Notifier::send_code(storage::Database& database, CodeOnItsWay const& code) const {
    std::map<std::string, std::string> const values{{"code", std::string(code.code.reveal())},
                                                    {"minutes", std::to_string(code.minutes)},
                                                    {"plan", plan_name_}};
    OutboxMessage made;
    if (code.channel == MessageChannel::Mail)
        made = TRY(mail(code.language, code.message, values));
    else
        made.text = TRY(texts_.text(code.language, "mail." + code.message + ".text", values));
    made.channel = code.channel;
    made.to = code.to;
    made.expires_us = code.expires_us;
    made.about = code.about;
    return outbox_.add(database, made);
}

} // namespace portico::central
