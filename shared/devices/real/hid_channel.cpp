#include "shared/devices/real/hid_channel.h"

#include <algorithm>
#include <cerrno>
#include <fido.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace portico {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A report is 4 bytes of channel, then a command with its high bit set, 2 bytes of length, and data.
constexpr std::size_t command_at = 4;
constexpr std::size_t data_at = 7;
constexpr unsigned char keepalive_touch_wanted = 2; // CTAPHID_KEEPALIVE status UPNEEDED

// fido_dev_open calls back with nothing but the path: the channel being opened is found here.
thread_local HidChannel* opening = nullptr;

} // namespace

HidChannel::HidChannel(KeyPort& port, std::string path, milliseconds timeout, TouchPrompt touch,
                       std::stop_token cancel)
    : port_(port), path_(std::move(path)), touch_(std::move(touch)), cancel_(std::move(cancel)),
      on_cancel_(cancel_, [this] { cancelled_.signal(); }), deadline_(steady_clock::now() + timeout) {}

int HidChannel::attach(fido_dev* device) {
    fido_dev_io_t const io{open_for_library, close_for_library, read_for_library, write_for_library};
    if (int const code = fido_dev_set_io_functions(device, &io); code != FIDO_OK)
        return code;
    opening = this;
    int const code = fido_dev_open(device, path_.c_str());
    opening = nullptr;
    return code;
}

void* HidChannel::open_for_library(char const* /*path*/) {
    return opening != nullptr && opening->open() ? opening : nullptr;
}

void HidChannel::close_for_library(void* channel) {
    static_cast<HidChannel*>(channel)->fd_.close();
}

int HidChannel::read_for_library(void* channel, unsigned char* report, std::size_t size, int /*timeout_ms*/) {
    return static_cast<HidChannel*>(channel)->read(report, size);
}

int HidChannel::write_for_library(void* channel, unsigned char const* report, std::size_t size) {
    return static_cast<HidChannel*>(channel)->write(report, size);
}

bool HidChannel::open() {
    auto opened = port_.open(path_);
    if (opened.has_error()) {
        end_ = End::Unplugged;
        open_error_ = opened.error();
        return false;
    }
    fd_ = std::move(opened.value());
    return true;
}

int HidChannel::read(unsigned char* report, std::size_t size) {
    while (end_ == End::None || giving_up_) {
        auto const readable = wait_readable();
        if (!readable)
            continue; // told to stop just now: wait for the key to acknowledge
        if (!*readable)
            return -1;
        auto const got = ::read(fd_.get(), report, size);
        if (got == static_cast<ssize_t>(size)) {
            note_touch_wanted(report);
            return static_cast<int>(got);
        }
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        giving_up_ = false;
        if (end_ == End::None)
            end_ = End::Unplugged;
        return -1;
    }
    return -1;
}

/// True: a report is there. False: the wire has ended. Nothing: the key was just told to stop, or look again.
std::optional<bool> HidChannel::wait_readable() {
    auto const left = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now());
    if (left.count() <= 0) { // checked first: a key that keeps chattering is held to it too
        if (std::exchange(giving_up_, false))
            return false;
        give_up(End::TimedOut);
        return std::nullopt;
    }
    pollfd entries[2] = {{fd_.get(), POLLIN, 0}, {giving_up_ ? -1 : cancelled_.fd(), POLLIN, 0}};
    if (poll(entries, 2, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000))) < 0)
        return errno == EINTR ? std::optional<bool>{} : std::optional{false};
    if (entries[1].revents != 0) {
        give_up(End::Cancelled);
        return std::nullopt;
    }
    return entries[0].revents != 0 ? std::optional{true} : std::nullopt;
}

void HidChannel::give_up(End why) {
    end_ = why;
    deadline_ = steady_clock::now() + key_cancel_grace_ms;
    unsigned char report[1 + CTAP_MAX_REPORT_LEN] = {};
    std::copy(channel_id_.begin(), channel_id_.end(), report + 1);
    report[1 + command_at] = CTAP_FRAME_INIT | CTAP_CMD_CANCEL;
    giving_up_ = send_report(report, sizeof report);
}

int HidChannel::write(unsigned char const* report, std::size_t size) {
    if (end_ == End::None && cancelled_.is_set())
        end_ = End::Cancelled; // between two requests the key need not be told
    if (end_ != End::None)
        return -1;
    std::copy_n(report + 1, channel_id_.size(), channel_id_.begin());
    if (send_report(report, size))
        return static_cast<int>(size);
    end_ = End::Unplugged;
    return -1;
}

bool HidChannel::send_report(unsigned char const* report, std::size_t size) {
    bool const numbered = port_.writes_report_number();
    auto const wanted = static_cast<ssize_t>(numbered ? size : size - 1);
    while (true) {
        // A socket is written with send: a cut one must not raise SIGPIPE.
        auto const sent =
            numbered ? ::write(fd_.get(), report, size) : send(fd_.get(), report + 1, size - 1, MSG_NOSIGNAL);
        if (sent >= 0 || errno != EINTR)
            return sent == wanted; // half a report is none: the key would wait for the rest, and we for it
    }
}

void HidChannel::note_touch_wanted(unsigned char const* report) {
    if (touch_prompted_ || giving_up_ || report[command_at] != (CTAP_FRAME_INIT | CTAP_KEEPALIVE) ||
        report[data_at] != keepalive_touch_wanted)
        return;
    touch_prompted_ = true;
    if (touch_)
        touch_();
}

} // namespace portico
