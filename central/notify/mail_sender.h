#pragma once

#include "central/notify/outbox_sender.h"
#include "central/settings.h"

#include <filesystem>
#include <memory>
#include <string>

namespace portico::central {

/// Hands one mail to the plan's mail server. Blocks. Errors: Unavailable "mail_unreachable" or
/// "mail_refused_now" (try again); Refused "mail_refused" (the server will never take it).
Result<void> send_mail(MailSettings const& settings, std::string const& password, WaitingMessage const& mail,
                       std::string const& date_rfc5322);

/// Sends the mails that wait. `data` is where a relative password file is looked for. Errors: NotFound
/// "mail_password_missing".
Result<std::unique_ptr<OutboxSender>>
start_mail_sender(OutboxSender::Parts const& parts, MailSettings settings, std::filesystem::path const& data);

} // namespace portico::central
