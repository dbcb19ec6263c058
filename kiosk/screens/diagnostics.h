#pragma once

#include "kiosk/app/measures.h"
#include "kiosk/screens/part.h"
#include "shared/client/sync.h"

namespace portico::kiosk {

/// How this kiosk does: devices, network, disk, program, what waits, what failed. For a technician whose key
/// is in; nothing on it is of anybody.
struct Diagnostics {
    static constexpr char const* name = "diagnostics";
    Load<Measures> measures = {};
    MonoTime measured_at{};
    Sending report = {};  ///< on the letter printer
    Sending telling = {}; ///< to central
};

/// As central is told it.
api::CentralSeen central_seen(client::Online online);

MaybeIntent draw(ui::Ui& ui, App const& app, Diagnostics const& screen);

} // namespace portico::kiosk
