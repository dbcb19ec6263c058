#pragma once

#include "kiosk/app/config.h"
#include "kiosk/app/event.h"
#include "shared/base/clock.h"
#include "shared/base/mailbox.h"
#include "shared/devices/printer_monitor.h"
#include "shared/ui/backend.h"

#include <memory>

namespace portico {
#ifdef PORTICO_BENCH_PARTS
class BenchDevices;
#endif
class WedgeBarcodeReader;
} // namespace portico

namespace portico::kiosk {

/// The devices of a kiosk, real or of a bench, told of in events.
class Devices {
public:
    /// Errors: those of the devices' own `create`. A device that is merely not there is no error.
    static Result<std::unique_ptr<Devices>> create(Config const& config, Clock const& clock);
    ~Devices();
    Devices(Devices const&) = delete;
    Devices& operator=(Devices const&) = delete;

    /// Begins to tell.
    void watch(std::function<void(Event)> post);
    void stop_watching();

    SecurityKey& key();
    ChipCardReader& chip();
    BarcodeReader& barcode();
    HeadphoneJack& headphones();
    Printer& card_printer();
    Printer& letter_printer();
    /// The reader that types, where one is configured: what it typed is taken out of the input.
    WedgeBarcodeReader* wedge();
#ifdef PORTICO_BENCH_PARTS
    BenchDevices* bench();
#endif

private:
    struct Parts;
    explicit Devices(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

} // namespace portico::kiosk
