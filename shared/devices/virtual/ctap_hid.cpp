#include "shared/devices/virtual/ctap_hid.h"

#include <algorithm>

namespace portico {

namespace {

constexpr std::size_t init_data_at = 7;
constexpr std::size_t continuation_data_at = 5;
constexpr std::uint8_t init_bit = 0x80;

enum HidError : std::uint8_t { invalid_length = 0x03, invalid_sequence = 0x04, channel_busy = 0x06 };

void put_channel(HidReport& report, std::uint32_t channel) {
    for (unsigned i = 0; i < 4; ++i)
        report[i] = static_cast<std::uint8_t>(channel >> (24U - 8U * i));
}

HidMessage complaint(std::uint32_t channel, HidError why) {
    return {channel, HidCommand::Error, {why}};
}

} // namespace

std::vector<HidReport> to_reports(HidMessage const& message) {
    std::vector<HidReport> reports;
    HidReport first{};
    put_channel(first, message.channel);
    first[4] = static_cast<std::uint8_t>(init_bit | static_cast<unsigned>(message.command));
    first[5] = static_cast<std::uint8_t>(message.data.size() >> 8U);
    first[6] = static_cast<std::uint8_t>(message.data.size() & 0xFFU);
    ByteView rest = message.data;
    auto take = [&rest](HidReport& report, std::size_t at) {
        auto const count = std::min(rest.size(), report.size() - at);
        std::copy_n(rest.begin(), count, report.begin() + static_cast<std::ptrdiff_t>(at));
        rest = rest.subspan(count);
    };
    take(first, init_data_at);
    reports.push_back(first);
    for (std::uint8_t sequence = 0; !rest.empty(); ++sequence) {
        HidReport report{};
        put_channel(report, message.channel);
        report[4] = sequence;
        take(report, continuation_data_at);
        reports.push_back(report);
    }
    return reports;
}

std::optional<HidMessage> HidAssembler::add(HidReport const& report) {
    std::uint32_t channel = 0;
    for (unsigned i = 0; i < 4; ++i)
        channel = (channel << 8U) | report[i];
    return (report[4] & init_bit) != 0 ? begin(channel, report) : go_on(channel, report);
}

std::optional<HidMessage> HidAssembler::begin(std::uint32_t channel, HidReport const& report) {
    auto const command = static_cast<HidCommand>(report[4] & ~unsigned{init_bit});
    if (command == HidCommand::Cancel)
        return HidMessage{channel, command, {}};
    if (wanted_ != 0 && channel != partial_.channel)
        return complaint(channel, channel_busy);
    bool const interrupts = wanted_ != 0 && command != HidCommand::Init;
    wanted_ = 0;
    if (interrupts)
        return complaint(channel, invalid_sequence);
    std::size_t const size = (std::size_t{report[5]} << 8U) | report[6];
    if (size > hid_message_bytes_max)
        return complaint(channel, invalid_length);
    auto const here = std::min(size, hid_report_bytes - init_data_at);
    partial_ = {channel, command,
                Bytes(report.begin() + init_data_at,
                      report.begin() + static_cast<std::ptrdiff_t>(init_data_at + here))};
    if (here == size)
        return std::move(partial_);
    wanted_ = size;
    next_sequence_ = 0;
    return std::nullopt;
}

std::optional<HidMessage> HidAssembler::go_on(std::uint32_t channel, HidReport const& report) {
    if (wanted_ == 0 || channel != partial_.channel)
        return std::nullopt; // stray continuations are ignored, as the specification wants
    if (report[4] != next_sequence_++) {
        wanted_ = 0;
        return complaint(channel, invalid_sequence);
    }
    auto const here = std::min(wanted_ - partial_.data.size(), hid_report_bytes - continuation_data_at);
    partial_.data.insert(partial_.data.end(), report.begin() + continuation_data_at,
                         report.begin() + static_cast<std::ptrdiff_t>(continuation_data_at + here));
    if (partial_.data.size() < wanted_)
        return std::nullopt;
    wanted_ = 0;
    return std::move(partial_);
}

} // namespace portico
