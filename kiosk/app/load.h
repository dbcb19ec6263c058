#pragma once

#include "shared/terminal/load.h"

namespace portico::kiosk {

using terminal::Doing;
using terminal::Load;
using terminal::RequestNumber;

} // namespace portico::kiosk
