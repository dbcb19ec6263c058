#pragma once

#include "shared/client/central.h"
#include "shared/client/central_clock.h"
#include "shared/client/certificate_keeper.h"
#include "shared/client/enrollment.h"
#include "shared/client/outbox.h"
#include "shared/client/replica.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace portico::terminal {

/// What an enrolled terminal speaks to central with, and what it keeps.
struct Connection {
    client::Central central;     ///< for the sessions
    client::Central own_central; ///< for the terminal's own calls, which hold nothing personal
    std::unique_ptr<client::Outbox> outbox;
    std::unique_ptr<client::Replica> replica;
    std::unique_ptr<client::CertificateKeeper> certificate;
};

/// `url` is central's, `data` the terminal's folder; `complain` is told what staff should read of what goes
/// on by itself, from any thread. Errors: those of Https, Outbox and Replica.
Result<Connection> open_connection(std::string const& url, std::filesystem::path const& data,
                                   client::Enrollment const& enrollment, client::CentralClock& clock,
                                   std::function<void(Error const&)> complain);

} // namespace portico::terminal
