#pragma once

#include "kiosk/app/set_up.h"
#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// The screens of a kiosk that is not enrolled yet, for the technician who sets it up.

/// What this is, and in which language.
struct SetUpLanguage {
    static constexpr char const* name = "set_up_language";
};
/// What there is to do, how far it is, and "Start".
struct SetUpHub {
    static constexpr char const* name = "set_up";
};
/// Where central is, the one-time code and the fingerprint: typed, or out of one barcode.
struct SetUpCentral {
    static constexpr char const* name = "set_up_central";
    std::string address = {};     ///< of central's enrolment listener, as typed
    std::string serve = {};       ///< where it serves; asked for when the configuration does not say
    std::string fingerprint = {}; ///< as typed
    Secret code = {};
    bool scanned = false;              ///< all of it came out of a barcode
    std::optional<Error> failure = {}; ///< of the last try, or of a barcode
    std::optional<Field> missing = {}; ///< "Continue" waits for it: nothing stands there, or no such thing

    std::string* text_field(Field field) {
        return field == Field::CentralAddress ? &address
               : field == Field::ServeAddress ? &serve
               : field == Field::Fingerprint  ? &fingerprint
                                              : nullptr;
    }
    Secret* secret_field(Field field) { return field == Field::EnrollmentCode ? &code : nullptr; }
};
/// Central is asked.
struct SetUpCertify {
    static constexpr char const* name = "set_up_certify";
};
/// Five targets to touch.
struct SetUpTouch {
    static constexpr char const* name = "set_up_touch";
};
/// Each device: how it is, and what to do.
struct SetUpDevices {
    static constexpr char const* name = "set_up_devices";
};
/// Where all that is asked for comes from.
struct SetUpHelp {
    static constexpr char const* name = "set_up_help";
};

/// The set-up of the state; an untouched one where there is none, so that a screen can always be drawn.
SetUp const& set_up_of(App const& app);

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpLanguage const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, SetUpHub const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, SetUpCentral const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, SetUpCertify const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, SetUpTouch const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, SetUpDevices const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, SetUpHelp const& screen);

} // namespace portico::kiosk
