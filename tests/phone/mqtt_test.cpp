#include "phone/softphone/mqtt.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::phone;
using Kind = MqttPacket::Kind;

namespace {

struct Taken {
    std::vector<Kind> kinds;
    std::string topic, payload;
    Result<void> operator()(MqttPacket const& packet) {
        kinds.push_back(packet.kind);
        if (packet.kind == Kind::Publish) {
            topic = packet.topic;
            payload = packet.payload.reveal();
        }
        return ok();
    }
};

/// As libmosquitto 2.0.11 sends them for baresip 1.0.0.
std::string const connect_packet("\x10\x13\x00\x04MQTT\x04\x02\x00<\x00\x07"
                                 "baresip",
                                 21);
std::string const subscribe("\x82\x17\x00\x01\x00\x12/baresip/command/+\x00", 25);
std::string const ping("\xC0\x00", 2);

std::string error_of(std::string_view bytes) {
    MqttReader reader;
    auto const read = reader.feed(bytes, [](MqttPacket const&) -> Result<void> { return ok(); });
    return read.has_error() ? read.error().reason : "";
}

} // namespace

TEST_CASE("mqtt: packets are cut however they arrive") {
    auto const stream = connect_packet + subscribe + mqtt_publish("/baresip/event", R"({"type":"X"})") + ping;
    for (std::size_t piece : {std::size_t{1}, std::size_t{7}, stream.size()}) {
        MqttReader reader;
        Taken taken;
        for (std::size_t at = 0; at < stream.size(); at += piece)
            REQUIRE(reader.feed(std::string_view(stream).substr(at, piece), std::ref(taken)).has_value());
        CHECK(taken.kinds == std::vector{Kind::Connect, Kind::Subscribe, Kind::Publish, Kind::Ping});
        CHECK(taken.topic == "/baresip/event");
        CHECK(taken.payload == R"({"type":"X"})");
    }
}

TEST_CASE("mqtt: a message of any length within the limit comes back as it was written") {
    for (std::size_t const size : {0, 100, 127, 128, 16383, 16384, 100000}) {
        MqttReader reader;
        Taken taken;
        std::string const payload(size, 'x');
        REQUIRE(reader.feed(mqtt_publish("t", payload), std::ref(taken)).has_value());
        CHECK(taken.payload == payload);
    }
    CHECK(error_of(mqtt_publish("t", std::string(mqtt_packet_bytes_max, 'x'))) == "mqtt_invalid");
}

TEST_CASE("mqtt: what is none is refused, what is not whole is waited for") {
    using namespace std::string_view_literals;
    for (auto const bytes : {"\x00\x00"sv, "\xF0\x00"sv, "\x30\xFF\xFF\xFF\xFF\x01"sv, "\x82\x00"sv,
                             "\x30\x01\x00"sv, "\x30\x03\x00\x05t"sv, "\x32\x05\x00\x01t\x00\x01"sv})
        CHECK(error_of(bytes) == "mqtt_invalid");
    for (auto const bytes : {""sv, "\x30"sv, "\x30\x80"sv, "\x30\x05\x00\x01t"sv})
        CHECK(error_of(bytes).empty());
}

TEST_CASE("mqtt: answers are as the standard writes them") {
    CHECK(mqtt_connected() == std::string("\x20\x02\x00\x00", 4));
    CHECK(mqtt_subscribed(258) == std::string("\x90\x03\x01\x02\x00", 5));
    CHECK(mqtt_pong() == std::string("\xD0\x00", 2));
}
