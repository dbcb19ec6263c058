#pragma once

#include "kiosk/app/command.h"

namespace portico::kiosk {

/// Who carries out the commands of the state: for members, or for a set-up.
class Runner {
public:
    Runner() = default;
    Runner(Runner const&) = delete;
    Runner& operator=(Runner const&) = delete;
    virtual ~Runner() = default;

    /// Never blocks. UI thread.
    virtual void run(Command command) = 0;
};

} // namespace portico::kiosk
