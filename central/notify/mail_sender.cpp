#include "central/notify/mail_sender.h"

#include "central/notify/password_file.h"
#include "shared/base/encoding.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <curl/curl.h>

namespace portico::central {

namespace {

constexpr long connect_timeout_s = 10;
constexpr long total_timeout_s = OutboxSender::try_max_s;
constexpr std::size_t base64_line = 76;

/// RFC 2047 for what is not ASCII.
std::string header_word(std::string const& text) {
    bool const plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    return plain ? text : "=?UTF-8?B?" + to_base64(as_bytes(text)) + "?=";
}

std::string message_of(MailSettings const& settings, WaitingMessage const& mail, std::string const& date) {
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

Result<void> send_mail(MailSettings const& settings, std::string const& password, WaitingMessage const& mail,
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

Result<std::unique_ptr<OutboxSender>> start_mail_sender(OutboxSender::Parts const& parts,
                                                        MailSettings settings,
                                                        std::filesystem::path const& data) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    auto const password = std::make_shared<Secret>(
        TRY(read_password(data, settings.password_file, "mail.password_file", "mail_password_missing")));
    auto& clock = parts.clock;
    auto deliver = [&clock, settings = std::move(settings), password](WaitingMessage const& mail) {
        std::string plain(password->reveal());
        auto outcome = send_mail(settings, plain, mail, rfc5322(clock.now()));
        wipe(plain);
        return outcome;
    };
    return std::make_unique<OutboxSender>(parts, MessageChannel::Mail, std::move(deliver));
}

} // namespace portico::central
