#include "shared/devices/virtual/bench_devices.h"

#include "shared/devices/real/pkcs11_chip_card_reader.h"
#include "shared/devices/virtual/soft_card.h"

#include <algorithm>

#include <array>

namespace portico {

namespace {

constexpr std::chrono::milliseconds card_poll_interval_ms{250};
constexpr int card_slot_max = 1;
constexpr int letter_tray_max = 100;

using Hand = Result<void> (*)(BenchDevices&, std::string_view value);
struct Row {
    BenchDevices::Action action;
    Hand hand;
};

template <auto Member>
Result<void> card(BenchDevices& bench, std::string_view) {
    (bench.card_slot().*Member)();
    return ok();
}
template <auto Member>
Result<void> card_printer(BenchDevices& bench, std::string_view) {
    (bench.virtual_card_printer().*Member)();
    return ok();
}
template <auto Member>
Result<void> letter_printer(BenchDevices& bench, std::string_view) {
    (bench.virtual_letter_printer().*Member)();
    return ok();
}
template <auto Member>
Result<void> barcode(BenchDevices& bench, std::string_view) {
    (static_cast<VirtualBarcodeReader&>(bench.barcode()).*Member)();
    return ok();
}

template <auto Member>
Result<void> headphones(BenchDevices& bench, std::string_view) {
    (static_cast<VirtualHeadphoneJack&>(bench.headphones()).*Member)();
    return ok();
}

Result<void> insert_key(BenchDevices& bench, std::string_view name) {
    return bench.insert_key(std::string(name));
}
Result<void> remove_key(BenchDevices& bench, std::string_view) {
    bench.key_slot().take_away();
    return ok();
}
Result<void> touch(BenchDevices& bench, std::string_view) {
    return bench.key_slot().touch();
}
Result<void> rest_finger(BenchDevices& bench, std::string_view) {
    bench.key_slot().set_auto_touch(true);
    return ok();
}
Result<void> lift_finger(BenchDevices& bench, std::string_view) {
    bench.key_slot().set_auto_touch(false);
    return ok();
}
Result<void> insert_card(BenchDevices& bench, std::string_view name) {
    auto const cards = bench.card_slot().cards();
    return bench.card_slot().insert(name.empty() && !cards.empty() ? cards.front() : std::string(name));
}
Result<void> scan(BenchDevices& bench, std::string_view text) {
    return static_cast<VirtualBarcodeReader&>(bench.barcode()).scan(text);
}

Result<void> ring(BenchDevices& bench, std::string_view value) {
    auto const space = std::min(value.find(' '), value.size());
    auto const line = value.substr(std::min(space + 1, value.size()));
    return bench.virtual_telephone().ring(std::string(value.substr(0, space)), std::string(line));
}
Result<void> caller_hangs_up(BenchDevices& bench, std::string_view from) {
    return bench.virtual_telephone().caller_hangs_up(from);
}
Result<void> break_line(BenchDevices& bench, std::string_view from) {
    return bench.virtual_telephone().break_line(from);
}
Result<void> press_keys(BenchDevices& bench, std::string_view keys) {
    bench.virtual_telephone().key(keys);
    return ok();
}
Result<void> central_answers(BenchDevices& bench, std::string_view outcome) {
    return bench.virtual_telephone().central_answers(std::string(outcome));
}
Result<void> called_answers(BenchDevices& bench, std::string_view outcome) {
    return bench.virtual_telephone().called_answers(std::string(outcome));
}
Result<void> called_keys_one(BenchDevices& bench, std::string_view outcome) {
    return bench.virtual_telephone().called_keys_one(std::string(outcome));
}
Result<void> unplug_telephone(BenchDevices& bench, std::string_view) {
    bench.virtual_telephone().unplug();
    return ok();
}
Result<void> plug_telephone(BenchDevices& bench, std::string_view) {
    bench.virtual_telephone().plug();
    return ok();
}
Result<void> unregister_telephone(BenchDevices& bench, std::string_view) {
    bench.virtual_telephone().unregister();
    return ok();
}

constexpr Row rows[] = {
    {{"security_key", "insert"}, insert_key},
    {{"security_key", "remove"}, remove_key},
    {{"security_key", "touch"}, touch},
    {{"security_key", "rest_finger"}, rest_finger},
    {{"security_key", "lift_finger"}, lift_finger},
    {{"chip_card", "insert"}, insert_card},
    {{"chip_card", "remove"}, card<&VirtualChipCardSlot::remove>},
    {{"chip_card", "remove_during_next_call"}, card<&VirtualChipCardSlot::remove_during_next_call>},
    {{"chip_card", "unblock"}, card<&VirtualChipCardSlot::unblock>},
    {{"barcode", "scan"}, scan},
    {{"barcode", "unplug"}, barcode<&VirtualBarcodeReader::unplug>},
    {{"barcode", "plug"}, barcode<&VirtualBarcodeReader::plug>},
    {{"headphones", "plug"}, headphones<&VirtualHeadphoneJack::plug>},
    {{"headphones", "unplug"}, headphones<&VirtualHeadphoneJack::unplug>},
    {{"card_printer", "take"}, card_printer<&VirtualPrinter::take>},
    {{"card_printer", "empty"}, card_printer<&VirtualPrinter::empty_media>},
    {{"card_printer", "refill"}, card_printer<&VirtualPrinter::refill>},
    {{"card_printer", "jam"}, card_printer<&VirtualPrinter::jam>},
    {{"card_printer", "clear"}, card_printer<&VirtualPrinter::clear_jam>},
    {{"card_printer", "unplug"}, card_printer<&VirtualPrinter::unplug>},
    {{"card_printer", "plug"}, card_printer<&VirtualPrinter::plug>},
    {{"card_printer", "restart"}, card_printer<&VirtualPrinter::restart>},
    {{"letter_printer", "take"}, letter_printer<&VirtualPrinter::take>},
    {{"letter_printer", "empty"}, letter_printer<&VirtualPrinter::empty_media>},
    {{"letter_printer", "refill"}, letter_printer<&VirtualPrinter::refill>},
    {{"letter_printer", "jam"}, letter_printer<&VirtualPrinter::jam>},
    {{"letter_printer", "clear"}, letter_printer<&VirtualPrinter::clear_jam>},
    {{"letter_printer", "unplug"}, letter_printer<&VirtualPrinter::unplug>},
    {{"letter_printer", "plug"}, letter_printer<&VirtualPrinter::plug>},
    {{"letter_printer", "restart"}, letter_printer<&VirtualPrinter::restart>},
    {{"telephone", "ring"}, ring},
    {{"telephone", "hang_up"}, caller_hangs_up},
    {{"telephone", "break_line"}, break_line},
    {{"telephone", "key"}, press_keys},
    {{"telephone", "outcome"}, central_answers},
    {{"telephone", "called"}, called_answers},
    {{"telephone", "key_one"}, called_keys_one},
    {{"telephone", "unplug"}, unplug_telephone},
    {{"telephone", "plug"}, plug_telephone},
    {{"telephone", "unregister"}, unregister_telephone},
};

Error unknown_action() {
    std::string message = "possible are";
    std::string_view device;
    for (auto const& row : rows) {
        if (row.action.device != device)
            message += std::string(device.empty() ? " " : "; ") + std::string(row.action.device) + ":";
        device = row.action.device;
        message += " " + std::string(row.action.action);
    }
    return error(ErrorKind::InvalidInput, "device_action_unknown", std::move(message));
}

} // namespace

Result<std::unique_ptr<BenchDevices>> BenchDevices::create(BenchDevicesOptions options, Clock const& clock) {
    std::error_code failed;
    std::filesystem::create_directories(options.folder, failed);
    if (failed)
        return error(ErrorKind::Internal, "bench_folder_unusable", "cannot make the bench's folder");
    if (!options.card_module.empty())
        TRY(use_soft_card_folder(options.folder / "cards"));
    auto const print = options.folder / "print";
    auto card_printer = TRY(VirtualPrinter::create(
        {"card-printer", print, {PrintMedia::Cr80}, 50, card_slot_max, options.print_time}, clock));
    auto letter_printer = TRY(VirtualPrinter::create({"letter-printer",
                                                      print,
                                                      {PrintMedia::Letter, PrintMedia::A4},
                                                      250,
                                                      letter_tray_max,
                                                      options.print_time},
                                                     clock));
    std::unique_ptr<BenchDevices> bench(
        new BenchDevices(std::move(options), std::move(card_printer), std::move(letter_printer), clock));
    // Its state must be readable, and a first PIN be set, before anyone comes.
    TRY(bench->key_named(bench->last_key_));
    if (!bench->options_.card_module.empty())
        TRY(bench->add_cards(bench->options_));
    return bench;
}

Result<std::shared_ptr<Authenticator>> BenchDevices::key_named(std::string const& name) {
    bool const plain = std::ranges::all_of(
        name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (name.empty() || !plain)
        return error(ErrorKind::InvalidInput, "key_name_invalid",
                     "a virtual security key's name is of [a-z0-9-]");
    if (auto known = keys_[name].lock()) // just carried off, and its last command not yet over
        return known;
    std::error_code failed;
    std::filesystem::create_directories(options_.folder / "keys", failed);
    AuthenticatorOptions key_options;
    key_options.state_file = options_.folder / "keys" / (name + ".state");
    std::shared_ptr<Authenticator> const key = TRY(Authenticator::create(std::move(key_options)));
    if (!options_.key_pin.empty() && !key->has_pin())
        key->preset_pin(options_.key_pin);
    keys_[name] = key;
    return key;
}

Result<void> BenchDevices::insert_key(std::string const& name) {
    std::lock_guard const lock(keys_guard_);
    TRY(key_slot_.insert(TRY(key_named(name.empty() ? last_key_ : name))));
    if (!name.empty())
        last_key_ = name;
    return ok();
}

Result<void> BenchDevices::add_cards(BenchDevicesOptions const& options) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(options.folder / "cards"))
        if (entry.path().extension() == ".pem")
            files.push_back(entry.path());
    std::ranges::sort(files); // the first is what a bare "insert" takes
    for (auto const& file : files) {
        auto const name = file.stem().string();
        auto const identity = TRY(read_soft_card(file));
        auto const issued = issue_soft_card(options.card_module, name, Secret(options.card_pin),
                                            identity.private_key.bytes(), identity.certificate);
        if (issued.has_error() && issued.error().reason != "soft_card_exists")
            return issued.error();
        cards_.add_card(
            name, TRY(Pkcs11ChipCardReader::create({options.card_module, name, card_poll_interval_ms})));
    }
    return ok();
}

BenchDevices::BenchDevices(BenchDevicesOptions options, std::unique_ptr<VirtualPrinter> card_printer,
                           std::unique_ptr<VirtualPrinter> letter_printer, Clock const& clock)
    : options_(std::move(options)), key_(key_slot_), card_printer_(std::move(card_printer)),
      letter_printer_(std::move(letter_printer)), telephone_(clock) {}

Result<void> BenchDevices::act(std::string_view device, std::string_view action, std::string_view value) {
    for (auto const& row : rows)
        if (row.action.device == device && row.action.action == action)
            return row.hand(*this, value);
    return unknown_action();
}

std::vector<BenchDevices::Action> BenchDevices::actions() {
    std::vector<Action> all;
    for (auto const& row : rows)
        all.push_back(row.action);
    return all;
}

} // namespace portico
