#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace portico::test {

/// The calls by which a driver reaches its device.
enum class DeviceCall : std::uint8_t { List, WaitForChange, Open, Settings, Poll, Read, Send };

/// How one of them fails.
enum class DeviceFaultKind : std::uint8_t {
    Error,       ///< it says so, and did nothing
    Interrupted, ///< EINTR, or a wait that ends without news: nothing is amiss
    Ended,       ///< a read finds the end
    Short,       ///< half of what is read or sent gets through
    GarbledHead, ///< what is read or sent arrives with other bytes where it begins
    GarbledTail, ///< the same in its second half
    Lost,        ///< what is read or sent never arrives
    Gone,        ///< the device is pulled just before the call
};
char const* name(DeviceFaultKind kind);

/// While it stands, the call number `after` (from 0) of those that it concerns fails, once; all others pass
/// as they are. It strikes below the real driver, in the C library's functions that the program calls (the
/// linker lets this file stand before them, see tests/CMakeLists.txt). From then on the thread that was
/// struck does not sit out what never comes: a wait of its that stays without news for `patience`, while no
/// other thread of this process has anything to do, ends, and its steady clock goes on by what was left, so
/// that a driver's time limit of 30 s costs no 30 s. One at a time.
class DeviceFault {
public:
    /// Whether a call of the present thread on this descriptor (-1: none yet) counts.
    using Concerns = std::function<bool(int fd, char const* path)>;
    /// The calls of the thread that asks for this.
    static Concerns this_thread();
    /// A serial line: opening `path`, and then what is called on a terminal.
    static Concerns terminal(std::string path);

    DeviceFault(DeviceFaultKind kind, std::uint64_t after, Concerns concerns,
                std::function<void()> pull = {});
    ~DeviceFault();
    DeviceFault(DeviceFault const&) = delete;
    DeviceFault& operator=(DeviceFault const&) = delete;

    bool struck() const;
    /// What failed: "send 7". Empty before.
    std::string where() const;

    /// While it is held the time of the thread that was struck stands still in its waits: for what the test
    /// has yet to send.
    void hold_time(bool held) const;
    /// How many bytes that thread has read since.
    std::size_t read_since() const;

    /// For a seam that is no function of the C library: how the call that is about to be made fails, or
    /// nothing.
    static std::optional<DeviceFaultKind> meets(DeviceCall call, int fd = -1, char const* path = nullptr);

    static constexpr std::chrono::milliseconds patience{20};
};

} // namespace portico::test
