#include "shared/devices/local_socket.h"

#include "shared/base/secret.h"
#include "shared/base/wipe_behind.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico {

namespace {

constexpr int waiting_max = 8;
constexpr std::size_t piece_bytes = 4096;

Error gone() {
    return error(ErrorKind::Unavailable, "peer_gone", "the program at the other end of the socket is gone");
}

Error unusable(std::filesystem::path const& path) {
    return error(ErrorKind::Unavailable, "socket_unusable",
                 "cannot listen at " + path.string() + ": is its folder there, and one's own?");
}

bool address_of(std::filesystem::path const& path, sockaddr_un& address) {
    address.sun_family = AF_UNIX;
    auto const& text = path.native();
    if (text.empty() || text.size() >= sizeof address.sun_path)
        return false;
    text.copy(address.sun_path, text.size());
    return true;
}

FileDescriptor open_stream() {
    return FileDescriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

sockaddr const* generic(sockaddr_un const& address) {
    return reinterpret_cast<sockaddr const*>(&address);
}

} // namespace

Result<LocalSocket> LocalSocket::connect(std::filesystem::path const& path) {
    sockaddr_un address{};
    auto fd = open_stream();
    if (!address_of(path, address) || !fd.is_open() ||
        ::connect(fd.get(), generic(address), sizeof address) != 0)
        return gone();
    return LocalSocket(std::move(fd));
}

void LocalSocket::close() {
    fd_.close();
    wipe(unsent_);
}

short LocalSocket::wanted() const {
    return static_cast<short>(unsent_.empty() ? POLLIN : POLLIN | POLLOUT);
}

Result<LocalPeer> LocalSocket::peer() const {
    ucred who{};
    socklen_t size = sizeof who;
    if (getsockopt(fd_.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
        return gone();
    return LocalPeer{who.uid, who.pid};
}

Result<void> LocalSocket::send(std::string_view bytes) {
    if (unsent_.size() + bytes.size() > local_unsent_max)
        return error(ErrorKind::Full, "peer_slow", "the program at the other end does not read");
    unsent_ += bytes;
    return flush();
}

Result<void> LocalSocket::flush() {
    while (!unsent_.empty()) {
        auto const sent = ::send(fd_.get(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno == EAGAIN)
            return ok();
        if (sent <= 0)
            return gone();
        unsent_.erase(0, static_cast<std::size_t>(sent));
        wipe_behind_end(unsent_); // it may have been a number that nobody is to see
    }
    return ok();
}

Result<void> LocalSocket::receive(std::function<Result<void>(std::string_view)> const& take) {
    std::array<char, piece_bytes> piece; // NOLINT(cppcoreguidelines-pro-type-member-init): written by recv
    while (is_open()) {
        auto const got = recv(fd_.get(), piece.data(), piece.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return ok();
        if (got <= 0)
            return gone();
        auto const taken = take({piece.data(), static_cast<std::size_t>(got)});
        wipe(piece.data(), static_cast<std::size_t>(got));
        TRY(taken);
    }
    return ok();
}

Result<LocalListener> LocalListener::open(std::filesystem::path path, mode_t mode) {
    sockaddr_un address{};
    auto fd = open_stream();
    std::error_code failed;
    if (std::filesystem::is_socket(path, failed))
        std::filesystem::remove(path, failed);
    // Nobody can connect before `listen`, when the mode is set.
    bool const good = address_of(path, address) && fd.is_open() &&
                      bind(fd.get(), generic(address), sizeof address) == 0 &&
                      ::chmod(path.c_str(), mode) == 0 && listen(fd.get(), waiting_max) == 0;
    if (!good)
        return unusable(path);
    return LocalListener(std::move(path), std::move(fd));
}

LocalListener::~LocalListener() {
    if (fd_.is_open())
        ::unlink(path_.c_str());
}

std::optional<LocalSocket> LocalListener::accept() {
    FileDescriptor fd(accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!fd.is_open())
        return std::nullopt;
    return LocalSocket(std::move(fd));
}

} // namespace portico
