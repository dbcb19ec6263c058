#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// Setting up a code app: its secret as a QR code and as typed groups, then six digits that show the app has
/// it. The secret is drawn and nothing else: the semantic frame holds no value of it, so the driver, the logs
/// and speech never have it (what is said aloud at a kiosk is heard by others). Who cannot see the picture is
/// offered a security key on the same page, which asks for no reading.
struct TotpSetup {
    static constexpr char const* name = "totp_setup";
    Load<api::TotpBegun> begun = {};
    bool typing = false;    ///< the second step
    bool timed_out = false; ///< the first secret got too old: this is another one
    Secret code = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    Secret* secret_field(Field field) { return field == Field::OneTimeCode ? &code : nullptr; }
};

MaybeIntent draw(ui::Ui& ui, App const& app, TotpSetup const& screen);

} // namespace portico::kiosk
