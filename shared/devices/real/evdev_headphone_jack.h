#pragma once

#include "shared/base/result.h"
#include "shared/devices/headphone_jack.h"

#include <filesystem>
#include <memory>

namespace portico {

/// The jack as the kernel tells of it: an input device with the switch SW_HEADPHONE_INSERT, which ALSA makes
/// for every sound card that senses its sockets ("HDA Intel PCH Headphone"). `device` is its node, such as
/// /dev/input/by-path/...-event. A device that goes away later counts as pulled out. Errors: Unavailable
/// "headphone_jack_unreadable", "headphone_jack_without_switch".
Result<std::unique_ptr<HeadphoneJack>> open_evdev_headphone_jack(std::filesystem::path const& device);

} // namespace portico
