#include "tests/phone/phone_bench.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/places.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace portico::test {

namespace {

using State = PhoneCall::State;

// Where in a block of ports each thing stands.
constexpr int softphone_at = 0; // and its SIP over TLS on the next
constexpr int callers_at = 10;
constexpr int control_at = 20;
constexpr int callers_media_at = 30;
constexpr int media_ports_each = 4;
constexpr int callers_max = 10;
constexpr int called_media_at = 80;
constexpr int registrar_at = 90;
constexpr int called_at = 92;
constexpr int softphone_media_at = 100;

bool is_registered(TelephoneView const& view) {
    auto const* ready = std::get_if<TelephoneReady>(&view.state);
    return ready != nullptr && ready->registered;
}

/// Waits until a program on loopback takes what comes to this UDP port: who is refused there asks again in a
/// minute, if at all.
void wait_taken(std::uint16_t port) {
    char place[32];
    std::snprintf(place, sizeof place, "0100007F:%04X ", port); // as proc(5) writes 127.0.0.1
    INFO("UDP port " << port);
    REQUIRE(eventually([&] {
        std::ifstream table("/proc/net/udp");
        std::string line;
        while (std::getline(table, line))
            if (line.find(place) != std::string::npos)
                return true;
        return false;
    }));
}

} // namespace

bool PhoneBench::can_run() {
    bool const there = ::access("/usr/bin/baresip", X_OK) == 0 && ::access("/usr/bin/sipp", X_OK) == 0;
    if (there && ::access("/usr/lib/baresip/modules/mqtt.so", R_OK) != 0) {
        std::cout << "SKIP: this baresip is another than Debian 12's, with which alone it was tried\n";
        return false;
    }
    if (!there && std::getenv("CI") != nullptr)
        FAIL("baresip-core and sip-tester are not installed");
    if (!there)
        std::cout << "SKIP: baresip-core and sip-tester are not installed\n";
    return there;
}

PhoneBench::PhoneBench(Settings settings) : settings_(std::move(settings)) {
    std::filesystem::create_directories(run_);
    if (!settings_.central_url.empty()) {
        write_config(settings_.central_url);
        settings_.enroll(folder_.path / "phone.toml");
        start();
        return;
    }
    if (settings_.enrolled)
        central_.enroll(data_);
    write_config(central_.url());
    start();
    open_desk(socket());
    if (settings_.softphone.empty() && settings_.register_by.empty())
        REQUIRE(wait(is_registered));
}

void PhoneBench::write_config(std::string const& central_url) {
    std::ofstream(folder_.path / "phone.toml")
        << "data = '" << data_.string() << "'\ncentral = '" << central_url << "'\nrun = '" << run_.string()
        << "'\n"
        << (settings_.softphone.empty() ? std::string() : "softphone = '" + settings_.softphone + "'\n")
        << "line = 'members'\n[desk]\nuser = '" << ::geteuid() << "'\n"
        << sip_settings() << "[audio]\nplayer = '" << settings_.player
        << "'\nsource = 'aubridge,mouth'\nalert = 'aubridge,bell'\n";
}

std::string PhoneBench::sip_settings() {
    std::ostringstream out;
    out << "[sip]\nencryption = '" << settings_.encryption << "'\nring_s = " << settings_.ring_s
        << "\nlisten = '127.0.0.1:" << ports_.at(softphone_at)
        << "'\ninterface = '127.0.0.1'\nrtp_from = " << ports_.at(softphone_media_at)
        << "\nrtp_to = " << ports_.at(PortBlock::size - 2) << "\n";
    if (settings_.telephones) {
        out << settings_.telephones(ports_.at(called_at));
        return out.str();
    }
    if (!settings_.called.empty()) {
        auto const port = std::to_string(ports_.at(called_at));
        called_.emplace(std::vector<std::string>{"sipp", "-sf", source_dir() + "/tests/phone/called.xml",
                                                 "-m", "1", "-i", "127.0.0.1", "-p", port, "-mp",
                                                 std::to_string(ports_.at(called_media_at)), "-key", "how",
                                                 settings_.called, "-nostdin", "-timeout", "600"},
                        folder_.path / "called.log");
        wait_taken(ports_.at(called_at));
        out << "account = 'sip:desk@127.0.0.1:" << port << "'\nregister_s = 0\n";
        return out.str();
    }
    if (settings_.register_by.empty()) {
        out << "account = 'sip:desk@127.0.0.1'\nregister_s = 0\n";
        return out.str();
    }
    auto const port = std::to_string(ports_.at(registrar_at));
    registrar_.emplace(std::vector<std::string>{"sipp", "-sf", source_dir() + "/tests/phone/registrar.xml",
                                                "-m", "1", "-i", "127.0.0.1", "-p", port, "-nostdin",
                                                "-timeout", "600"},
                       folder_.path / "registrar.log");
    wait_taken(ports_.at(registrar_at));
    std::ofstream(folder_.path / "password") << settings_.register_by << "\n";
    out << "account = 'sip:desk@127.0.0.1:" << port
        << "'\nlogin = 'desk-7'\nregister_s = 60\npassword_file = '" << (folder_.path / "password").string()
        << "'\n";
    return out.str();
}

void PhoneBench::start() {
    auto environment = settings_.environment;
    // It does not let itself be looked into, which the search for leaks would do.
    environment["ASAN_OPTIONS"] = "detect_leaks=0";
    helper_.emplace(std::vector<std::string>{program("portico-phone"), "--config",
                                             (folder_.path / "phone.toml").string()},
                    folder_.path / "phone.log", environment);
}

void PhoneBench::close_desk() {
    watch_.reset();
    desk_.reset();
}

void PhoneBench::open_desk(std::filesystem::path const& socket) {
    desk_ = std::make_unique<TelephoneLink>(TelephoneLinkOptions{socket, std::chrono::milliseconds(20)});
    watch_ = std::make_unique<DeviceWatch<TelephoneView>>(*desk_);
}

std::unique_ptr<Caller> PhoneBench::add_caller(std::string const& from,
                                               std::filesystem::path const& scenario) {
    auto const i = callers_++ % callers_max;
    return std::make_unique<Caller>(Caller::Place{folder_.path, ports_.at(softphone_at),
                                                  ports_.at(callers_at + i), ports_.at(control_at + i),
                                                  ports_.at(callers_media_at + media_ports_each * i),
                                                  scenario},
                                    from);
}

std::uint16_t PhoneBench::sip_port() const {
    return ports_.at(softphone_at);
}

std::string PhoneBench::ring(Caller& caller) {
    auto const before = desk_->view().calls.size();
    caller.call();
    std::string id;
    REQUIRE(wait([&](TelephoneView const& view) {
        if (view.calls.size() <= before || view.calls.back().state != State::Ringing)
            return false;
        id = view.calls.back().id;
        return true;
    }));
    return id;
}

std::string PhoneBench::talk(Caller& caller) {
    auto const id = ring(caller);
    REQUIRE(desk_->answer(id).has_value());
    REQUIRE(wait_state(id, State::Talking));
    return id;
}

std::string PhoneBench::talk_and_ask_for_keys(Caller& caller) {
    auto const id = talk(caller);
    REQUIRE(desk_->start_keying(id).has_value());
    REQUIRE(wait_state(id, State::Keying));
    return id;
}

std::string PhoneBench::dial(std::string const& ticket) {
    REQUIRE(desk_->dial(ticket).has_value());
    std::string id;
    REQUIRE(wait_ever([&](TelephoneView const& view) {
        for (auto const& one : view.calls)
            if (one.ticket == ticket)
                id = one.id;
        return !id.empty();
    }));
    return id;
}

bool PhoneBench::wait_state(std::string const& call, State state) {
    return wait([&](TelephoneView const& view) {
        auto const found = std::ranges::find(view.calls, call, &PhoneCall::id);
        return found != view.calls.end() && found->state == state;
    });
}

std::string PhoneBench::wait_end(std::string const& call) {
    bool const gone = wait([&](TelephoneView const& view) {
        return std::ranges::find(view.calls, call, &PhoneCall::id) == view.calls.end();
    });
    REQUIRE(gone);
    std::string how;
    int times = 0;
    for (auto const& view : told())
        for (auto const& one : view.calls)
            if (one.id == call && one.state == State::Ended) {
                how = one.end;
                ++times;
            }
    CHECK(times == 1);
    return how;
}

PhoneCall PhoneBench::call(std::string const& id) {
    auto const view = desk_->view();
    auto const found = std::ranges::find(view.calls, id, &PhoneCall::id);
    REQUIRE(found != view.calls.end());
    return *found;
}

pid_t PhoneBench::softphone() const {
    std::ifstream children("/proc/" + std::to_string(helper_->pid()) + "/task/" +
                           std::to_string(helper_->pid()) + "/children");
    pid_t child = 0;
    children >> child;
    return child;
}

} // namespace portico::test
