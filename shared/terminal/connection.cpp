#include "shared/terminal/connection.h"

namespace portico::terminal {

Result<Connection> open_connection(std::string const& url, std::filesystem::path const& data,
                                   client::Enrollment const& enrollment, client::CentralClock& clock,
                                   std::function<void(Error const&)> complain) {
    auto https = TRY(client::Https::open(url, enrollment.identity));
    auto own_https = TRY(client::Https::open(url, enrollment.identity));
    auto keeper_https = TRY(client::Https::open(url, enrollment.identity));
    https->tell_time(clock);
    own_https->tell_time(clock);
    auto outbox = TRY(client::Outbox::open(data / "outbox.db", enrollment.sealing_public_key, clock));
    auto replica = TRY(client::Replica::open(data / "replica.db", clock));
    return Connection{
        .central = client::Central(std::move(https)),
        .own_central = client::Central(std::move(own_https)),
        .outbox = std::move(outbox),
        .replica = std::move(replica),
        .certificate = std::make_unique<client::CertificateKeeper>(
            client::Central(std::move(keeper_https)), enrollment.identity, clock, std::move(complain))};
}

} // namespace portico::terminal
