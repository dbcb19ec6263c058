// link: portico_devices
#include "shared/devices/telephone_wire.h"

#include <cstdint>
#include <cstdlib>

/// Whatever comes over a telephone's socket, on either side: no crash, and what is taken comes back as it
/// was.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace portico;
    WireLines lines;
    auto const read =
        lines.feed({reinterpret_cast<char const*>(data), size}, [](std::string_view line) -> Result<void> {
            if (auto const view = view_from_wire(line); view.has_value()) {
                auto text = to_wire(view.value());
                text.pop_back();
                if (!(view_from_wire(text).value() == view.value()))
                    std::abort();
            }
            if (auto const command = command_from_wire(line); command.has_value()) {
                auto text = to_wire(command.value());
                text.pop_back();
                if (!(command_from_wire(text).value() == command.value()))
                    std::abort();
            }
            return ok();
        });
    static_cast<void>(read.has_value());
    return 0;
}
