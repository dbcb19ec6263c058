#pragma once

#include "shared/client/central.h"
#include "shared/client/https.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace portico::client {

/// Of the 730 days that a terminal's certificate is good. A desk that was in a cupboard for a winter still is
/// enrolled in spring.
inline constexpr std::chrono::days renew_before{180};

/// Whether the certificate ends so soon that it is to be renewed. Errors: Unavailable
/// "terminal_identity_missing"; InvalidInput "certificate_invalid".
Result<bool> renewal_is_due(TlsIdentity const& identity, UtcTime now);
/// Has central certify this terminal's key for another period, and replaces the certificate's file, whole or
/// not at all. What is connected goes on; whatever connects from then on shows the new one. Asked again it
/// does the same. Errors: those of the call; Corrupt "certificate_unreadable": what came is not for this key,
/// not of this plan's authority, or ends no later, and the old one stays; Unavailable "terminal_folder",
/// "terminal_disk_full", "terminal_identity_missing".
Result<void> renew_certificate(Central& central, TlsIdentity const& identity, std::stop_token cancel);

/// Looks after a terminal's certificate as long as its program runs, in a thread of its own: nobody comes to
/// a kiosk every second year to enrol it anew.
class CertificateKeeper {
public:
    struct Paces {
        std::chrono::milliseconds look = std::chrono::hours(6);
        std::chrono::milliseconds after_failure = std::chrono::minutes(10);
    };
    /// `clock` must outlive it; `failed` is told why a renewal did not come about, from its thread.
    CertificateKeeper(Central central, TlsIdentity identity, Clock const& clock,
                      std::function<void(Error const&)> failed, Paces paces);
    CertificateKeeper(Central central, TlsIdentity identity, Clock const& clock,
                      std::function<void(Error const&)> failed)
        : CertificateKeeper(std::move(central), std::move(identity), clock, std::move(failed), Paces()) {}
    CertificateKeeper(CertificateKeeper const&) = delete;
    CertificateKeeper& operator=(CertificateKeeper const&) = delete;
    ~CertificateKeeper();

private:
    void keep(std::stop_token const& stop);

    Central central_;
    TlsIdentity identity_;
    Clock const& clock_;
    std::function<void(Error const&)> failed_;
    Paces paces_;
    std::mutex guard_;
    std::condition_variable_any ended_;
    std::jthread thread_;
};

} // namespace portico::client
