#include "shared/base/file_descriptor.h"

#include <cstdint>
#include <cstdlib>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace portico {

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
        close();
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

FileDescriptor::~FileDescriptor() {
    close();
}

void FileDescriptor::close() {
    if (fd_ >= 0)
        ::close(std::exchange(fd_, -1));
}

EventFlag::EventFlag() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!fd_.is_open())
        std::abort(); // out of descriptors: a call that cannot be cancelled must not begin
}

void EventFlag::signal() {
    std::uint64_t const one = 1;
    // Fails only when it is set already.
    [[maybe_unused]] auto const written = write(fd_.get(), &one, sizeof one);
}

void EventFlag::clear() {
    std::uint64_t count = 0;
    [[maybe_unused]] auto const got = read(fd_.get(), &count, sizeof count);
}

bool EventFlag::is_set() const {
    pollfd entry{fd_.get(), POLLIN, 0};
    return poll(&entry, 1, 0) == 1;
}

} // namespace portico
