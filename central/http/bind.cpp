#include "central/http/bind.h"

namespace portico::central::http_parts {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

Result<tcp::acceptor> bind_to(boost::asio::io_context& io, ServerAddress const& address) {
    boost::system::error_code failed;
    auto const fail = [&] {
        return error(ErrorKind::Unavailable, "listen_failed",
                     "cannot listen on " + address.host + ":" + std::to_string(address.port) + ": " +
                         failed.message());
    };
    tcp::resolver resolver(io);
    auto const found = resolver.resolve(address.host, std::to_string(address.port),
                                        tcp::resolver::passive | tcp::resolver::numeric_service, failed);
    if (failed || found.empty())
        return fail();
    tcp::acceptor acceptor(io);
    auto const endpoint = found.begin()->endpoint();
    if (acceptor.open(endpoint.protocol(), failed) ||
        acceptor.set_option(asio::socket_base::reuse_address(true), failed) ||
        acceptor.bind(endpoint, failed) || acceptor.listen(asio::socket_base::max_listen_connections, failed))
        return fail();
    return acceptor;
}

} // namespace portico::central::http_parts
