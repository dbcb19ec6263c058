#pragma once

#include <cstdint>
#include <functional>
#include <p11-kit/pkcs11.h>
#include <string>

namespace portico::test {

/// While it stands, the call number `after` (from 0) to a card's PKCS#11 module of those that it concerns
/// fails. The functions are the real module's; this file stands before them in the list that the program is
/// given when it loads one (the linker sees to that, see tests/CMakeLists.txt). One module and one fault at a
/// time.
class Pkcs11Fault {
public:
    enum class How : std::uint8_t {
        NotDone,     ///< the module says so, and did nothing
        DoneUnheard, ///< it did it, and its answer is lost
        Dead, ///< as when the card is pulled: all sessions are gone, and each call after it fails as well
    };
    struct Plan {
        CK_RV code = CKR_DEVICE_ERROR;
        How how = How::NotDone;
        std::uint64_t after = 0;
        /// Whether a call of the present thread counts.
        std::function<bool()> concerns;
    };
    explicit Pkcs11Fault(Plan plan);
    ~Pkcs11Fault();
    Pkcs11Fault(Pkcs11Fault const&) = delete;
    Pkcs11Fault& operator=(Pkcs11Fault const&) = delete;

    /// From now on nothing fails.
    void end() const;

    bool struck() const;
    /// "C_Login, call 7". Empty before.
    std::string where() const;

    /// Sessions that the program has opened and not closed.
    static std::size_t open_sessions();
};

} // namespace portico::test
