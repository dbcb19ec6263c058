#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace portico::test {

/// Drives a program through its driver socket, as a person would through its screen. Every failure ends the
/// test with the program's whole frame.
class Driver {
public:
    explicit Driver(std::filesystem::path const& socket,
                    std::chrono::seconds connect_timeout = std::chrono::seconds(60));
    Driver(Driver const&) = delete;
    Driver& operator=(Driver const&) = delete;
    ~Driver();

    /// Sends one command; the reply. A reply with "error" fails the test.
    boost::json::object command(boost::json::object const& what);

    /// The reply whatever it says, for what may be refused.
    boost::json::object any_answer(boost::json::object const& what) { return exchange(what); }

    /// Sends one command and waits for nothing: for a program that is killed meanwhile.
    void send(boost::json::object const& what);

    /// As `command`, where a screen that has just moved on is no failure: whether it was done.
    bool attempt(boost::json::object const& what);

    boost::json::object frame() { return command({{"do", "frame"}}).at("frame").as_object(); }
    std::string screen();
    /// Any node whose message id is `msg`.
    bool shows(std::string const& msg);
    /// All labels and values on the screen, one a line; sensitive values are not in a frame.
    std::string words();
    /// The node with this message id, or nothing.
    std::optional<boost::json::object> node(std::string const& msg);
    /// Whether the control with this message id takes no press now.
    bool is_off(std::string const& msg);

    /// Names of all screens that any program of this test process has shown when it answered.
    static std::set<std::string> const& screens_seen();

    void tap(std::string const& msg) { command({{"do", "tap"}, {"msg", msg}}); }
    void tap_key(std::string const& key) { command({{"do", "tap"}, {"node_key", key}}); }
    void wait_gone(std::string const& msg, int timeout_s = 60) {
        command({{"do", "wait"}, {"msg", msg}, {"absent", true}, {"timeout_s", timeout_s}});
    }
    void tap_label(std::string const& role, std::string const& label) {
        command({{"do", "tap"}, {"role", role}, {"label", label}});
    }
    void type(std::string const& text) { command({{"do", "type"}, {"text", text}}); }
    void key(std::string const& name) { command({{"do", "key"}, {"key", name}}); }
    void wait_screen(std::string const& name, int timeout_s = 60) {
        command({{"do", "wait"}, {"screen", name}, {"timeout_s", timeout_s}});
    }
    void wait_shows(std::string const& msg, int timeout_s = 60) {
        command({{"do", "wait"}, {"msg", msg}, {"timeout_s", timeout_s}});
    }
    void advance(std::int64_t seconds) { command({{"do", "advance"}, {"seconds", seconds}}); }
    void device(std::string const& device, std::string const& action, boost::json::object more = {}) {
        more["do"] = "device";
        more["device"] = device;
        more["action"] = action;
        command(more);
    }
    void screenshot(std::filesystem::path const& file) {
        command({{"do", "screenshot"}, {"path", file.string()}});
    }

private:
    boost::json::object exchange(boost::json::object const& what);

    int socket_ = -1;
    std::string unread_;
};

} // namespace portico::test
