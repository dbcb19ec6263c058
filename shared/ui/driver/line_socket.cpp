#include "shared/ui/driver/line_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <utility>

namespace portico::ui {
namespace {

constexpr int clients_waiting_max = 4;

} // namespace

Result<void> LineSocket::open(std::filesystem::path const& path, std::function<void(std::string)> on_line) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path)
        return error(ErrorKind::InvalidInput, "socket_path_too_long", "the driver's socket path is too long");
    std::memcpy(address.sun_path, path.c_str(), path.native().size() + 1);
    ::unlink(path.c_str());
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int pipe_ends[2] = {-1, -1};
    bool const made = listener_ >= 0 &&
                      ::bind(listener_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0 &&
                      ::listen(listener_, clients_waiting_max) == 0 && ::pipe2(pipe_ends, O_CLOEXEC) == 0;
    if (!made)
        return error(ErrorKind::Unavailable, "driver_socket",
                     "cannot open the driver's socket at " + path.string());
    stop_read_ = pipe_ends[0];
    stop_write_ = pipe_ends[1];
    path_ = path;
    on_line_ = std::move(on_line);
    thread_ = std::thread([this] { serve(); });
    return ok();
}

LineSocket::~LineSocket() {
    if (thread_.joinable()) {
        char const byte = 0;
        [[maybe_unused]] auto const written = ::write(stop_write_, &byte, 1);
        thread_.join();
    }
    for (int const fd : {listener_, stop_read_, stop_write_})
        if (fd >= 0)
            ::close(fd);
    if (!path_.empty())
        ::unlink(path_.c_str());
}

void LineSocket::reply(std::string line) {
    line += '\n';
    std::lock_guard const lock(guard_);
    std::size_t sent = 0;
    while (client_ >= 0 && sent < line.size()) {
        auto const n = ::send(client_, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        sent += static_cast<std::size_t>(n);
    }
}

void LineSocket::serve() {
    while (true) {
        pollfd waits[2] = {{listener_, POLLIN, 0}, {stop_read_, POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0)
            continue;
        if ((waits[1].revents & POLLIN) != 0)
            return;
        int const client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        {
            std::lock_guard const lock(guard_);
            client_ = client;
        }
        serve_client(client);
        std::lock_guard const lock(guard_);
        client_ = -1;
        ::close(client);
    }
}

void LineSocket::serve_client(int client) {
    std::string buffer;
    char chunk[4096];
    while (true) {
        pollfd waits[2] = {{client, POLLIN, 0}, {stop_read_, POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0)
            continue;
        if ((waits[1].revents & POLLIN) != 0)
            return;
        auto const n = ::read(client, chunk, sizeof chunk);
        if (n <= 0)
            return;
        buffer.append(chunk, static_cast<std::size_t>(n));
        for (auto end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
            on_line_(buffer.substr(0, end));
            buffer.erase(0, end + 1);
        }
        if (buffer.size() > line_bytes_max)
            return;
    }
}

} // namespace portico::ui
