#pragma once

#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/crypto/sealing.h"
#include "shared/storage/database.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// Where a person can be told something.
struct AddressesOnFile {
    std::vector<std::string> emails;
    std::vector<std::string> postal; ///< one text each, lines joined by a comma
    std::string language;            ///< BCP 47
};

/// "Every address on file is told": writes messages into the store inside the transaction of the change they
/// tell of; `MailSender` sends them. A message names what happened and how to object, nothing else personal.
class Notifier {
public:
    Notifier(Clock& clock, crypto::RecordKey const& records, std::string plan_name)
        : clock_(clock), records_(records.derive("portico mail 1")), plan_name_(std::move(plan_name)) {}

    static Result<void> migrate(storage::Database& database);

    /// `message` is a family of the mail catalog (assets/messages/<language>/mail.json), such as
    /// "contact_changed": its "mail.<message>.subject" and ".body". Each email gets a mail; each postal
    /// address a letter in the staff queue.
    Result<void> tell(storage::Database& database, AddressesOnFile const& addresses, std::string_view message,
                      std::map<std::string, std::string> const& values = {}) const;

private:
    Clock& clock_;
    crypto::RecordKey records_;
    std::string plan_name_;
};

} // namespace portico::central
