#include "kiosk/bench_panel/kiosk_line.h"

#include <boost/json.hpp>
#include <chrono>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace portico::kiosk::bench_panel {

namespace {

constexpr int answer_timeout_ms = 10'000;
constexpr int look_again_ms = 100;
constexpr std::chrono::seconds start_timeout{60};

Error gone() {
    return error(ErrorKind::Unavailable, "kiosk_gone", "The kiosk does not answer. Start it again.");
}

} // namespace

Result<KioskLine> KioskLine::connect(std::filesystem::path const& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket.string().size() >= sizeof address.sun_path)
        return error(ErrorKind::InvalidInput, "socket_path_long",
                     "the socket's path is longer than a socket can have");
    std::strcpy(address.sun_path, socket.c_str());
    KioskLine line(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (line.socket_ < 0 ||
        ::connect(line.socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        return error(ErrorKind::Unavailable, "kiosk_not_there",
                     "no kiosk listens at " + socket.string() + ": start it with --driver");
    return line;
}

Result<KioskLine> KioskLine::wait_for(std::filesystem::path const& socket) {
    int const watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ::inotify_add_watch(watch, socket.parent_path().c_str(), IN_CREATE | IN_ATTRIB);
    auto const end = std::chrono::steady_clock::now() + start_timeout;
    std::optional<KioskLine> line;
    Error problem;
    while (!line && std::chrono::steady_clock::now() < end) {
        auto tried = connect(socket);
        if (tried.has_value()) {
            line.emplace(std::move(tried).value());
            break;
        }
        problem = tried.error();
        if (problem.reason != "kiosk_not_there")
            break;
        // The file appears at bind, a moment before listen: look again also without an event.
        pollfd wait{watch, POLLIN, 0};
        ::poll(&wait, 1, look_again_ms);
        char events[4096];
        while (::read(watch, events, sizeof events) > 0) {
        }
    }
    ::close(watch);
    if (!line)
        return problem;
    return std::move(*line);
}

KioskLine::KioskLine(KioskLine&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), unread_(std::move(other.unread_)) {}

KioskLine::~KioskLine() {
    if (socket_ >= 0)
        ::close(socket_);
}

Result<void> KioskLine::device(std::string_view device, std::string_view action, std::string_view text) {
    boost::json::object command{{"do", "device"}, {"device", device}, {"action", action}};
    if (!text.empty())
        command["value"] = text;
    auto const line = boost::json::serialize(command) + "\n";
    if (::send(socket_, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
        return gone();
    while (unread_.find('\n') == std::string::npos) {
        pollfd wait{socket_, POLLIN, 0};
        char buffer[4096];
        auto const got =
            ::poll(&wait, 1, answer_timeout_ms) == 1 ? ::recv(socket_, buffer, sizeof buffer, 0) : 0;
        if (got <= 0)
            return gone();
        unread_.append(buffer, static_cast<std::size_t>(got));
    }
    auto const end = unread_.find('\n');
    boost::json::error_code failure;
    auto const reply = boost::json::parse(unread_.substr(0, end), failure);
    unread_.erase(0, end + 1);
    if (failure || !reply.is_object())
        return gone();
    if (auto const* refused = reply.get_object().if_contains("error");
        refused != nullptr && refused->is_string())
        return error(ErrorKind::Refused, "device_refused", std::string(refused->get_string()));
    return ok();
}

} // namespace portico::kiosk::bench_panel
