#pragma once

#include "kiosk/screens/part.h"
#include "shared/domain/tested_device.h"

#include <vector>

/// How each device is and what to do about it: in the set-up of a kiosk, and for a technician at one that
/// serves.
namespace portico::kiosk {

/// What the cards say of each device, for the printed report and for central.
std::vector<TestedDevice> tested_devices(App const& app);

/// Key, chip card, barcode, sound.
void reader_cards(ui::Ui& ui, App const& app);
/// Printers, central.
void other_cards(ui::Ui& ui, App const& app);
/// "Print the report".
void report_button(ui::Ui& ui, App const& app, Sending const& report, MaybeIntent& intent);
/// What became of it; nothing when none was printed.
void report_news(ui::Ui& ui, Sending const& report);

} // namespace portico::kiosk
