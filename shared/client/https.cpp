#include "shared/client/https.h"

#include "shared/base/encoding.h"
#include "shared/base/secret.h"
#include "shared/client/https_without_certificate.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <mutex>
#include <optional>
#include <vector>

namespace portico::client {

/// One curl handle in a multi of its own: `curl_multi_wakeup` is what ends a call from another thread.
struct HttpsLine {
    WithoutCertificate without; ///< used when there is none of ours
    CURLM* multi = curl_multi_init();
    CURL* easy = curl_easy_init();
    HttpsLine() = default;
    HttpsLine(HttpsLine const&) = delete;
    HttpsLine& operator=(HttpsLine const&) = delete;
    ~HttpsLine() {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }
};

namespace {

constexpr std::size_t idle_connections_max = 8;

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
    auto& body = *static_cast<std::string*>(target);
    if (body.size() + size * count > reply_bytes_max)
        return 0;
    body.append(data, size * count);
    return size * count;
}

/// What central carries out once however often it comes: reads, and what has an id of its own.
bool may_come_twice(HttpRequest const& request) {
    return !request.post || request.path == "/v1/operations" || request.path == "/v1/card-issues";
}

/// What is kept of a reply's head.
struct Head {
    std::time_t central_time = -1; ///< "Date:"
    bool whole = false;            ///< its empty last line has come
};

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) {
    std::string_view const line(data, size * count);
    constexpr std::string_view name = "date:";
    bool const is_date =
        line.size() > name.size() && std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
            return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
        });
    auto& head = *static_cast<Head*>(target);
    if (is_date)
        head.central_time = curl_getdate(std::string(line.substr(name.size())).c_str(), nullptr);
    head.whole = line == "\r\n";
    return size * count;
}

int quick_to_notice_a_cut(void*, curl_socket_t socket, curlsocktype) {
    unsigned const silence_ms = static_cast<unsigned>(std::chrono::milliseconds(silence_timeout_s).count());
    // Best effort: without it a pulled cable is noticed by the call's own timeout.
    (void)setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &silence_ms, sizeof silence_ms);
    return CURL_SOCKOPT_OK;
}

/// `asked_for_certificate`: of us, who have none.
Error transport_error(CURLcode code, char const* detail, bool asked_for_certificate) {
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return error(ErrorKind::TimedOut, "central_timed_out", "central did not answer in time");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        if (std::string_view(detail).find("not yet valid") != std::string_view::npos ||
            std::string_view(detail).find("expired") != std::string_view::npos)
            return error(ErrorKind::Unavailable, "clock_wrong",
                         "central's certificate is not valid at this terminal's time: check its clock");
        return error(ErrorKind::Unavailable, "central_not_trusted",
                     "the server's certificate is not the plan's");
    case CURLE_WRITE_ERROR:
        return error(ErrorKind::Corrupt, "reply_too_long", "central's reply is longer than allowed");
    case CURLE_SSL_CERTPROBLEM:
        return error(ErrorKind::Unavailable, "terminal_identity_missing",
                     "the terminal's certificate or key cannot be read");
    default:
        break;
    }
    // It says why, but cuts us off at once, and what it said may be lost with what we sent.
    if (asked_for_certificate)
        return error(ErrorKind::Unavailable, "terminal_refused", "central serves certified terminals only");
    // OpenSSL reports the alert by which a server refuses a client's certificate when the first byte is read.
    if (std::string_view(detail).find("alert") != std::string_view::npos &&
        std::string_view(detail).find("certificate") != std::string_view::npos)
        return error(ErrorKind::Unavailable, "terminal_refused",
                     "central does not accept this terminal's certificate");
    return error(ErrorKind::Unavailable, "central_unreachable",
                 std::string("central cannot be reached: ") + curl_easy_strerror(code));
}

struct CurlOnce {
    CurlOnce() { curl_global_init(CURL_GLOBAL_DEFAULT); }
};

} // namespace

std::string url_escape(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            auto const byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

struct Https::Inner {
    std::string url;
    std::optional<TlsIdentity> identity;
    Bytes fingerprint;
    std::string key_pin; ///< "sha256//BASE64"
    CentralClock* clock = nullptr;
    std::mutex guard;
    std::vector<std::unique_ptr<HttpsLine>> idle;

    std::unique_ptr<HttpsLine> take() {
        {
            std::lock_guard const lock(guard);
            if (!idle.empty()) {
                auto line = std::move(idle.back());
                idle.pop_back();
                return line;
            }
        }
        auto line = std::make_unique<HttpsLine>();
        set_up(*line);
        return line;
    }
    void give_back(std::unique_ptr<HttpsLine> line) {
        std::lock_guard const lock(guard);
        if (idle.size() < idle_connections_max)
            idle.push_back(std::move(line));
    }

    void set_up(HttpsLine& line) {
        CURL* const easy = line.easy;
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
        curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                         static_cast<long>(std::chrono::milliseconds(connect_timeout_s).count()));
        curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
        curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 2L);
        curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 1L);
        curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, quick_to_notice_a_cut);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        if (identity) {
            curl_easy_setopt(easy, CURLOPT_SSLCERT, identity->certificate.c_str());
            curl_easy_setopt(easy, CURLOPT_SSLKEY, identity->private_key.c_str());
            curl_easy_setopt(easy, CURLOPT_CAINFO, identity->authority.c_str());
            curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        } else {
            // The fingerprint stands in for the name: the code of an enrolment goes to nobody else.
            curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
            curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, use_without_certificate);
            curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, &line.without);
            if (key_pin.empty()) {
                line.without.fingerprint = &fingerprint;
                return;
            }
            curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
            curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, key_pin.c_str());
        }
    }
};

Https::Https(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Https::~Https() = default;

namespace {
Result<std::string> checked_url(std::string url) {
    static CurlOnce const once;
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    if (!url.starts_with("https://") || url.size() <= 8 ||
        url.find_first_of(" \t\r\n?#@") != std::string::npos)
        return error(ErrorKind::InvalidInput, "central_url_invalid",
                     "central's address is written https://host:port");
    return url;
}
} // namespace

Result<std::unique_ptr<Https>> Https::open(std::string url, TlsIdentity identity) {
    auto inner = std::make_unique<Inner>();
    inner->url = TRY(checked_url(std::move(url)));
    for (auto const* file : {&identity.certificate, &identity.private_key, &identity.authority}) {
        std::error_code failure;
        if (!std::filesystem::is_regular_file(*file, failure))
            return error(ErrorKind::Unavailable, "terminal_identity_missing",
                         "this terminal is not enrolled: " + file->filename().string() + " is missing");
    }
    inner->identity = std::move(identity);
    return std::unique_ptr<Https>(new Https(std::move(inner)));
}

Result<std::unique_ptr<Https>> Https::open_by_fingerprint(std::string url, std::string_view fingerprint) {
    auto inner = std::make_unique<Inner>();
    inner->url = TRY(checked_url(std::move(url)));
    constexpr std::string_view pin_prefix = "sha256//";
    constexpr std::size_t pin_characters = 44; // 32 bytes in base64
    if (!fingerprint.starts_with(pin_prefix))
        inner->fingerprint = TRY(parse_fingerprint(fingerprint));
    else if (fingerprint.size() == pin_prefix.size() + pin_characters)
        inner->key_pin = fingerprint;
    else
        return error(ErrorKind::InvalidInput, "fingerprint_invalid",
                     "a pin is sha256// and 44 characters, as central prints it");
    return std::unique_ptr<Https>(new Https(std::move(inner)));
}

void Https::tell_time(CentralClock& clock) {
    inner_->clock = &clock;
}

void Https::forget() {
    std::vector<std::unique_ptr<HttpsLine>> closed;
    std::lock_guard const lock(inner_->guard);
    closed.swap(inner_->idle);
}

Result<HttpReply> Https::call(HttpRequest request, std::stop_token cancel) {
    auto line = inner_->take();
    CURL* const easy = line->easy;
    line->without.was_asked = false;
    HttpReply reply;
    std::array<char, CURL_ERROR_SIZE> detail{};
    std::string const url = inner_->url + request.path;
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    std::string bearer = "Authorization: Bearer " + request.token;
    if (!request.token.empty())
        headers = curl_slist_append(headers, bearer.c_str());
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reply.body);
    Head head;
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &head);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail.data());
    // libcurl sends a request again by itself when a connection that was used before ends without a word: a
    // guess at a PIN would be counted twice when central's node dies. Not on a connection of its own.
    long const own_connection = may_come_twice(request) ? 0 : 1;
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, own_connection);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, own_connection);
    if (request.post) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    } else {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }

    curl_multi_add_handle(line->multi, easy);
    CURLcode outcome = CURLE_OK;
    bool done = false;
    bool cancelled = false;
    {
        std::stop_callback const wake(cancel, [multi = line->multi] { curl_multi_wakeup(multi); });
        while (!done) {
            int running = 0;
            curl_multi_perform(line->multi, &running);
            int left = 0;
            while (CURLMsg const* message = curl_multi_info_read(line->multi, &left))
                if (message->msg == CURLMSG_DONE) {
                    outcome = message->data.result;
                    done = true;
                }
            cancelled = !done && cancel.stop_requested();
            if (cancelled)
                break;
            if (!done)
                curl_multi_poll(line->multi, nullptr, 0, 1000, nullptr);
        }
    }
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(line->multi, easy);
    for (auto option :
         {CURLOPT_POSTFIELDS, CURLOPT_HTTPHEADER, CURLOPT_ERRORBUFFER, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA})
        curl_easy_setopt(easy, option, nullptr);
    for (curl_slist* each = headers; each != nullptr; each = each->next)
        wipe(each->data, std::char_traits<char>::length(each->data));
    curl_slist_free_all(headers);
    wipe(bearer);
    wipe(request.token);
    wipe(request.body);

    if (cancelled)
        return error(ErrorKind::Cancelled, "cancelled");
    if (outcome != CURLE_OK)
        return transport_error(outcome, detail.data(), line->without.was_asked);
    if (!head.whole) // cut before the length of its body was known: libcurl takes that for an empty reply
        return transport_error(CURLE_GOT_NOTHING, detail.data(), line->without.was_asked);
    inner_->give_back(std::move(line));
    if (inner_->clock != nullptr && head.central_time >= 0)
        inner_->clock->heard(UtcTime(std::chrono::seconds(head.central_time)));
    reply.status = static_cast<int>(status);
    return reply;
}

} // namespace portico::client
