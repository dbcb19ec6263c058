#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <atomic>
#include <chrono>
#include <cups/cups.h>
#include <memory>
#include <optional>
#include <stop_token>

namespace portico {

struct FreeIpp {
    void operator()(ipp_t* message) const { ippDelete(message); }
};
using IppMessage = std::unique_ptr<ipp_t, FreeIpp>;

/// One connection to a printer for one call of ours. One thread.
class IppCall {
public:
    /// Errors: Unavailable "printer_offline"; Cancelled.
    static Result<std::unique_ptr<IppCall>> connect(std::string const& uri, std::chrono::milliseconds timeout,
                                                    std::stop_token cancel);
    ~IppCall();
    IppCall(IppCall const&) = delete;
    IppCall& operator=(IppCall const&) = delete;

    /// A request with the attributes that every one begins with.
    IppMessage request(ipp_op_t operation) const;
    /// Sends it, with `document` after it, and waits for the reply, whatever its status. One try.
    /// Errors: Unavailable "printer_offline" when the connection or the time ended; Cancelled.
    Result<IppMessage> exchange(IppMessage message, ByteView document = {});

private:
    IppCall(std::string uri, std::string resource, std::chrono::milliseconds timeout, std::stop_token cancel);
    static int keep_waiting(http_t* http, void* call);
    Error lost() const;

    std::string uri_;
    std::string resource_;
    std::chrono::steady_clock::time_point deadline_;
    std::stop_token cancel_;
    http_t* http_ = nullptr;
};

/// True for an "ipp" or "ipps" address.
bool is_ipp_uri(std::string const& uri);

/// successful-ok or a variant of it.
bool succeeded(ipp_t* reply);

} // namespace portico
