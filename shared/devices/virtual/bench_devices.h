#pragma once

#include "shared/devices/real/fido_security_key.h"
#include "shared/devices/virtual/virtual_barcode_reader.h"
#include "shared/devices/virtual/virtual_chip_card_slot.h"
#include "shared/devices/virtual/virtual_headphone_jack.h"
#include "shared/devices/virtual/virtual_key_slot.h"
#include "shared/devices/virtual/virtual_printer.h"
#include "shared/devices/virtual/virtual_telephone.h"

#include <filesystem>
#include <map>

namespace portico {

struct BenchDevicesOptions {
    /// Keeps the security keys' credentials, the cards and the prints: keys/, cards/, print/. Each
    /// cards/NAME.pem (a private key and its certificate) becomes a chip card that "insert" takes by that
    /// name.
    std::filesystem::path folder;
    /// The PIN of security keys that are new; empty: none, the person sets it.
    std::string key_pin;
    /// Where SoftHSM2's module is; empty: no chip cards.
    std::string card_module;
    /// The PIN of cards that are made anew.
    std::string card_pin;
    std::chrono::milliseconds print_time{0};
};

/// All devices of a bench, and the hands that work them. `act` and the devices may be used from any thread.
class BenchDevices {
public:
    /// Everything is plugged in but keys and cards. Call it before other threads start: the cards'
    /// folder goes into the environment. `clock` must outlive this.
    static Result<std::unique_ptr<BenchDevices>> create(BenchDevicesOptions options, Clock const& clock);

    /// {"device":DEVICE,"action":ACTION,"value":VALUE} of the driver. `value` is the text of a scan, the
    /// name of a chip card (none: the first by name), or the name of a security key: [a-z0-9-], a new name is
    /// a new key; none is the key that was in last, at first "member". Of "telephone": the caller's number
    /// (none: hidden) and, after a space, the line that rings; whose call is meant (none: the newest); the
    /// keys pressed; what central answers to them.
    /// Errors: InvalidInput "device_action_unknown", whose message lists what is possible; what the device
    /// says.
    Result<void> act(std::string_view device, std::string_view action, std::string_view value = {});

    struct Action {
        std::string_view device;
        std::string_view action;
    };
    /// Everything `act` knows, in the order of a panel's buttons.
    static std::vector<Action> actions();

    SecurityKey& security_key() { return key_; }
    ChipCardReader& chip_card() { return cards_; }
    BarcodeReader& barcode() { return barcode_; }
    HeadphoneJack& headphones() { return headphones_; }
    Printer& card_printer() { return *card_printer_; }
    Printer& letter_printer() { return *letter_printer_; }
    Telephone& telephone() { return telephone_; }

    // The hands, for a panel that shows more than buttons.
    VirtualKeySlot& key_slot() { return key_slot_; }
    VirtualChipCardSlot& card_slot() { return cards_; }
    VirtualPrinter& virtual_card_printer() { return *card_printer_; }
    VirtualPrinter& virtual_letter_printer() { return *letter_printer_; }
    VirtualTelephone& virtual_telephone() { return telephone_; }

    /// The key of this name, made when there is none yet; empty: the one that was in last, "member" at first.
    Result<void> insert_key(std::string const& name);

private:
    Result<std::shared_ptr<Authenticator>> key_named(std::string const& name);
    Result<void> add_cards(BenchDevicesOptions const& options);
    BenchDevices(BenchDevicesOptions options, std::unique_ptr<VirtualPrinter> card_printer,
                 std::unique_ptr<VirtualPrinter> letter_printer, Clock const& clock);

    BenchDevicesOptions options_;
    std::mutex keys_guard_;
    /// A person's key is theirs: only its file is kept here when they carry it off.
    std::map<std::string, std::weak_ptr<Authenticator>> keys_;
    std::string last_key_ = "member";
    VirtualKeySlot key_slot_;
    FidoSecurityKey key_;
    VirtualChipCardSlot cards_;
    VirtualBarcodeReader barcode_;
    VirtualHeadphoneJack headphones_;
    std::unique_ptr<VirtualPrinter> card_printer_;
    std::unique_ptr<VirtualPrinter> letter_printer_;
    VirtualTelephone telephone_;
};

} // namespace portico
