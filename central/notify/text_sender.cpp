#include "central/notify/text_sender.h"

#include "central/notify/password_file.h"
#include "shared/base/clock.h"

#include <algorithm>
#include <curl/curl.h>

namespace portico::central {

namespace {

constexpr std::size_t answer_max = 1024;
constexpr long accepted = 202;
constexpr long forbidden = 403;

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;
using Headers = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

/// 3GPP TS 23.038: ASCII without these is in the alphabet of seven bits, one unit a character. All else is
/// sent in sixteen.
bool fits_seven_bits(std::string const& text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c >= 0x20 && c < 0x7F && std::string_view("`[\\]^{|}~").find(c) == std::string_view::npos;
    });
}

std::size_t keep_answer(char* from, std::size_t size, std::size_t count, void* user) {
    auto& answer = *static_cast<std::string*>(user);
    answer.append(from, std::min(size * count, answer_max - std::min(answer_max, answer.size())));
    return size * count;
}

Headers headers_of(TextSettings const& settings, std::string const& password, WaitingMessage const& text,
                   std::int64_t minutes_valid) {
    Headers list(nullptr, curl_slist_free_all);
    auto const add = [&](std::string line) {
        auto* longer = curl_slist_append(list.get(), line.c_str());
        wipe(line);
        if (longer == nullptr)
            return;
        static_cast<void>(list.release());
        list.reset(longer);
    };
    add("Content-Type: text/plain; charset=UTF-8");
    add("X-Kannel-Username: " + settings.username);
    add("X-Kannel-Password: " + password);
    add("X-Kannel-From: " + settings.from);
    add("X-Kannel-To: " + text.to);
    add(std::string("X-Kannel-Coding: ") + (fits_seven_bits(text.text) ? "0" : "2"));
    add("X-Kannel-Validity: " + std::to_string(minutes_valid));
    add("Expect:"); // the body is small: no round trip before it
    return list;
}

Result<void> outcome_of(long status, std::string const& answer) {
    if (status == accepted)
        return ok();
    auto const said = std::to_string(status);
    if (status == forbidden && answer.rfind("Authorization failed", 0) == 0)
        return error(ErrorKind::Refused, "text_login_refused",
                     "the text gateway refuses central itself: text.username and text.password_file are not "
                     "those of its sendsms-user, or it may not come from this address");
    if (status >= 400 && status < 500)
        return error(ErrorKind::Refused, "text_refused",
                     "the text gateway takes no text for this number, " + said);
    return error(ErrorKind::Unavailable, "text_refused_now", "the text gateway asks to try later, " + said);
}

} // namespace

Result<void> send_text(TextSettings const& settings, std::string const& password, WaitingMessage const& text,
                       std::int64_t minutes_valid) {
    Handle const curl(curl_easy_init(), curl_easy_cleanup);
    auto* handle = curl.get();
    auto const headers = headers_of(settings, password, text, minutes_valid);
    std::string answer;
    curl_easy_setopt(handle, CURLOPT_URL, settings.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_PROXY, ""); // a code goes to the gateway and past nobody else
    if (!settings.authority_file.empty())
        curl_easy_setopt(handle, CURLOPT_CAINFO, settings.authority_file.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(text.text.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, text.text.c_str());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, keep_answer);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(settings.timeout_s));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    auto const code = curl_easy_perform(handle);
    if (code != CURLE_OK)
        return error(ErrorKind::Unavailable, "text_unreachable", curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return outcome_of(status, answer);
}

Result<std::unique_ptr<OutboxSender>> start_text_sender(OutboxSender::Parts const& parts,
                                                        TextSettings settings,
                                                        std::filesystem::path const& data) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    auto const password = std::make_shared<Secret>(
        TRY(read_password(data, settings.password_file, "text.password_file", "text_password_missing")));
    auto& clock = parts.clock;
    auto deliver = [&clock, settings = std::move(settings), password](WaitingMessage const& text) {
        auto const left_us = text.expires_us - to_micros(clock.now());
        std::string plain(password->reveal());
        auto outcome = send_text(settings, plain, text, std::max<std::int64_t>(1, left_us / minute_us));
        wipe(plain);
        return outcome;
    };
    return std::make_unique<OutboxSender>(parts, MessageChannel::Text, std::move(deliver));
}

} // namespace portico::central
