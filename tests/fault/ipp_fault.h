#pragma once

#include <cstdint>
#include <string>

namespace portico::test {

/// While it stands, the call number `after` (from 0) that is made to libcups for the printer at a port
/// (connect, send a request, send a piece of its document, get the reply) fails, once. libcups and the
/// printer are the real ones; this file stands before the functions (the linker sees to that, see
/// tests/CMakeLists.txt). One at a time.
class IppFault {
public:
    enum class Kind : std::uint8_t {
        Cut,     ///< the line breaks just before the call
        Unheard, ///< the call is made, the line breaks before anybody hears of it
    };
    IppFault(Kind kind, std::uint64_t after, int port);
    ~IppFault();
    IppFault(IppFault const&) = delete;
    IppFault& operator=(IppFault const&) = delete;

    bool struck() const;
    /// "send request, call 7". Empty before.
    std::string where() const;
};
char const* name(IppFault::Kind kind);

} // namespace portico::test
