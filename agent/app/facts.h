#pragma once

#include "shared/base/clock.h"
#include "shared/client/sync.h"
#include "shared/devices/security_key.h"
#include "shared/ui/theme.h"

#include <string>

namespace portico::agent {

/// How a rep wants the screen; it stays as it is when another one signs in at the desk.
struct Settings {
    std::string language = "en";
    ui::ThemeName theme = ui::ThemeName::Light;
    int text_percent = 100; ///< 100 to 200
    bool operator==(Settings const&) const = default;
};

/// What is so at this desk, whoever sits there. Nothing personal.
struct Facts {
    std::string plan_name;
    std::string terminal_id; ///< as central knows this desk
    client::Online online = client::Online::Unknown;
    SecurityKeyState key = KeyAbsent{};
    /// Wall-clock time, to the minute: what is shown moves no sooner.
    UtcTime minute{};

    bool offline() const { return online != client::Online::Yes && online != client::Online::Unknown; }
};

} // namespace portico::agent
