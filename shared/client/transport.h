#pragma once

#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <chrono>
#include <stop_token>
#include <string>

namespace portico::client {

struct HttpRequest {
    bool post = false;
    std::string path;  ///< with query, escaped: "/v1/claims?limit=200"
    std::string body;  ///< JSON; wiped after the call
    std::string token; ///< session; empty: none
    std::chrono::milliseconds timeout{15000};
};
struct HttpReply {
    int status = 0;
    std::string body;
    HttpReply() = default;
    HttpReply(HttpReply&&) = default;
    HttpReply& operator=(HttpReply&&) = default;
    HttpReply(HttpReply const&) = delete;
    HttpReply& operator=(HttpReply const&) = delete;
    ~HttpReply() { wipe(body); }
};

/// How a request gets to central and its reply back. The one seam below all that a terminal asks: real is
/// `Https`; the simulation (tests/sim) loses, doubles and delays here.
class Transport {
public:
    Transport() = default;
    Transport(Transport const&) = delete;
    Transport& operator=(Transport const&) = delete;
    virtual ~Transport() = default;

    /// Blocks; from any thread. A `cancel` ends it at once. An error says nothing about whether central has
    /// carried the request out.
    virtual Result<HttpReply> call(HttpRequest request, std::stop_token cancel) = 0;
    /// Closes the connections that wait for the next call: their buffers hold what was last received. Any
    /// thread.
    virtual void forget() = 0;
};

} // namespace portico::client
