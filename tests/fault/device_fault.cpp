#include "tests/fault/device_fault.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <termios.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace portico::test {

namespace {

using std::chrono::steady_clock;

struct Standing {
    DeviceFaultKind kind{};
    std::uint64_t after = 0;
    DeviceFault::Concerns concerns;
    std::function<void()> pull;
    std::uint64_t calls = 0;
    std::optional<DeviceCall> struck;
};
std::mutex guard;
std::optional<Standing> standing;
/// Which one stands, 0 for none: so that nothing else is looked at while there is none, and what a thread
/// remembers of a former one does not count.
std::atomic<std::uint64_t> present = 0;
std::uint64_t last = 0;
std::atomic<bool> time_is_held = false;
std::atomic<std::size_t> bytes_read = 0;

/// How far the time of a thread that was struck is ahead of everybody's.
struct Ahead {
    std::uint64_t fault = 0;
    steady_clock::duration by{};
};
thread_local Ahead ahead;

bool is_struck_thread() {
    return ahead.fault != 0 && ahead.fault == present;
}

bool applies(DeviceFaultKind kind, DeviceCall call) {
    bool const carries = call == DeviceCall::Read || call == DeviceCall::Send;
    switch (kind) {
    case DeviceFaultKind::Error:
        return call != DeviceCall::WaitForChange;
    case DeviceFaultKind::Gone:
        return true;
    case DeviceFaultKind::Interrupted:
        return carries || call == DeviceCall::Poll || call == DeviceCall::WaitForChange;
    case DeviceFaultKind::Ended:
        return call == DeviceCall::Read;
    case DeviceFaultKind::Short:
    case DeviceFaultKind::GarbledHead:
    case DeviceFaultKind::GarbledTail:
    case DeviceFaultKind::Lost:
        break;
    }
    return carries;
}

char const* name(DeviceCall call) {
    static constexpr std::array names{"list", "wait for change", "open", "settings", "poll", "read", "send"};
    return names.at(static_cast<std::size_t>(call));
}

/// The bytes 5 to 11 of a CTAPHID report are its length and the first of its data, or data alone.
void garble(DeviceFaultKind kind, std::uint8_t* bytes, std::size_t size) {
    bool const head = kind == DeviceFaultKind::GarbledHead;
    auto const to = std::min(head ? std::size_t{12} : size, size);
    for (auto at = head ? std::size_t{5} : size / 2; at < to; ++at)
        bytes[at] ^= 0x5AU;
}

int failed(int code) {
    errno = code;
    return -1;
}

/// Whether another thread of this process runs, or waits for a core: what it is at may be what is waited for.
bool others_are_at_work() {
    auto const own = std::to_string(::gettid());
    for (auto const& task : std::filesystem::directory_iterator("/proc/self/task")) {
        if (task.path().filename() == own)
            continue;
        std::ifstream file(task.path() / "stat");
        std::string text; // "NUMBER (name) STATE ..."
        std::getline(file, text);
        auto const state = text.rfind(") ");
        if (state != std::string::npos && text.find_first_of("RD", state + 2) == state + 2)
            return true;
    }
    return false;
}

} // namespace

char const* name(DeviceFaultKind kind) {
    static constexpr std::array names{"error",        "interrupted",  "ended", "short",
                                      "garbled head", "garbled tail", "lost",  "gone"};
    return names.at(static_cast<std::size_t>(kind));
}

DeviceFault::Concerns DeviceFault::this_thread() {
    return [id = std::this_thread::get_id()](int, char const*) { return std::this_thread::get_id() == id; };
}

DeviceFault::Concerns DeviceFault::terminal(std::string path) {
    return [path = std::move(path)](int fd, char const* opened) {
        return opened != nullptr ? path == opened : isatty(fd) == 1;
    };
}

DeviceFault::DeviceFault(DeviceFaultKind kind, std::uint64_t after, Concerns concerns,
                         std::function<void()> pull) {
    std::lock_guard const lock(guard);
    if (standing)
        throw std::logic_error("two device faults at once");
    standing.emplace(Standing{kind, after, std::move(concerns), std::move(pull), 0, {}});
    time_is_held = false;
    bytes_read = 0;
    present = ++last;
}

DeviceFault::~DeviceFault() {
    std::lock_guard const lock(guard);
    standing.reset();
    present = 0;
    time_is_held = false;
}

bool DeviceFault::struck() const {
    std::lock_guard const lock(guard);
    return standing->struck.has_value();
}

std::string DeviceFault::where() const {
    std::lock_guard const lock(guard);
    return standing->struck ? name(*standing->struck) + (" " + std::to_string(standing->after)) : "";
}

void DeviceFault::hold_time(bool held) const {
    time_is_held = held;
}

std::size_t DeviceFault::read_since() const {
    return bytes_read;
}

std::optional<DeviceFaultKind> DeviceFault::meets(DeviceCall call, int fd, char const* path) {
    if (present == 0)
        return std::nullopt;
    std::function<void()> pull;
    {
        std::lock_guard const lock(guard);
        if (!standing || standing->struck || !applies(standing->kind, call))
            return std::nullopt;
        auto const code = errno; // not for the one who calls to see
        bool const concerned = standing->concerns(fd, path);
        errno = code;
        if (!concerned || standing->calls++ != standing->after)
            return std::nullopt;
        standing->struck = call;
        ahead = {present.load(), {}};
        if (standing->kind != DeviceFaultKind::Gone)
            return standing->kind;
        pull = standing->pull;
    }
    pull(); // and the call meets what is left
    return std::nullopt;
}

} // namespace portico::test

using portico::test::DeviceCall;
using portico::test::DeviceFault;
using portico::test::DeviceFaultKind;

// What the linker puts in the place of the C library's functions, and what it calls them meanwhile.
extern "C" {

int __real_open(char const* path, int flags, ...);
int __real_tcgetattr(int fd, termios* settings);
int __real_tcsetattr(int fd, int when, termios const* settings);
int __real_poll(pollfd* entries, nfds_t count, int timeout_ms);
ssize_t __real_read(int fd, void* to, size_t size);
ssize_t __real_send(int fd, void const* from, size_t size, int flags);

} // extern "C"

// std::chrono::steady_clock::now, by the name that the linker knows it by.
std::chrono::steady_clock::time_point real_now() noexcept asm("__real__ZNSt6chrono3_V212steady_clock3nowEv");
std::chrono::steady_clock::time_point wrapped_now() noexcept
    asm("__wrap__ZNSt6chrono3_V212steady_clock3nowEv");

namespace portico::test {

namespace {

/// Poll for the thread that was struck: once nothing is under way any more, the rest of the time has gone by.
int poll_what_may_come(pollfd* entries, nfds_t count, int timeout_ms) {
    constexpr int patience_ms = DeviceFault::patience.count();
    auto const until = real_now() + std::chrono::milliseconds(timeout_ms);
    while (true) {
        int const ready = __real_poll(entries, count, patience_ms);
        if (ready != 0)
            return ready;
        if (time_is_held)
            continue;
        auto const left = until - real_now();
        if (left <= steady_clock::duration{})
            return 0;
        if (others_are_at_work())
            continue;
        int const meanwhile = __real_poll(entries, count, 0);
        if (meanwhile == 0)
            ahead.by += left;
        return meanwhile;
    }
}

} // namespace

} // namespace portico::test

extern "C" {

int __wrap_open(char const* path, int flags, ...) {
    if (DeviceFault::meets(DeviceCall::Open, -1, path))
        return portico::test::failed(EIO);
    if ((flags & O_CREAT) == 0 && (flags & O_TMPFILE) != O_TMPFILE)
        return __real_open(path, flags);
    std::va_list rest;
    va_start(rest, flags);
    auto const mode = va_arg(rest, unsigned);
    va_end(rest);
    return __real_open(path, flags, mode);
}

int __wrap_tcgetattr(int fd, termios* settings) {
    return DeviceFault::meets(DeviceCall::Settings, fd) ? portico::test::failed(EIO)
                                                        : __real_tcgetattr(fd, settings);
}

int __wrap_tcsetattr(int fd, int when, termios const* settings) {
    return DeviceFault::meets(DeviceCall::Settings, fd) ? portico::test::failed(EIO)
                                                        : __real_tcsetattr(fd, when, settings);
}

int __wrap_poll(pollfd* entries, nfds_t count, int timeout_ms) {
    auto const fault = DeviceFault::meets(DeviceCall::Poll, count > 0 ? entries[0].fd : -1);
    if (fault)
        return portico::test::failed(*fault == DeviceFaultKind::Interrupted ? EINTR : ENOMEM);
    if (!portico::test::is_struck_thread() || timeout_ms <= DeviceFault::patience.count())
        return __real_poll(entries, count, timeout_ms);
    return portico::test::poll_what_may_come(entries, count, timeout_ms);
}

ssize_t __wrap_read(int fd, void* to, size_t size) {
    auto const fault = DeviceFault::meets(DeviceCall::Read, fd);
    if (!fault) {
        auto const got = __real_read(fd, to, size);
        if (got > 0 && portico::test::is_struck_thread())
            portico::test::bytes_read += static_cast<std::size_t>(got);
        return got;
    }
    switch (*fault) {
    case DeviceFaultKind::Interrupted:
        return portico::test::failed(EINTR);
    case DeviceFaultKind::Ended:
        return 0;
    case DeviceFaultKind::Short:
        return __real_read(fd, to, size) / 2;
    case DeviceFaultKind::Lost:
        return __real_read(fd, to, size) < 0 ? -1 : portico::test::failed(EAGAIN);
    case DeviceFaultKind::GarbledHead:
    case DeviceFaultKind::GarbledTail: {
        auto const got = __real_read(fd, to, size);
        if (got > 0)
            portico::test::garble(*fault, static_cast<std::uint8_t*>(to), static_cast<std::size_t>(got));
        return got;
    }
    case DeviceFaultKind::Error:
    case DeviceFaultKind::Gone:
        break;
    }
    return portico::test::failed(EIO);
}

ssize_t __wrap_send(int fd, void const* from, size_t size, int flags) {
    auto const fault = DeviceFault::meets(DeviceCall::Send, fd);
    if (!fault)
        return __real_send(fd, from, size, flags);
    switch (*fault) {
    case DeviceFaultKind::Interrupted:
        return portico::test::failed(EINTR);
    case DeviceFaultKind::Short:
        return __real_send(fd, from, size / 2, flags);
    case DeviceFaultKind::Lost:
        return static_cast<ssize_t>(size);
    case DeviceFaultKind::GarbledHead:
    case DeviceFaultKind::GarbledTail: {
        auto const* first = static_cast<std::uint8_t const*>(from);
        std::vector<std::uint8_t> bytes(first, first + size);
        portico::test::garble(*fault, bytes.data(), size);
        return __real_send(fd, bytes.data(), size, flags);
    }
    case DeviceFaultKind::Ended:
    case DeviceFaultKind::Error:
    case DeviceFaultKind::Gone:
        break;
    }
    return portico::test::failed(EIO);
}

} // extern "C"

std::chrono::steady_clock::time_point wrapped_now() noexcept {
    return real_now() + (portico::test::is_struck_thread() ? portico::test::ahead.by
                                                           : std::chrono::steady_clock::duration{});
}
