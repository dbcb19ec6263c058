#pragma once

#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/client/central_clock.h"
#include "shared/client/transport.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace portico::client {

/// Longest reply that is read; more is refused as "reply_too_long".
inline constexpr std::size_t reply_bytes_max = 32U << 20U;
/// How long connecting may take, TLS included.
inline constexpr std::chrono::seconds connect_timeout_s{4};
/// A connection whose other end is silent this long while data is under way counts as cut.
inline constexpr std::chrono::seconds silence_timeout_s{5};

/// The terminal's certified identity, as files. The key file is readable by the terminal's user alone.
struct TlsIdentity {
    std::filesystem::path certificate; ///< PEM
    std::filesystem::path private_key; ///< PEM
    std::filesystem::path authority;   ///< PEM; the only authority that is trusted
};

/// HTTPS to one server: TLS 1.3, both sides certified, one pinned authority, no redirects, no proxies, no
/// cookies. Connections are kept alive and shared by any number of threads.
///
/// Errors of `call`: Unavailable "central_unreachable" (nothing listens, cut, no route),
/// "central_not_trusted" (its certificate is not the plan's), "clock_wrong" (it is, but
/// not at this terminal's time), "terminal_refused" (ours is not accepted any
/// more, or it asks for one and there is none); TimedOut "central_timed_out"; Cancelled "cancelled"; Corrupt
/// "reply_too_long", "reply_unreadable".
class Https final : public Transport {
public:
    /// Errors: InvalidInput "central_url_invalid" unless https://; Unavailable "terminal_identity_missing".
    static Result<std::unique_ptr<Https>> open(std::string url, TlsIdentity identity);
    /// For enrolment only: no certificate of ours. The server must hold the key of the pin that central
    /// prints when it starts ("sha256//BASE64" of its public key), or its chain a certificate with this
    /// SHA-256 fingerprint (64 hex digits, colons forgiven). Errors: InvalidInput "fingerprint_invalid".
    static Result<std::unique_ptr<Https>> open_by_fingerprint(std::string url, std::string_view fingerprint);
    ~Https() override;

    Result<HttpReply> call(HttpRequest request, std::stop_token cancel) override;
    void forget() override;
    /// Each reply tells `clock` what time central has. Before the first call; `clock` must outlive this.
    void tell_time(CentralClock& clock);

private:
    struct Inner;
    explicit Https(std::unique_ptr<Inner> inner);
    std::unique_ptr<Inner> inner_;
};

/// Escapes everything but RFC 3986's unreserved characters.
std::string url_escape(std::string_view text);

} // namespace portico::client
