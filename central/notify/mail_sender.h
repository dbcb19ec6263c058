#pragma once

#include "central/notify/notifier.h"
#include "central/settings.h"
#include "central/store/store.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace portico::central {

/// Hands one mail to the plan's mail server. Blocks. Errors: Unavailable "mail_unreachable" or
/// "mail_refused_now" (try again); Refused "mail_refused" (the server will never take it).
Result<void> send_mail(MailSettings const& settings, std::string const& password, WaitingMail const& mail,
                       std::string const& date_rfc5322);

/// Sends what the notifier wrote, on a thread of its own, until it is destroyed. Each node may have one: see
/// `Notifier` for how they share the work.
class MailSender {
public:
    static constexpr int look_period_s = 2;

    /// `data` is where a relative password file is looked for. Errors: NotFound "mail_password_missing".
    static Result<std::unique_ptr<MailSender>> start(Clock& clock, Store& store, Notifier const& notifier,
                                                     MailSettings settings,
                                                     std::filesystem::path const& data);
    MailSender(MailSender const&) = delete;
    MailSender& operator=(MailSender const&) = delete;
    ~MailSender();

private:
    MailSender(Clock& clock, Store& store, Notifier const& notifier, MailSettings settings, Secret password);
    void run();
    /// False when there was nothing to send.
    Result<bool> send_one();
    Result<void> send_due();

    Clock& clock_;
    Store& store_;
    Notifier const& notifier_;
    MailSettings settings_;
    Secret password_;
    std::mutex guard_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace portico::central
