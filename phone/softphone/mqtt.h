#pragma once

#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

/// As much of MQTT 3.1.1 (OASIS) as the softphone's control module speaks to a broker: it connects,
/// subscribes once, publishes with quality of service 0 and pings.
namespace portico::phone {

/// Longest packet that is read: an event holds what stood in a SIP message of 64 KiB, each byte of which may
/// be six characters of JSON.
inline constexpr std::size_t mqtt_packet_bytes_max = 512U << 10U;

struct MqttPacket {
    enum class Kind : std::uint8_t { Connect, Subscribe, Publish, Ping, Disconnect };
    Kind kind = Kind::Ping;
    std::uint16_t id = 0; ///< Subscribe
    std::string topic;    ///< Publish
    Secret payload;       ///< Publish: a key that a caller pressed may stand in it
};

/// Cuts the stream of a client into packets; what was read is wiped.
class MqttReader {
public:
    MqttReader() = default;
    MqttReader(MqttReader const&) = delete;
    MqttReader& operator=(MqttReader const&) = delete;
    ~MqttReader() { clear(); }

    /// Gives `take` each packet that is complete now. Errors: Corrupt "mqtt_invalid"; what `take` says.
    Result<void> feed(std::string_view bytes, std::function<Result<void>(MqttPacket const&)> const& take);
    void clear() { wipe(begun_); }

private:
    std::string begun_;
};

std::string mqtt_connected();
std::string mqtt_subscribed(std::uint16_t id);
std::string mqtt_pong();
/// With quality of service 0. `topic` and `payload` together: at most `mqtt_packet_bytes_max`.
std::string mqtt_publish(std::string_view topic, std::string_view payload);

} // namespace portico::phone
