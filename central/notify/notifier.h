#pragma once

#include "central/notify/mail_texts.h"
#include "central/operations/staff_queue.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// Where a person can be told something.
struct AddressesOnFile {
    std::vector<std::string> emails;
    std::vector<std::string> postal; ///< one text each, parts joined by a comma
    std::string language;            ///< BCP 47
};

/// A mail that waits to be sent.
struct WaitingMail {
    std::string id;
    std::string to;
    std::string subject;
    std::string text;
    std::int64_t tries = 0;
    std::int64_t claimed_until_us = 0; ///< nobody else sends it before then
};

/// "Every address on file is told": writes mails into the store inside the transaction of the change they
/// tell of, sealed; `MailSender` sends them. A mail says what happened and how to object, nothing else
/// personal. What goes to a postal address stands in the staff queue as a letter to send.
///
/// Any number of nodes may send: each mail is claimed in the store first, for `claim_s`. A node that dies
/// with a claim loses nothing, another sends that mail when the claim has run out. So a mail is sent at least
/// once, and a second time only when a node ends between the mail server's word and its own record of it.
class Notifier {
public:
    /// How long a claim counts; longer than one try takes, clocks of two nodes a few seconds apart.
    static constexpr std::int64_t claim_s = 120;
    /// A mail that could not be sent so often goes to the staff queue.
    static constexpr std::int64_t tries_max = 12;

    Notifier(Clock& clock, Vault const& vault, StaffQueue const& queue, MailTexts texts,
             std::string plan_name)
        : clock_(clock), vault_(vault), queue_(queue), texts_(std::move(texts)),
          plan_name_(std::move(plan_name)) {}

    static Result<void> migrate(storage::Database& database);

    /// `message` is a family of mail.json: "contact_changed" has "mail.contact_changed.subject" and ".body".
    /// Errors: NotFound "message_unknown"; those of the store.
    Result<void> tell(storage::Database& database, AddressesOnFile const& addresses,
                      std::string const& message, std::map<std::string, std::string> values = {}) const;

    /// Whether there is a mail to claim.
    Result<bool> has_due(storage::Database& database) const;
    /// The oldest whose time has come, claimed; inside the caller's write transaction. Nothing when there is
    /// none.
    Result<std::optional<WaitingMail>> claim(storage::Database& database) const;
    Result<void> sent(storage::Database& database, std::string const& id) const;
    /// Tries later, with growing pauses; after `tries_max` it goes to the staff queue instead. Nothing
    /// happens when the claim ran out and the mail is another's by now.
    Result<void> failed(storage::Database& database, WaitingMail const& mail, std::string const& why) const;

private:
    Clock& clock_;
    Vault const& vault_;
    StaffQueue const& queue_;
    MailTexts texts_;
    std::string plan_name_;
};

} // namespace portico::central
