#pragma once

#include "central/notify/outbox_sender.h"
#include "central/settings.h"

#include <filesystem>
#include <memory>
#include <string>

namespace portico::central {

/// Hands one text to the plan's gateway by Kannel's sendsms interface (Kannel 1.4.5 user's guide, "Running
/// the SMS gateway: using the HTTP interface to send SMS messages"): a POST, so that neither password nor
/// text stands in an address that somebody logs. Blocks. What the gateway takes may wait there until
/// `minutes_valid` are over. Errors: Unavailable "text_unreachable" or "text_refused_now" (try again);
/// Refused "text_refused" (this number gets none), "text_login_refused" (name or password are not the
/// gateway's).
Result<void> send_text(TextSettings const& settings, std::string const& password, WaitingMessage const& text,
                       std::int64_t minutes_valid);

/// Sends the texts that wait. `data` is where a relative password file is looked for. Errors: NotFound
/// "text_password_missing".
Result<std::unique_ptr<OutboxSender>>
start_text_sender(OutboxSender::Parts const& parts, TextSettings settings, std::filesystem::path const& data);

} // namespace portico::central
