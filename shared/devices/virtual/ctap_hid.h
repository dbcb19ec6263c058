#pragma once

#include "shared/base/encoding.h"

#include <array>
#include <functional>
#include <optional>

namespace portico {

inline constexpr std::size_t hid_report_bytes = 64;
using HidReport = std::array<std::uint8_t, hid_report_bytes>;

/// CTAPHID commands. Source: CTAP 2.1, section 11.2.9.
enum class HidCommand : std::uint8_t {
    Ping = 0x01,
    Init = 0x06,
    Wink = 0x08,
    Cbor = 0x10,
    Cancel = 0x11,
    Keepalive = 0x3B,
    Error = 0x3F,
};

/// A whole message on a channel.
struct HidMessage {
    std::uint32_t channel = 0;
    HidCommand command = HidCommand::Ping;
    Bytes data;
};

inline constexpr std::uint32_t hid_broadcast_channel = 0xFFFFFFFF;
inline constexpr std::size_t hid_message_bytes_max = hid_report_bytes - 7 + 128 * (hid_report_bytes - 5);

/// Cuts a message into reports.
std::vector<HidReport> to_reports(HidMessage const& message);

/// Puts reports together to messages, the device's side.
class HidAssembler {
public:
    /// A whole message (a complaint to send back is one with command Error), or nothing yet. Cancel comes out
    /// at once, and leaves a message in progress alone.
    std::optional<HidMessage> add(HidReport const& report);

private:
    std::optional<HidMessage> begin(std::uint32_t channel, HidReport const& report);
    std::optional<HidMessage> go_on(std::uint32_t channel, HidReport const& report);

    HidMessage partial_;
    std::size_t wanted_ = 0; ///< bytes of the message in progress; 0 when none is
    unsigned next_sequence_ = 0;
};

} // namespace portico
