#include "shared/client/certificate_keeper.h"

#include "shared/client/terminal_files.h"

namespace portico::client {

Result<bool> renewal_is_due(TlsIdentity const& identity, UtcTime now) {
    auto const facts = TRY(crypto::read_certificate(TRY(read_terminal_file(identity.certificate))));
    return facts.not_after < now + renew_before;
}

Result<void> renew_certificate(Central& central, TlsIdentity const& identity, std::stop_token cancel) {
    auto const before = TRY(crypto::read_certificate(TRY(read_terminal_file(identity.certificate))));
    auto const key = TRY(read_terminal_key(identity.private_key));
    auto const reply = TRY(central.renew_certificate(
        std::move(cancel), {crypto::make_certificate_request(key, "portico-terminal")}));
    auto const fresh = crypto::read_certificate(reply.certificate_pem);
    // The last that this terminal would do with a wrong one is to show it.
    if (fresh.has_error() || fresh.value().key_digest != before.key_digest ||
        fresh.value().common_name != before.common_name || fresh.value().not_after <= before.not_after ||
        !crypto::is_issued_by(reply.certificate_pem, TRY(read_terminal_file(identity.authority))))
        return error(ErrorKind::Corrupt, "certificate_unreadable",
                     "central sent a certificate that is not this terminal's; the old one stays");
    return write_terminal_file(identity.certificate, reply.certificate_pem, 0644);
}

CertificateKeeper::CertificateKeeper(Central central, TlsIdentity identity, Clock const& clock,
                                     std::function<void(Error const&)> failed, Paces paces)
    : central_(std::move(central)), identity_(std::move(identity)), clock_(clock), failed_(std::move(failed)),
      paces_(paces), thread_([this](std::stop_token const& stop) { keep(stop); }) {}

CertificateKeeper::~CertificateKeeper() {
    thread_.request_stop();
    thread_.join();
}

void CertificateKeeper::keep(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        auto wait = paces_.look;
        auto const due = renewal_is_due(identity_, clock_.now());
        auto outcome = due.has_error() ? Result<void>(due.error()) : ok();
        if (due.has_value() && due.value())
            outcome = renew_certificate(central_, identity_, stop);
        if (outcome.has_error() && !stop.stop_requested()) {
            wait = paces_.after_failure;
            failed_(outcome.error());
        }
        std::unique_lock lock(guard_);
        ended_.wait_for(lock, stop, wait, [] { return false; });
    }
}

} // namespace portico::client
