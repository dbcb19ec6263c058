#pragma once

#include "central/http/server.h"
#include "shared/base/result.h"

#include <boost/asio.hpp>

namespace portico::central::http_parts {

/// Listens there. Errors: Unavailable "listen_failed".
Result<boost::asio::ip::tcp::acceptor> bind_to(boost::asio::io_context& io, ServerAddress const& address);

} // namespace portico::central::http_parts
