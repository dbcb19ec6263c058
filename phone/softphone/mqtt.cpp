#include "phone/softphone/mqtt.h"

#include "shared/base/wipe_behind.h"

#include <optional>

namespace portico::phone {

namespace {

// MQTT 3.1.1, 2.2.1: the high four bits of the first byte.
constexpr unsigned kind_connect = 1;
constexpr unsigned kind_publish = 3;
constexpr unsigned kind_subscribe = 8;
constexpr unsigned kind_ping = 12;
constexpr unsigned kind_disconnect = 14;

/// 2.2.3: at most four bytes of seven bits each.
constexpr int length_bytes_max = 4;
constexpr unsigned more_follows = 0x80;

Error invalid_packet() {
    return error(ErrorKind::Corrupt, "mqtt_invalid",
                 "what came over the softphone's control socket is no MQTT");
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

struct Frame {
    unsigned first;
    std::string_view body;
    std::size_t size; ///< of all of it
};

/// The frame that `bytes` begins with; none while it is incomplete.
Result<std::optional<Frame>> frame_of(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes_max; ++i) {
        if (bytes.size() < i + 2)
            return std::optional<Frame>();
        auto const byte = byte_at(bytes, i + 1);
        length |= static_cast<std::size_t>(byte & ~more_follows) << (7 * i);
        if ((byte & more_follows) != 0)
            continue;
        auto const head = i + 2;
        if (head + length > mqtt_packet_bytes_max)
            return invalid_packet();
        if (bytes.size() < head + length)
            return std::optional<Frame>();
        return std::optional(Frame{byte_at(bytes, 0), bytes.substr(head, length), head + length});
    }
    return invalid_packet();
}

Result<std::uint16_t> number_at(std::string_view body) {
    if (body.size() < 2)
        return invalid_packet();
    return static_cast<std::uint16_t>(byte_at(body, 0) << 8U | byte_at(body, 1));
}

/// 3.3: the topic's length, the topic, the message.
Result<MqttPacket> publish_of(Frame const& frame) {
    constexpr unsigned service = 0x06; // above 0 an id would follow, and an answer be due
    std::size_t const length = TRY(number_at(frame.body));
    if ((frame.first & service) != 0 || frame.body.size() < 2 + length)
        return invalid_packet();
    MqttPacket packet;
    packet.kind = MqttPacket::Kind::Publish;
    packet.topic = frame.body.substr(2, length);
    packet.payload = Secret(frame.body.substr(2 + length));
    return packet;
}

Result<MqttPacket> packet_of(Frame const& frame) {
    MqttPacket packet;
    switch (frame.first >> 4U) {
    case kind_connect:
        packet.kind = MqttPacket::Kind::Connect;
        return packet;
    case kind_subscribe:
        packet.kind = MqttPacket::Kind::Subscribe;
        packet.id = TRY(number_at(frame.body));
        return packet;
    case kind_publish:
        return publish_of(frame);
    case kind_ping:
        packet.kind = MqttPacket::Kind::Ping;
        return packet;
    case kind_disconnect:
        packet.kind = MqttPacket::Kind::Disconnect;
        return packet;
    default:
        return invalid_packet();
    }
}

void append_number(std::string& out, std::size_t number) {
    out += static_cast<char>(number >> 8U & 0xFFU);
    out += static_cast<char>(number & 0xFFU);
}

} // namespace

Result<void> MqttReader::feed(std::string_view bytes,
                              std::function<Result<void>(MqttPacket const&)> const& take) {
    begun_ += bytes; // what it grew out of is wiped as it is freed
    while (true) {
        auto const frame = TRY(frame_of(begun_));
        if (!frame) {
            if (begun_.empty())
                clear();
            return ok();
        }
        TRY(take(TRY(packet_of(*frame))));
        begun_.erase(0, frame->size);
        // Behind the end stands what was moved to the front, or more of what has been read.
        wipe_behind_end(begun_);
    }
}

std::string mqtt_connected() {
    return std::string("\x20\x02\x00\x00", 4);
}

std::string mqtt_subscribed(std::uint16_t id) {
    std::string out("\x90\x03", 2);
    append_number(out, id);
    out += '\0'; // quality of service 0
    return out;
}

std::string mqtt_pong() {
    return std::string("\xD0\x00", 2);
}

std::string mqtt_publish(std::string_view topic, std::string_view payload) {
    std::string out("\x30", 1);
    for (std::size_t left = 2 + topic.size() + payload.size();;) {
        auto const low = left & 0x7FU;
        left >>= 7U;
        out += static_cast<char>(left == 0 ? low : low | more_follows);
        if (left == 0)
            break;
    }
    append_number(out, topic.size());
    out += topic;
    out += payload;
    return out;
}

} // namespace portico::phone
