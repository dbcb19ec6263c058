#pragma once

#include "shared/base/result.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

namespace portico {

/// A network cable that can be pulled: forwards TCP connections on loopback until it is. For benches and
/// end-to-end tests. Safe from any thread.
class NetworkCable {
public:
    /// Listens on a free port of 127.0.0.1 and forwards to `port` there. Errors: Unavailable "cable_listen".
    static Result<std::unique_ptr<NetworkCable>> lay(std::uint16_t port);
    NetworkCable(NetworkCable const&) = delete;
    NetworkCable& operator=(NetworkCable const&) = delete;
    ~NetworkCable();

    std::uint16_t port() const { return port_; }
    /// Open connections end, new ones end at once.
    void pull() { set_pulled(true); }
    void plug_in() { set_pulled(false); }
    /// Pulls the cable by itself after so many more bytes from the far side: a reply cut in the middle.
    void pull_after_bytes_received(std::int64_t count) { bytes_until_pull_ = count; }

private:
    NetworkCable(int listener, int wake, std::uint16_t port, std::uint16_t target);
    void set_pulled(bool pulled);
    void forward_loop();

    int listener_;
    int wake_;
    std::uint16_t port_;
    std::uint16_t target_;
    std::atomic<bool> pulled_ = false;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::int64_t> bytes_until_pull_ = -1;
    std::thread thread_;
};

} // namespace portico
