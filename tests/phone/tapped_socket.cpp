#include "tests/phone/tapped_socket.h"

#include "shared/devices/local_socket.h"

#include <poll.h>

namespace portico::test {

namespace {

constexpr int look_for_end_ms = 50;

} // namespace

TappedSocket::TappedSocket(std::filesystem::path own, std::filesystem::path beyond)
    : own_(std::move(own)), beyond_(std::move(beyond)),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

std::string TappedSocket::said() const {
    std::lock_guard const lock(guard_);
    return said_;
}

void TappedSocket::run(std::stop_token const& stop) {
    auto listener = LocalListener::open(own_, 0600);
    std::optional<LocalSocket> near;
    std::optional<LocalSocket> far;
    while (!stop.stop_requested()) {
        pollfd entries[3] = {{listener.value().fd(), POLLIN, 0}, {-1, POLLIN, 0}, {-1, POLLIN, 0}};
        if (near) {
            entries[1] = {near->fd(), near->wanted(), 0};
            entries[2] = {far->fd(), far->wanted(), 0};
        }
        ::poll(entries, 3, look_for_end_ms);
        if (!near && (near = listener.value().accept())) {
            auto beyond = LocalSocket::connect(beyond_);
            if (beyond.has_error()) {
                near.reset();
                continue;
            }
            far = std::move(beyond).value();
        }
        if (!near)
            continue;
        auto const pass = [&](LocalSocket& from, LocalSocket& to) {
            return from.receive([&](std::string_view bytes) {
                {
                    std::lock_guard const lock(guard_);
                    said_ += bytes;
                }
                return to.send(bytes);
            });
        };
        if (pass(*near, *far).has_error() || pass(*far, *near).has_error()) {
            near.reset();
            far.reset();
        }
    }
}

} // namespace portico::test
