#pragma once

#include "shared/crypto/x509.h"
#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"

#include <cstdint>
#include <optional>
#include <string>

namespace portico::test {

/// A telephone system that speaks SIP over TLS, and answers who is called at its one number: a second
/// baresip, for Debian 12's sipp is built without TLS and SRTP.
class TlsTelephones {
public:
    static constexpr char const* number = "+16175550112";
    struct Settings {
        bool certified = true;           ///< by `authority`; else by one of the same name that is another
        std::string sound = "srtp-mand"; ///< what it takes: baresip's "mediaenc"; empty: sound in clear
    };
    TlsTelephones() : TlsTelephones(Settings()) {}
    explicit TlsTelephones(Settings settings);

    /// Starts it at this port of loopback, and at the next over TLS; the lines of [sip] of a telephone that
    /// belongs to it. For `PhoneBench::Settings::telephones`.
    std::string start(std::uint16_t port);
    /// Of its own calls: what it has written.
    std::string output() const { return process_->output(); }

private:
    Settings settings_;
    ScratchFolder folder_;
    crypto::CertificateAuthority authority_;
    std::optional<Process> process_;
};

} // namespace portico::test
