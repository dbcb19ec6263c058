#include "shared/base/service_manager.h"
#include "tests/support/catch.h"
#include "tests/support/notify_socket.h"

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

using Words = std::vector<std::string>;

ServiceManager manager_of(NotifySocket const& systemd) {
    auto made = ServiceManager::from_environment([&](char const* name) { return systemd.read(name); });
    REQUIRE(made.has_value());
    return std::move(made.value());
}

std::string refusal_of(NotifySocket const& systemd) {
    auto const made = ServiceManager::from_environment([&](char const* name) { return systemd.read(name); });
    REQUIRE(made.has_error());
    return made.error().reason + " " + made.error().message;
}

MonoTime const start{1h};

} // namespace

TEST_CASE("service manager: the first turn says that the program is up, later ones that it turns, twice an "
          "interval") {
    NotifySocket systemd;
    systemd.variables["WATCHDOG_USEC"] = "8000000";
    auto manager = manager_of(systemd);
    CHECK(systemd.heard().empty());
    CHECK_FALSE(manager.next_heartbeat());
    manager.turned(start);
    CHECK(systemd.heard() == Words{"READY=1\nWATCHDOG=1"});
    CHECK(manager.next_heartbeat() == start + 4s);
    manager.turned(start + 3999ms);
    CHECK(systemd.heard().empty());
    manager.turned(start + 4s);
    CHECK(systemd.heard() == Words{"WATCHDOG=1"});
    CHECK(manager.next_heartbeat() == start + 8s);
}

TEST_CASE("service manager: the compositor's process number in WATCHDOG_PID silences no heartbeat") {
    NotifySocket systemd;
    systemd.variables["WATCHDOG_USEC"] = "8000000";
    systemd.variables["WATCHDOG_PID"] = "1";
    auto manager = manager_of(systemd);
    manager.turned(start);
    manager.turned(start + 5s);
    CHECK(systemd.heard() == Words{"READY=1\nWATCHDOG=1", "WATCHDOG=1"});
}

TEST_CASE(
    "service manager: a socket that is no file is spoken to, and the manager goes on when it is moved") {
    NotifySocket systemd("@portico-test-notify-" + std::to_string(::getpid()));
    auto first = manager_of(systemd);
    ServiceManager manager(std::move(first));
    manager.turned(start);
    CHECK(systemd.heard() == Words{"READY=1\nWATCHDOG=1"});
}

TEST_CASE("service manager: without a watchdog it says once that it is up, and waits for no heartbeat") {
    NotifySocket systemd;
    auto manager = manager_of(systemd);
    manager.turned(start);
    manager.turned(start + 1h);
    CHECK(systemd.heard() == Words{"READY=1\nWATCHDOG=1"});
    CHECK_FALSE(manager.next_heartbeat());
}

TEST_CASE("service manager: a program that nobody supervises tells nobody") {
    NotifySocket systemd;
    systemd.variables["WATCHDOG_USEC"] = "8000000";
    systemd.variables["NOTIFY_SOCKET"] = "";
    auto manager = manager_of(systemd);
    manager.turned(start);
    CHECK(systemd.heard().empty());
    CHECK_FALSE(manager.next_heartbeat());
}

TEST_CASE("service manager: a socket that is gone stops no turn") {
    auto systemd = std::make_unique<NotifySocket>();
    systemd->variables["WATCHDOG_USEC"] = "8000000";
    auto manager = manager_of(*systemd);
    systemd.reset();
    manager.turned(start);
    CHECK(manager.next_heartbeat() == start + 4s);
}

TEST_CASE("service manager: variables that cannot be meant are refused by name") {
    for (char const* wrong : {"0", "-1", "8s", "", "86400000001", "99999999999999999999"}) {
        INFO(wrong);
        NotifySocket systemd;
        systemd.variables["WATCHDOG_USEC"] = wrong;
        CHECK(refusal_of(systemd).find("watchdog_interval WATCHDOG_USEC") == 0);
    }
    for (std::string const& wrong : {std::string("notify"), std::string("@"), "/" + std::string(108, 'a')}) {
        INFO(wrong);
        NotifySocket systemd;
        systemd.variables["NOTIFY_SOCKET"] = wrong;
        CHECK(refusal_of(systemd).find("notify_socket NOTIFY_SOCKET") == 0);
    }
}
