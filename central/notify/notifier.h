#pragma once

#include "central/notify/mail_texts.h"
#include "central/notify/outbox.h"
#include "central/operations/staff_queue.h"
#include "shared/base/secret.h"

#include <map>
#include <string>
#include <vector>

namespace portico::central {

/// Where a person can be told something.
struct AddressesOnFile {
    std::vector<std::string> emails;
    std::vector<std::string> postal; ///< one text each, parts joined by a comma
    std::string language;            ///< BCP 47
};

/// A one-time code on its way to whoever it is for.
struct CodeOnItsWay {
    MessageChannel channel = MessageChannel::Text;
    std::string to;       ///< a mail address, or a number in E.164
    std::string language; ///< BCP 47
    Secret code;
    int minutes = 0;             ///< how long it works
    std::int64_t expires_us = 0; ///< it is not sent later
    std::string about;           ///< as OutboxMessage
    /// A family of mail.json that has ".subject", ".body" and ".text".
    std::string message = "caller_code";
};

/// "Every address on file is told": writes mails and texts into the outbox, inside the transaction of the
/// change they tell of. A mail says what happened and how to object, nothing else personal. What goes to a
/// postal address stands in the staff queue as a letter to send.
class Notifier {
public:
    Notifier(Clock& clock, Vault const& vault, StaffQueue const& queue, MailTexts texts,
             std::string plan_name)
        : outbox_(clock, vault, queue), queue_(queue), texts_(std::move(texts)),
          plan_name_(std::move(plan_name)) {}

    /// `message` is a family of mail.json: "contact_changed" has "mail.contact_changed.subject" and ".body".
    /// Errors: NotFound "message_unknown"; those of the store.
    Result<void> tell(storage::Database& database, AddressesOnFile const& addresses,
                      std::string const& message, std::map<std::string, std::string> values = {}) const;
    /// That a message waits at a kiosk, and nothing of it ("mail.message_waits"). Errors: those of the store.
    Result<void> tell_of_message(storage::Database& database, std::string const& email,
                                 std::string const& language) const;
    /// The code, in the words of its message. Errors: those of the store.
    Result<void> send_code(storage::Database& database, CodeOnItsWay const& code) const;

    Outbox& outbox() { return outbox_; }
    Outbox const& outbox() const { return outbox_; }

private:
    Result<OutboxMessage> mail(std::string const& language, std::string const& message,
                               std::map<std::string, std::string> values) const;

    Outbox outbox_;
    StaffQueue const& queue_;
    MailTexts texts_;
    std::string plan_name_;
};

} // namespace portico::central
