#include "tests/fault/ipp_fault.h"

#include <cerrno>
#include <cups/cups.h>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <sys/socket.h>

namespace portico::test {

namespace {

struct Standing {
    IppFault::Kind kind{};
    std::uint64_t after = 0;
    int port = 0;
    std::uint64_t calls = 0;
    std::string struck_at;
};
std::mutex guard;
std::optional<Standing> standing;

/// How this call fails, or nothing.
std::optional<IppFault::Kind> meets(char const* call, int port) {
    std::lock_guard const lock(guard);
    if (!standing || port != standing->port || standing->calls++ != standing->after)
        return std::nullopt;
    standing->struck_at = std::string(call) + ", call " + std::to_string(standing->after);
    return standing->kind;
}

std::optional<IppFault::Kind> meets(char const* call, http_t* line) {
    return meets(call, httpAddrPort(httpGetAddress(line)));
}

void cut(http_t* line) {
    shutdown(httpGetFd(line), SHUT_RDWR);
}

/// `call` on a line that breaks before or after it, as the fault has it; `lost` is what is heard then.
template <class Answer, class Call>
Answer through(char const* name, http_t* line, Call call, Answer lost) {
    auto const fault = meets(name, line);
    if (!fault)
        return call();
    if (*fault == IppFault::Kind::Cut) {
        cut(line);
        return call();
    }
    static_cast<void>(call());
    cut(line);
    return lost;
}

} // namespace

char const* name(IppFault::Kind kind) {
    return kind == IppFault::Kind::Cut ? "cut" : "unheard";
}

IppFault::IppFault(Kind kind, std::uint64_t after, int port) {
    std::lock_guard const lock(guard);
    if (standing)
        throw std::logic_error("two printer faults at once");
    standing.emplace(Standing{kind, after, port, 0, {}});
}

IppFault::~IppFault() {
    std::lock_guard const lock(guard);
    standing.reset();
}

bool IppFault::struck() const {
    return !where().empty();
}

std::string IppFault::where() const {
    std::lock_guard const lock(guard);
    return standing->struck_at;
}

} // namespace portico::test

using portico::test::IppFault;

// What the linker puts in the place of libcups' functions, and what it calls them meanwhile.
extern "C" {

http_t* __real_httpConnect2(char const* host, int port, http_addrlist_t* addresses, int family,
                            http_encryption_t encryption, int blocking, int timeout_ms, int* cancel);
http_status_t __real_cupsSendRequest(http_t* line, ipp_t* request, char const* resource, size_t size);
http_status_t __real_cupsWriteRequestData(http_t* line, char const* data, size_t size);
ipp_t* __real_cupsGetResponse(http_t* line, char const* resource);

http_t* __wrap_httpConnect2(char const* host, int port, http_addrlist_t* addresses, int family,
                            http_encryption_t encryption, int blocking, int timeout_ms, int* cancel) {
    auto const fault = portico::test::meets("connect", port);
    if (fault == IppFault::Kind::Cut) {
        errno = ECONNREFUSED;
        return nullptr;
    }
    auto* const line =
        __real_httpConnect2(host, port, addresses, family, encryption, blocking, timeout_ms, cancel);
    if (!fault)
        return line;
    httpClose(line);
    errno = ETIMEDOUT;
    return nullptr;
}

http_status_t __wrap_cupsSendRequest(http_t* line, ipp_t* request, char const* resource, size_t size) {
    return portico::test::through(
        "send request", line, [&] { return __real_cupsSendRequest(line, request, resource, size); },
        HTTP_STATUS_ERROR);
}

http_status_t __wrap_cupsWriteRequestData(http_t* line, char const* data, size_t size) {
    return portico::test::through(
        "send document", line, [&] { return __real_cupsWriteRequestData(line, data, size); },
        HTTP_STATUS_ERROR);
}

ipp_t* __wrap_cupsGetResponse(http_t* line, char const* resource) {
    auto const fault = portico::test::meets("get reply", line);
    if (fault == IppFault::Kind::Cut)
        portico::test::cut(line);
    auto* const reply = __real_cupsGetResponse(line, resource);
    if (fault != IppFault::Kind::Unheard)
        return reply;
    portico::test::cut(line);
    ippDelete(reply);
    return nullptr;
}

} // extern "C"
