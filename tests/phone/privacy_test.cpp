#include "tests/phone/phone_bench.h"
#include "tests/phone/tapped_socket.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/file_mode.h"
#include "tests/support/process_memory.h"

#include <fstream>
#include <iostream>
#include <random>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace portico;
using namespace portico::test;
using State = PhoneCall::State;

namespace {

/// The least that a small program has in its memory.
constexpr std::size_t small_program_bytes = 500'000;

bool has(pid_t one, std::string const& word) {
    return !found_in_memory(one, {word}, small_program_bytes).empty();
}

/// Six digits of which not even five stand in the memory of these programs yet, as they may by chance.
std::string fresh_digits(std::vector<pid_t> const& programs) {
    static std::mt19937 dice{20261129};
    while (true) {
        auto const digits = std::to_string(100000 + dice() % 900000);
        if (std::ranges::all_of(programs, [&](pid_t one) { return !has(one, digits); }))
            return digits;
    }
}

/// What a program of another user hears at a socket: its first bytes, at most. The child makes system calls
/// alone, for this process has threads.
std::string heard_as_nobody(std::filesystem::path const& socket) {
    int pipe_ends[2];
    REQUIRE(::pipe(pipe_ends) == 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.native().copy(address.sun_path, sizeof address.sun_path - 1);
    constexpr uid_t nobody = 65534;
    pid_t const child = ::fork();
    if (child == 0) {
        char heard[512];
        bool const changed = ::setgid(nobody) == 0 && ::setuid(nobody) == 0;
        int const fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
        ssize_t got = 0;
        if (changed && ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
            got = ::read(fd, heard, sizeof heard);
        if (got > 0)
            got = ::write(pipe_ends[1], heard, static_cast<std::size_t>(got));
        ::_exit(changed ? 0 : 1);
    }
    ::close(pipe_ends[1]);
    std::string all;
    char piece[512];
    for (ssize_t got = 0; (got = ::read(pipe_ends[0], piece, sizeof piece)) > 0;)
        all.append(piece, static_cast<std::size_t>(got));
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    return all;
}

} // namespace

TEST_CASE("phone privacy: what was keyed is in no memory of the desk, not on its socket, and gone from the "
          "helper") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    bench.close_desk();
    TappedSocket const tap(bench.folder() / "tap.sock", bench.socket());
    Process const desk({program("telephone_desk"), tap.path().string()}, bench.folder() / "desk.log",
                       {{"ASAN_OPTIONS", "detect_leaks=0"}});
    REQUIRE(eventually([&] { return tap.said().find("\"ready\"") != std::string::npos; }));
    auto const caller = bench.add_caller();
    caller->call();
    desk.wait_for_line("keying");
    std::vector<pid_t> const programs{desk.pid(), bench.helper().pid(), bench.softphone()};
    auto const digits = fresh_digits(programs);
    caller->key(digits);
    desk.wait_for_line("right");
    REQUIRE(bench.central().keyed().size() == 1);
    CHECK(bench.central().keyed()[0].digits == digits); // they went the other way
    CHECK(has(desk.pid(), "+15550100134"));             // so that they would be found
    CHECK_FALSE(has(desk.pid(), digits));
    CHECK_FALSE(has(bench.helper().pid(), digits));
    CHECK_FALSE(has(bench.softphone(), digits));
    CHECK(found_in_files(bench.folder().string(), {digits}).empty());
    auto const said = tap.said();
    CHECK(said.find("\"keyed\":6") != std::string::npos);
    CHECK(said.find(digits) == std::string::npos);
    // Nor one by one: the socket says nothing but counts, names and numbers it must.
    for (std::size_t at = 0; (at = said.find("\"keyed\":", at)) != std::string::npos; ++at)
        CHECK(said.substr(at + 9, 2).find_first_of("0123456789") == std::string::npos);
}

TEST_CASE("phone privacy: a caller who hangs up while keying leaves nothing behind") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk_and_ask_for_keys(*caller);
    auto const digits = fresh_digits({bench.helper().pid()}).substr(1); // five, which stand there nowhere yet
    for (int i = 0; i < 5; ++i) {
        caller->key_by_info(digits[static_cast<std::size_t>(i)]);
        REQUIRE(bench.wait([&](TelephoneView const& view) {
            return !view.calls.empty() && view.calls.front().keyed == i + 1;
        }));
    }
    // All five of them, for what is looked for has no first letter: four stand in some number by chance too
    // often.
    std::string const all = "-" + digits;
    CHECK(has(bench.helper().pid(), all)); // so that it would be found
    caller->hang_up();
    CHECK(bench.wait_end(id) == "caller");
    CHECK(found_in_memory(bench.helper().pid(), {all}, small_program_bytes) == std::vector<std::string>{});
    CHECK(bench.central().keyed().empty());
}

TEST_CASE(
    "phone privacy: nobody else's program is served at the desk's socket, and none reaches the softphone's") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const own = bench.folder() / "run" / "softphone";
    CHECK(mode_of(own) == 0700);
    CHECK(mode_of(own / "control") == 0600);
    CHECK_FALSE(std::filesystem::exists(own / "accounts")); // its password is not needed any more
    {
        TelephoneLink second({bench.socket(), std::chrono::milliseconds(20)});
        DeviceWatch<TelephoneView> watch(second);
        CHECK(watch.wait([](TelephoneView const& view) {
            auto const* fault = std::get_if<TelephoneFault>(&view.state);
            return fault != nullptr && fault->error.reason == "telephone_refused";
        }));
    }
    if (::geteuid() != 0) {
        std::cout << "SKIP: only root can be another user for a moment\n";
        return;
    }
    bench.close_desk(); // its place is free: only who asks is looked at
    CHECK(heard_as_nobody(bench.socket()) ==
          "{\"state\":\"fault\",\"reason\":\"telephone_refused\",\"calls\":[]}\n");
    CHECK(heard_as_nobody(own / "control").empty());
    // The one it serves comes back.
    bench.open_desk(bench.socket());
    REQUIRE(bench.wait(
        [](TelephoneView const& view) { return std::holds_alternative<TelephoneReady>(view.state); }));
    auto const caller = bench.add_caller();
    bench.talk(*caller);
}

TEST_CASE("phone privacy: whoever connects to the softphone's control as this user is not it") {
    if (!PhoneBench::can_run())
        return;
    ScratchFolder folder;
    auto const never_ready = folder.path / "never-ready";
    std::ofstream(never_ready) << "#!/bin/sh\nexec sleep 60\n";
    REQUIRE(::chmod(never_ready.c_str(), 0700) == 0);
    PhoneBench bench({.softphone = never_ready.string()});
    auto const control = bench.folder() / "run" / "softphone" / "control";
    std::optional<LocalSocket> stranger;
    REQUIRE(eventually([&] {
        auto connected = LocalSocket::connect(control);
        if (connected.has_value())
            stranger = std::move(connected).value();
        return stranger.has_value();
    }));
    std::string heard;
    static_cast<void>(stranger->send(std::string("\x10\x0F\x00\x04MQTT\x04\x02\x00<\x00\x03", 14) + "me!"));
    CHECK(eventually([&] {
        return stranger
            ->receive([&](std::string_view bytes) -> Result<void> {
                heard += bytes;
                return ok();
            })
            .has_error();
    }));
    CHECK(heard.empty());
}
