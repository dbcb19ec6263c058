#include "kiosk/app/devices.h"

#include "shared/devices/real/evdev_headphone_jack.h"
#include "shared/devices/real/fido_security_key.h"
#include "shared/devices/real/ipp_printer.h"
#include "shared/devices/real/pkcs11_chip_card_reader.h"
#include "shared/devices/real/serial_barcode_reader.h"
#include "shared/devices/real/udev_key_port.h"
#include "shared/devices/real/wedge_barcode_reader.h"
#ifdef PORTICO_BENCH_PARTS
#include "shared/devices/virtual/bench_devices.h"
#endif

namespace portico::kiosk {

namespace {

constexpr std::chrono::milliseconds printer_look_interval{2000};

// What a kiosk has where no device is configured: the honest "there is none".

class NoChipCards final : public ChipCardReader {
public:
    ChipCardState state() const override { return ChipCardAbsent{.reader_present = false}; }
    void watch(std::function<void(ChipCardState const&)> changed) override {
        if (changed)
            changed(state());
    }
    Result<ChipCardProof> sign_challenge(ByteView, Secret const&, std::stop_token) override {
        return error(ErrorKind::Unavailable, "card_absent");
    }
};

class NoBarcodes final : public BarcodeReader {
public:
    BarcodeReaderState state() const override { return BarcodeReaderAbsent{}; }
    void watch(std::function<void(Scan const&)>,
               std::function<void(BarcodeReaderState const&)> changed) override {
        if (changed)
            changed(state());
    }
};

class NoHeadphones final : public HeadphoneJack {
public:
    Headphones state() const override { return Headphones::NoJack; }
    void watch(std::function<void(Headphones)> changed) override {
        if (changed)
            changed(state());
    }
};

class NoPrinter final : public Printer {
public:
    PrinterStatus status(std::stop_token) override { return {}; }
    Result<PrintJobId> submit(PrintTicket const&, ByteView, PrintMedia, PrintSides,
                              std::stop_token) override {
        return none();
    }
    Result<std::optional<PrintJob>> find(PrintTicket const&, std::stop_token) override { return none(); }
    Result<PrintJobState> job_state(PrintJobId, std::stop_token) override { return none(); }
    Result<void> cancel_job(PrintJobId, std::stop_token) override { return none(); }

private:
    static Error none() {
        return error(ErrorKind::Unavailable, "printer_offline", "no printer is configured");
    }
};

Result<std::unique_ptr<Printer>> printer_at(std::string const& uri) {
    if (uri.empty())
        return std::unique_ptr<Printer>(std::make_unique<NoPrinter>());
    return std::unique_ptr<Printer>(TRY(IppPrinter::create({.uri = uri})));
}

} // namespace

struct Devices::Parts {
#ifdef PORTICO_BENCH_PARTS
    std::unique_ptr<BenchDevices> bench;
#endif
    std::unique_ptr<KeyPort> key_port;
    std::unique_ptr<SecurityKey> own_key;
    std::unique_ptr<ChipCardReader> own_chip;
    std::unique_ptr<BarcodeReader> own_barcode;
    std::unique_ptr<HeadphoneJack> own_headphones;
    std::unique_ptr<Printer> own_card_printer;
    std::unique_ptr<Printer> own_letter_printer;
    WedgeBarcodeReader* wedge = nullptr;

    SecurityKey* key = nullptr;
    ChipCardReader* chip = nullptr;
    BarcodeReader* barcode = nullptr;
    HeadphoneJack* headphones = nullptr;
    Printer* card_printer = nullptr;
    Printer* letter_printer = nullptr;
    std::unique_ptr<PrinterMonitor> card_monitor; // last: they use the printers
    std::unique_ptr<PrinterMonitor> letter_monitor;

    Result<void> real(Config const& config) {
        auto port = TRY(UdevKeyPort::create());
        own_key = std::make_unique<FidoSecurityKey>(*port);
        key_port = std::move(port);
        if (config.card_module.empty())
            own_chip = std::make_unique<NoChipCards>();
        else
            own_chip = TRY(Pkcs11ChipCardReader::create({.module_path = config.card_module}));
        TRY(real_barcode(config));
        if (config.headphones_device.empty())
            own_headphones = std::make_unique<NoHeadphones>();
        else
            own_headphones = TRY(open_evdev_headphone_jack(config.headphones_device));
        own_card_printer = TRY(printer_at(config.card_printer));
        own_letter_printer = TRY(printer_at(config.letter_printer));
        key = own_key.get();
        chip = own_chip.get();
        barcode = own_barcode.get();
        headphones = own_headphones.get();
        card_printer = own_card_printer.get();
        letter_printer = own_letter_printer.get();
        return ok();
    }

    Result<void> real_barcode(Config const& config) {
        if (config.barcode_kind == "serial") {
            own_barcode = TRY(SerialBarcodeReader::create(
                {.path = config.barcode_device, .baud = static_cast<int>(config.barcode_baud)}));
        } else if (config.barcode_kind == "wedge") {
            // STX and ETX: what a person's keyboard cannot type.
            auto reader = TRY(WedgeBarcodeReader::create({"\x02", "\x03"}));
            wedge = reader.get();
            own_barcode = std::move(reader);
        } else {
            own_barcode = std::make_unique<NoBarcodes>();
        }
        return ok();
    }
};

Devices::Devices(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Devices::~Devices() {
    stop_watching();
}

Result<std::unique_ptr<Devices>> Devices::create(Config const& config, Clock const& clock) {
    auto parts = std::make_unique<Parts>();
#ifdef PORTICO_BENCH_PARTS
    if (config.bench()) {
        parts->bench =
            TRY(BenchDevices::create({.folder = config.bench_folder,
                                      .key_pin = config.bench_key_pin,
                                      .card_module = config.bench_card_module,
                                      .card_pin = config.bench_card_pin,
                                      .print_time = std::chrono::milliseconds(config.bench_print_ms)},
                                     clock));
        parts->key = &parts->bench->security_key();
        parts->chip = &parts->bench->chip_card();
        parts->barcode = &parts->bench->barcode();
        parts->headphones = &parts->bench->headphones();
        parts->card_printer = &parts->bench->card_printer();
        parts->letter_printer = &parts->bench->letter_printer();
    }
#endif
    if (parts->key == nullptr)
        TRY(parts->real(config));
    (void)clock;
    parts->card_monitor = std::make_unique<PrinterMonitor>(*parts->card_printer, printer_look_interval);
    parts->letter_monitor = std::make_unique<PrinterMonitor>(*parts->letter_printer, printer_look_interval);
#ifdef PORTICO_BENCH_PARTS
    if (parts->bench) {
        parts->bench->virtual_card_printer().on_change(
            [monitor = parts->card_monitor.get()] { monitor->look_now(); });
        parts->bench->virtual_letter_printer().on_change(
            [monitor = parts->letter_monitor.get()] { monitor->look_now(); });
    }
#endif
    return std::unique_ptr<Devices>(new Devices(std::move(parts)));
}

void Devices::watch(std::function<void(Event)> post) {
    parts_->key->watch([post](SecurityKeyState const& state) { post(Event{.body = KeyChanged{state}}); });
    parts_->chip->watch([post](ChipCardState const& state) { post(Event{.body = ChipChanged{state}}); });
    parts_->barcode->watch(
        [post](Scan const& scan) { post(Event{.body = Scanned{scan}}); },
        [post](BarcodeReaderState const& state) { post(Event{.body = BarcodeChanged{state}}); });
    parts_->headphones->watch([post](Headphones state) { post(Event{.body = HeadphonesChanged{state}}); });
    parts_->card_monitor->watch([post](PrinterStatus const& status) {
        post(Event{.body = PrinterChanged{WhichPrinter::Card, status}});
    });
    parts_->letter_monitor->watch([post](PrinterStatus const& status) {
        post(Event{.body = PrinterChanged{WhichPrinter::Letter, status}});
    });
}

void Devices::stop_watching() {
    parts_->key->watch({});
    parts_->chip->watch({});
    parts_->barcode->watch({}, {});
    parts_->headphones->watch({});
    parts_->card_monitor->watch({});
    parts_->letter_monitor->watch({});
}

SecurityKey& Devices::key() {
    return *parts_->key;
}
ChipCardReader& Devices::chip() {
    return *parts_->chip;
}
BarcodeReader& Devices::barcode() {
    return *parts_->barcode;
}
HeadphoneJack& Devices::headphones() {
    return *parts_->headphones;
}
Printer& Devices::card_printer() {
    return *parts_->card_printer;
}
Printer& Devices::letter_printer() {
    return *parts_->letter_printer;
}
WedgeBarcodeReader* Devices::wedge() {
    return parts_->wedge;
}
#ifdef PORTICO_BENCH_PARTS
BenchDevices* Devices::bench() {
    return parts_->bench.get();
}
#endif

} // namespace portico::kiosk
