#pragma once

#include "shared/base/result.h"
#include "shared/ui/app_loop.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace portico::ui {

/// Bench builds only: a Unix socket that speaks one JSON object a line, both ways (frame, tap, type, key,
/// touch, wait, advance, device, screenshot). Replies: {"ok":true,...} or
/// {"ok":false,"error":...,"frame":...}.
class Driver : public LoopGuest {
public:
    struct Hooks {
        /// {"do":"device",...} as it came (JSON text). Returns the JSON object to put under "device" in the
        /// reply.
        std::function<Result<std::string>(std::string const& request)> device;
        /// {"do":"advance","seconds":60}
        std::function<void(std::chrono::microseconds)> advance;
    };
    /// Errors: Unavailable when the socket cannot be made.
    static Result<std::unique_ptr<Driver>> open(std::filesystem::path const& socket, Stage& stage,
                                                Backend& backend, Clock const& clock, Hooks hooks);
};

} // namespace portico::ui
