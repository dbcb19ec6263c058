#include "tests/phone/long_speech.h"

#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace portico::test {

namespace {

constexpr char const* recording = "/usr/share/sip-tester/g711a.pcap";
constexpr std::uint32_t speech_times = 30;

// A file of libpcap, on a machine like the one that wrote it: its head, then packets, each behind a head that
// begins with the second and the microsecond and its size. Here Ethernet, IPv4, UDP and RTP (RFC 3550).
constexpr std::uint32_t pcap_magic = 0xA1B2C3D4;
constexpr std::size_t file_head_bytes = 24;
constexpr std::size_t packet_head_bytes = 16;
constexpr std::size_t size_at = 8;
constexpr std::size_t rtp_at = packet_head_bytes + 14 + 20 + 8;
constexpr std::uint64_t second_us = 1'000'000;

std::string file_text(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    REQUIRE(stream);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::uint32_t host_number(std::string const& bytes, std::size_t at) {
    std::uint32_t found = 0;
    REQUIRE(at + sizeof found <= bytes.size());
    std::memcpy(&found, bytes.data() + at, sizeof found);
    return found;
}

void set_host_number(std::string& bytes, std::size_t at, std::uint32_t value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

/// As the network writes it, in `size` bytes.
std::uint32_t wire_number(std::string const& bytes, std::size_t at, std::size_t size) {
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < size; ++i)
        found = found << 8U | static_cast<std::uint8_t>(bytes.at(at + i));
    return found;
}

void set_wire_number(std::string& bytes, std::size_t at, std::size_t size, std::uint32_t value) {
    for (std::size_t i = size; i > 0; --i, value >>= 8U)
        bytes.at(at + i - 1) = static_cast<char>(value & 0xFFU);
}

std::uint64_t moment_us(std::string const& packet) {
    return host_number(packet, 0) * second_us + host_number(packet, 4);
}

std::vector<std::string> packets_of(std::string const& pcap) {
    std::vector<std::string> packets;
    for (auto at = file_head_bytes; at < pcap.size(); at += packets.back().size()) {
        packets.push_back(pcap.substr(at, packet_head_bytes + host_number(pcap, at + size_at)));
        REQUIRE(packets.back().size() > rtp_at + 8);
    }
    REQUIRE(packets.size() > 1);
    return packets;
}

/// Its packets follow each other as in one recording: in time, number and timestamp.
std::string repeated(std::string const& pcap) {
    REQUIRE(host_number(pcap, 0) == pcap_magic);
    auto const packets = packets_of(pcap);
    auto const whole_and_one_more = [&](auto const& of) {
        return of(packets.back()) - of(packets.front()) + of(packets[1]) - of(packets[0]);
    };
    auto const timestamp = [](std::string const& packet) { return wire_number(packet, rtp_at + 4, 4); };
    auto const length_us = whole_and_one_more(moment_us);
    auto const length = whole_and_one_more(timestamp);
    auto all = pcap.substr(0, file_head_bytes);
    for (std::uint32_t round = 0; round < speech_times; ++round)
        for (auto packet : packets) {
            auto const moment = moment_us(packet) + round * length_us;
            set_host_number(packet, 0, static_cast<std::uint32_t>(moment / second_us));
            set_host_number(packet, 4, static_cast<std::uint32_t>(moment % second_us));
            auto const in_order = wire_number(packet, rtp_at + 2, 2);
            set_wire_number(packet, rtp_at + 2, 2,
                            in_order + round * static_cast<std::uint32_t>(packets.size()));
            set_wire_number(packet, rtp_at + 4, 4, timestamp(packet) + round * length);
            all += packet;
        }
    return all;
}

} // namespace

std::filesystem::path write_long_speech(std::filesystem::path const& folder) {
    auto const speech = folder / "speech.pcap";
    std::ofstream(speech, std::ios::binary) << repeated(file_text(recording));
    auto scenario = file_text(source_dir() + "/tests/phone/caller.xml");
    auto const at = scenario.find(recording);
    REQUIRE(at != std::string::npos);
    auto const file = folder / "caller.xml";
    std::ofstream(file) << scenario.replace(at, std::strlen(recording), speech.string());
    return file;
}

} // namespace portico::test
