#include "tests/support/driver.h"

#include "tests/support/catch.h"

#include <cstring>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::test {

namespace {

/// Longer than any wait a test asks for; a program that hangs must not hang the tests.
constexpr int reply_timeout_ms = 180'000;

std::set<std::string>& seen() {
    static std::set<std::string> screens;
    return screens;
}

int try_connect(std::filesystem::path const& socket) {
    int const handle = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(socket.string().size() < sizeof address.sun_path);
    std::strcpy(address.sun_path, socket.c_str());
    if (::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return handle;
    ::close(handle);
    return -1;
}

} // namespace

Driver::Driver(std::filesystem::path const& socket, std::chrono::seconds connect_timeout) {
    int const watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ::inotify_add_watch(watch, socket.parent_path().c_str(), IN_CREATE | IN_ATTRIB | IN_MODIFY);
    auto const end = std::chrono::steady_clock::now() + connect_timeout;
    while ((socket_ = try_connect(socket)) < 0 && std::chrono::steady_clock::now() < end) {
        // A socket's file appears at bind, before listen: look again shortly also without an event.
        pollfd wait{watch, POLLIN, 0};
        ::poll(&wait, 1, 50);
        char events[4096];
        while (::read(watch, events, sizeof events) > 0) {
        }
    }
    ::close(watch);
    INFO("driver socket " << socket);
    REQUIRE(socket_ >= 0);
}

Driver::~Driver() {
    if (socket_ >= 0)
        ::close(socket_);
}

void Driver::send(boost::json::object const& what) {
    auto const line = boost::json::serialize(what) + "\n";
    std::size_t sent = 0;
    while (sent < line.size()) {
        auto const some = ::send(socket_, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        INFO("sending " << line);
        REQUIRE(some > 0);
        sent += static_cast<std::size_t>(some);
    }
}

boost::json::object Driver::exchange(boost::json::object const& what) {
    send(what);
    while (unread_.find('\n') == std::string::npos) {
        pollfd wait{socket_, POLLIN, 0};
        int const ready = ::poll(&wait, 1, reply_timeout_ms);
        char buffer[65536];
        auto const got = ready == 1 ? ::recv(socket_, buffer, sizeof buffer, 0) : 0;
        INFO("no reply to " << boost::json::serialize(what));
        REQUIRE(got > 0);
        unread_.append(buffer, static_cast<std::size_t>(got));
    }
    auto const end = unread_.find('\n');
    auto reply = boost::json::parse(unread_.substr(0, end)).as_object();
    unread_.erase(0, end + 1);
    if (auto const* shown = reply.if_contains("screen"); shown != nullptr && shown->is_string())
        seen().emplace(shown->get_string());
    return reply;
}

boost::json::object Driver::command(boost::json::object const& what) {
    auto reply = exchange(what);
    INFO(boost::json::serialize(what) << "\n" << boost::json::serialize(reply));
    REQUIRE_FALSE(reply.contains("error"));
    return reply;
}

bool Driver::attempt(boost::json::object const& what) {
    return !exchange(what).contains("error");
}

std::set<std::string> const& Driver::screens_seen() {
    return seen();
}

std::string Driver::screen() {
    auto const reply = frame();
    return std::string(reply.at("screen").as_string());
}

std::optional<boost::json::object> Driver::node(std::string const& msg) {
    auto const reply = frame();
    for (auto const& node : reply.at("nodes").as_array())
        if (auto const* id = node.as_object().if_contains("msg");
            id != nullptr && id->is_string() && id->get_string() == msg)
            return node.as_object();
    return std::nullopt;
}

bool Driver::shows(std::string const& msg) {
    return node(msg).has_value();
}

bool Driver::is_off(std::string const& msg) {
    auto const found = node(msg);
    INFO(msg);
    REQUIRE(found);
    for (auto const& state : found->at("states").as_array())
        if (state.as_string() == "disabled")
            return true;
    return false;
}

std::string Driver::words() {
    std::string text;
    auto const reply = frame();
    for (auto const& node : reply.at("nodes").as_array())
        for (auto const* field : {"label", "value"})
            if (auto const* found = node.as_object().if_contains(field);
                found != nullptr && found->is_string())
                text += std::string(found->get_string()) + "\n";
    return text;
}

} // namespace portico::test
