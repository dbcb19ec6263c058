// link: portico_phone_lib
#include "phone/calls/call_table.h"
#include "phone/softphone/mqtt.h"
#include "phone/softphone/softphone_event.h"
#include "shared/devices/telephone_wire.h"

#include <cstdint>
#include <cstdlib>

/// Whatever the softphone says, callers' addresses in it: no crash, and no view that a desk would refuse.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace portico;
    using namespace portico::phone;
    ManualClock clock{UtcTime{std::chrono::hours(500'000)}};
    CallTable table({.line = "members", .country_code = "1", .player = "alsa,default", .keypad = true},
                    clock);
    table.started();
    MqttReader reader;
    auto const read = reader.feed(
        {reinterpret_cast<char const*>(data), size}, [&](MqttPacket const& packet) -> Result<void> {
            if (auto const event = parse_softphone_event(packet.payload.reveal()); event.has_value())
                table.handle(event.value());
            if (auto const response = parse_softphone_response(packet.payload.reveal()); response.has_value())
                table.handle(response.value());
            for (auto const& call : table.view().calls)
                table.obey({TelephoneCommand::Do::Answer, call.id, {}});
            for (auto const& command : table.take_commands())
                static_cast<void>(to_json(command));
            auto view = table.view();
            if (view.calls.size() > calls_max)
                return error(ErrorKind::Full, "calls");
            auto text = to_wire(view);
            text.pop_back();
            if (view_from_wire(text).has_error())
                std::abort();
            table.forget_ended();
            return ok();
        });
    static_cast<void>(read.has_value());
    return 0;
}
