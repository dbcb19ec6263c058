#include "central/notify/mail_sender.h"

#include "shared/base/encoding.h"
#include "shared/base/out_of_memory.h"
#include "shared/base/uuid.h"

#include <cstdio>
#include <ctime>
#include <curl/curl.h>
#include <fstream>
#include <iterator>

namespace portico::central {

namespace {

constexpr long connect_timeout_s = 10;
constexpr long total_timeout_s = 30;
// A claim outlasts its try by far.
static_assert(Notifier::claim_s >= 4 * total_timeout_s);
constexpr std::size_t base64_line = 76;

/// RFC 2047 for what is not ASCII.
std::string header_word(std::string const& text) {
    bool const plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    return plain ? text : "=?UTF-8?B?" + to_base64(as_bytes(text)) + "?=";
}

std::string message_of(MailSettings const& settings, WaitingMail const& mail, std::string const& date) {
    auto const domain = settings.from.substr(settings.from.find('@') + 1);
    std::string text = "Date: " + date + "\r\nFrom: <" + settings.from + ">\r\nTo: <" + mail.to +
                       ">\r\nSubject: " + header_word(mail.subject) + "\r\nMessage-ID: <" + mail.id + "@" +
                       domain +
                       ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                       "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    auto const body = to_base64(as_bytes(mail.text));
    for (std::size_t i = 0; i < body.size(); i += base64_line)
        text += body.substr(i, base64_line) + "\r\n";
    return text;
}

struct Upload {
    std::string const* text;
    std::size_t done;
};
std::size_t give(char* to, std::size_t size, std::size_t count, void* user) {
    auto* upload = static_cast<Upload*>(user);
    auto const part = std::min(size * count, upload->text->size() - upload->done);
    upload->text->copy(to, part, upload->done);
    upload->done += part;
    return part;
}

std::string rfc5322(UtcTime now) {
    auto const seconds = static_cast<std::time_t>(to_micros(now) / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S +0000", &parts)};
}

} // namespace

Result<void> send_mail(MailSettings const& settings, std::string const& password, WaitingMail const& mail,
                       std::string const& date_rfc5322) {
    std::unique_ptr<CURL, void (*)(CURL*)> const curl(curl_easy_init(), curl_easy_cleanup);
    auto const message = message_of(settings, mail, date_rfc5322);
    Upload upload{&message, 0};
    auto const url = "smtp://" + settings.host + ":" + std::to_string(settings.port);
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> const to(
        curl_slist_append(nullptr, ("<" + mail.to + ">").c_str()), curl_slist_free_all);
    auto* handle = curl.get();
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp");
    curl_easy_setopt(handle, CURLOPT_USE_SSL, settings.tls ? long{CURLUSESSL_ALL} : long{CURLUSESSL_NONE});
    if (!settings.authority_file.empty())
        curl_easy_setopt(handle, CURLOPT_CAINFO, settings.authority_file.c_str());
    if (!settings.username.empty()) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, settings.username.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, password.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ("<" + settings.from + ">").c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(handle, CURLOPT_READDATA, &upload);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, total_timeout_s);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    auto const code = curl_easy_perform(handle);
    if (code == CURLE_OK)
        return ok();
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 500)
        return error(ErrorKind::Refused, "mail_refused",
                     "the mail server refused with " + std::to_string(status));
    if (status >= 400)
        return error(ErrorKind::Unavailable, "mail_refused_now",
                     "the mail server asks to try later, " + std::to_string(status));
    return error(ErrorKind::Unavailable, "mail_unreachable", curl_easy_strerror(code));
}

Result<std::unique_ptr<MailSender>> MailSender::start(Clock& clock, Store& store, Notifier const& notifier,
                                                      MailSettings settings,
                                                      std::filesystem::path const& data) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    Secret password;
    if (!settings.password_file.empty()) {
        std::ifstream stream(data / settings.password_file);
        std::string line;
        if (!std::getline(stream, line))
            return error(ErrorKind::NotFound, "mail_password_missing",
                         "cannot read mail.password_file " + (data / settings.password_file).string());
        password = Secret(line);
        wipe(line);
    }
    return std::unique_ptr<MailSender>(
        new MailSender(clock, store, notifier, std::move(settings), std::move(password)));
}

MailSender::MailSender(Clock& clock, Store& store, Notifier const& notifier, MailSettings settings,
                       Secret password)
    : clock_(clock), store_(store), notifier_(notifier), settings_(std::move(settings)),
      password_(std::move(password)), thread_([this] { run(); }) {}

MailSender::~MailSender() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

Result<bool> MailSender::send_one() {
    auto const begun = clock_.monotonic();
    // Looking costs no write: most looks find nothing.
    if (!TRY(store_.read<bool>([&](storage::Database& database) { return notifier_.has_due(database); })))
        return false;
    auto const mail = TRY(store_.write_value<std::optional<WaitingMail>>(
        [&](storage::Database& database) { return notifier_.claim(database); }));
    if (!mail)
        return false; // another node was faster
    // A node that stood still since: the mail may be another's by now, whoever claimed it sends it.
    if (clock_.monotonic() - begun > std::chrono::seconds(Notifier::claim_s - total_timeout_s))
        return true;
    std::string password(password_.reveal());
    auto const outcome = send_mail(settings_, password, *mail, rfc5322(clock_.now()));
    wipe(password);
    TRY(store_.write([&](storage::Database& database) -> Result<void> {
        if (outcome.has_value())
            return notifier_.sent(database, mail->id);
        auto last_try = *mail;
        if (outcome.error().kind == ErrorKind::Refused)
            last_try.tries = Notifier::tries_max;
        return notifier_.failed(database, last_try, outcome.error().reason);
    }));
    return true;
}

Result<void> MailSender::send_due() {
    while (TRY(send_one())) {
        std::lock_guard const lock(guard_);
        if (stopping_)
            break;
    }
    return ok();
}

void MailSender::run() {
    std::unique_lock lock(guard_);
    while (!stopping_) {
        lock.unlock();
        auto const outcome = or_out_of_memory([&] { return send_due(); });
        if (outcome.has_error())
            static_cast<void>(
                std::fprintf(stderr, "portico-central: mail: %s\n", outcome.error().message.c_str()));
        lock.lock();
        wake_.wait_for(lock, std::chrono::seconds(look_period_s), [&] { return stopping_; });
    }
}

} // namespace portico::central
