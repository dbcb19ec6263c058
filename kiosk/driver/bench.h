#pragma once

#include "kiosk/app/sound.h"
#include "shared/base/clock.h"
#include "shared/devices/virtual/bench_devices.h"
#include "shared/ui/driver/driver.h"

#include <filesystem>
#include <memory>

namespace portico::kiosk {

/// The driver's socket over this stage, with the bench's devices under its hands. `bench` may be nothing:
/// then there are no devices to work;
/// so may `sound`.
Result<std::unique_ptr<ui::Driver>> open_driver(std::filesystem::path const& socket, ui::Stage& stage,
                                                ui::Backend& backend, SystemClock& clock, BenchDevices* bench,
                                                Sound* sound);

} // namespace portico::kiosk
