#include "shared/devices/virtual/virtual_key_session.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace portico {

namespace {

constexpr int keepalive_interval_ms = 100;
constexpr std::uint8_t keepalive_touch_wanted = 2;
constexpr std::uint8_t hid_protocol_version = 2;
constexpr std::uint8_t speaks_cbor_only = 0x04 | 0x08;

enum HidError : std::uint8_t { invalid_command = 0x01, invalid_channel = 0x0B };

} // namespace

void VirtualKeySession::serve() {
    while (!gone_ && wait(-1, false) == Wake::Report) {
        if (auto const message = receive())
            answer(*message);
    }
}

VirtualKeySession::Wake VirtualKeySession::wait(int timeout_ms, bool for_touch) {
    pollfd entries[2] = {{wire_->get(), POLLIN, 0}, {for_touch ? slot_.touched_.fd() : -1, POLLIN, 0}};
    int ready = 0;
    while ((ready = poll(entries, 2, timeout_ms)) < 0 && errno == EINTR) {
    }
    if (entries[0].revents != 0) // its end too: `receive` sees that
        return Wake::Report;
    return ready == 0 ? Wake::Time : Wake::Touched;
}

std::optional<HidMessage> VirtualKeySession::receive() {
    HidReport report{};
    auto const got = recv(wire_->get(), report.data(), report.size(), 0);
    if (got != static_cast<ssize_t>(report.size()) || !slot_.pass_report()) {
        gone_ = true;
        return std::nullopt;
    }
    return assembler_.add(report);
}

void VirtualKeySession::answer(HidMessage const& message) {
    auto const channel = message.channel;
    bool const known = channel == hid_broadcast_channel ? message.command == HidCommand::Init
                                                        : channel != 0 && channel <= last_channel_;
    if (!known) {
        send({channel, HidCommand::Error, {invalid_channel}});
        return;
    }
    switch (message.command) {
    case HidCommand::Init:
        send({channel, HidCommand::Init, welcome(message.data)});
        break;
    case HidCommand::Cbor: {
        if (message.data.empty())
            break;
        auto reply = authenticator_->handle(
            message.data.front(), ByteView(message.data).subspan(1),
            [this, channel] { return wait_for_touch(channel); }, power_cycles_);
        send({channel, HidCommand::Cbor, std::move(reply)});
        break;
    }
    case HidCommand::Ping:
    case HidCommand::Wink:
    case HidCommand::Error: // a complaint of the assembler
        send(message);
        break;
    case HidCommand::Cancel: // nothing to cancel
        break;
    default:
        send({channel, HidCommand::Error, {invalid_command}});
    }
}

Bytes VirtualKeySession::welcome(ByteView nonce) {
    ++last_channel_;
    Bytes out(nonce.begin(), nonce.end());
    for (unsigned shift = 32; shift != 0;) {
        shift -= 8;
        out.push_back(static_cast<std::uint8_t>(last_channel_ >> shift));
    }
    out.insert(out.end(), {hid_protocol_version, 1, 0, 0, speaks_cbor_only});
    return out;
}

bool VirtualKeySession::send(HidMessage const& message) {
    std::shared_ptr<std::function<void(HidReport&)>> filter;
    {
        std::lock_guard const lock(slot_.guard_);
        filter = slot_.filter_;
    }
    for (auto& report : to_reports(message)) {
        if (filter)
            (*filter)(report);
        if (gone_ || !slot_.pass_report() ||
            ::send(wire_->get(), report.data(), report.size(), MSG_NOSIGNAL) < 0) {
            gone_ = true;
            return false;
        }
    }
    return true;
}

Touch VirtualKeySession::wait_for_touch(std::uint32_t channel) {
    slot_.touched_.clear();
    {
        std::lock_guard const lock(slot_.guard_);
        slot_.touch_wanted_ = true;
        slot_.changed_.notify_all();
    }
    auto const touch = blink(channel);
    slot_.touch_wanted_ = false;
    return touch;
}

Touch VirtualKeySession::blink(std::uint32_t channel) {
    using std::chrono::steady_clock;
    auto const until = steady_clock::now() + std::chrono::milliseconds(slot_.touch_timeout_ms_);
    while (send({channel, HidCommand::Keepalive, {keepalive_touch_wanted}})) {
        if (slot_.auto_touch_)
            return Touch::Given;
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now()).count();
        if (left <= 0)
            return Touch::TimedOut;
        switch (wait(static_cast<int>(std::min<std::int64_t>(left, keepalive_interval_ms)), true)) {
        case Wake::Touched:
            return Touch::Given;
        case Wake::Report:
            if (auto const message = receive(); message && message->command == HidCommand::Cancel)
                return Touch::Cancelled;
            break;
        case Wake::Time:
            break;
        }
    }
    return Touch::Cancelled;
}

} // namespace portico
