#pragma once

#include "shared/base/clock.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::kiosk {

struct Event;
struct Facts;

/// Something that failed at this kiosk itself, however often. Of an error its reason alone, which names a
/// cause; its message and what it was about are not kept. Times to the minute.
struct SeenFault {
    std::string reason;
    UtcTime first;
    UtcTime last;
    std::int64_t count = 0;
};

/// Notes what an event tells of the kiosk's network, devices and disk, the latest last. What was refused to
/// somebody is no fault of the kiosk's and not noted: with its time it would say something of who stood here.
void note_faults(std::vector<SeenFault>& faults, Facts const& before, Event const& event, UtcTime now);

} // namespace portico::kiosk
