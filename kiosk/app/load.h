#pragma once

#include "shared/terminal/load.h"

namespace portico::kiosk {

using terminal::Doing;
using terminal::Load;
using terminal::RequestNumber;

/// Something that was asked to be done, and whether it was, the last time.
struct Sending {
    Doing doing = {};
    bool done = false;

    bool waiting() const { return doing.waiting(); }
    void begin(RequestNumber number) {
        done = false;
        doing.begin(number);
    }
    bool take(RequestNumber number, Error const* failure) {
        if (!doing.take(number, failure))
            return false;
        done = failure == nullptr;
        return true;
    }
};

} // namespace portico::kiosk
