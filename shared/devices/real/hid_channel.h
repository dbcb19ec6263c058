#pragma once

#include "shared/devices/real/key_port.h"
#include "shared/devices/security_key.h"

#include <array>
#include <chrono>
#include <optional>

struct fido_dev;

namespace portico {

/// The wire between libfido2 and one key for the length of one call: reports over a descriptor, with what
/// libfido2's own transport lacks: an end by cancel or deadline that the key is told of, the moment it begins
/// to wait for a finger, and why a read failed. One thread.
class HidChannel {
public:
    enum class End : std::uint8_t { None, Cancelled, TimedOut, Unplugged };

    HidChannel(KeyPort& port, std::string path, std::chrono::milliseconds timeout, TouchPrompt touch,
               std::stop_token cancel);

    /// Gives `device` this channel and opens it. Returns a FIDO_ERR_ code.
    int attach(fido_dev* device);
    /// Why the wire stopped working; None while it does.
    End end() const { return end_; }
    /// Why the key could not be opened; nothing when it could.
    std::optional<Error> const& open_error() const { return open_error_; }

private:
    static void* open_for_library(char const* path);
    static void close_for_library(void* channel);
    static int read_for_library(void* channel, unsigned char* report, std::size_t size, int timeout_ms);
    static int write_for_library(void* channel, unsigned char const* report, std::size_t size);

    bool open();
    int read(unsigned char* report, std::size_t size);
    int write(unsigned char const* report, std::size_t size);
    bool send_report(unsigned char const* report, std::size_t size);
    std::optional<bool> wait_readable();
    void give_up(End why);
    void note_touch_wanted(unsigned char const* report);

    KeyPort& port_;
    std::string path_;
    TouchPrompt touch_;
    std::stop_token cancel_;
    EventFlag cancelled_;
    std::stop_callback<std::function<void()>> on_cancel_;
    std::chrono::steady_clock::time_point deadline_;
    FileDescriptor fd_;
    std::array<unsigned char, 4> channel_id_{};
    bool touch_prompted_ = false;
    /// The key was told to stop; it has `key_cancel_grace_ms` to answer.
    bool giving_up_ = false;
    End end_ = End::None;
    std::optional<Error> open_error_;
};

/// How long a cancelled key may take to acknowledge before its wire is cut.
inline constexpr std::chrono::milliseconds key_cancel_grace_ms{100};

} // namespace portico
