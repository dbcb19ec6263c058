#pragma once

#include "shared/base/result.h"
#include "shared/ui/app_loop.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace portico::ui {

/// Bench builds only: a Unix socket that speaks one JSON object a line, both ways.
///
///     {"do":"frame"}                                the semantic frame, under "frame"
///     {"do":"tap", NODE}                            moves there, checks that it is hovered, presses,
///     releases
///     {"do":"type","text":"..."}  {"do":"key","key":"Tab"}  {"do":"touch","x":1,"y":2}
///     {"do":"wait","screen":"home","timeout_s":5}   or NODE, and "absent":true for gone
///     {"do":"advance","seconds":60}                 moves the program's clock
///     {"do":"device","device":"security_key","action":"insert"}   handed to the program
///     {"do":"speech"}                               what was said since the last question, under "speech";
///                                                   with "wav":"x.wav" the sound of the last minute too
///     {"do":"screenshot","path":"x.png"}
///
/// NODE is any of "role", "label", "msg", "id", "value", "node_key" (its key) and "within" (id, message, key
/// or label of a node around it); exactly one node must match. Replies: {"ok":true,"screen":...}, or
/// {"ok":false,"error":...,"request":...,"frame":...}. Keys: Tab, Shift+Tab, Up, Down, Left, Right, Enter,
/// Space, Escape, Backspace, Delete, Home, End, PageUp, PageDown, F1 to F12.
class Driver : public LoopGuest {
public:
    struct Hooks {
        /// {"do":"device",...} as it came (JSON text). Returns the JSON object to put under "device" in the
        /// reply.
        std::function<Result<std::string>(std::string const& request)> device = {};
        /// {"do":"speech",...} as it came. Returns the JSON to put under "speech".
        std::function<Result<std::string>(std::string const& request)> speech = {};
        /// {"do":"advance","seconds":60}
        std::function<void(std::chrono::microseconds)> advance = {};
    };
    /// Errors: Unavailable when the socket cannot be made.
    static Result<std::unique_ptr<Driver>> open(std::filesystem::path const& socket, Stage& stage,
                                                Backend& backend, Clock const& clock, Hooks hooks);
    bool person_acted() override;

protected:
    bool person_ = false;
};

} // namespace portico::ui
