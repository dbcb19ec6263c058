#pragma once

#include "shared/devices/virtual/bench_devices.h"
#include "shared/ui/driver/driver.h"

#include <functional>
#include <string>

namespace portico::terminal {

/// What every screen of a bench says.
ui::Text bench_notice();

/// A text member of a JSON object; empty when there is none.
std::string word_of(std::string const& json, char const* key);

/// The driver's hand on the bench's devices. `bench` may be nothing: then there are no devices to work.
std::function<Result<std::string>(std::string const&)> device_hook(BenchDevices* bench);

} // namespace portico::terminal
