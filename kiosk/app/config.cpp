#include "kiosk/app/config.h"

#include "shared/base/language.h"
#include "shared/config/reader.h"

#include <algorithm>

namespace portico::kiosk {

namespace {

void read_bench(config::Reader& reader, Config& config) {
#ifdef PORTICO_BENCH_PARTS
    config.bench_folder = reader.text("bench.folder", "");
    config.bench_key_pin = reader.text("bench.key_pin", "");
    config.bench_card_module = reader.text("bench.card_module", "");
    config.bench_card_pin = reader.text("bench.card_pin", "");
    config.bench_beside_panel = reader.boolean("bench.beside_panel", false);
    config.machine = reader.text("bench.machine", "/");
    config.bench_print_ms = reader.integer("bench.print_ms", {0, 600'000}, 3000);
#else
    (void)reader;
    (void)config;
#endif
}

void read_switches(config::Reader& reader, Config& config) {
    auto const& known = ui::switch_key_names();
    std::vector<std::string> const names(known.begin(), known.end());
    config.switch_keys.next = reader.word("switches.next", names, config.switch_keys.next);
    config.switch_keys.select = reader.word("switches.select", names, config.switch_keys.select);
    config.switch_hold_off_ms = reader.integer("switches.hold_off_ms", {0, 5000}, config.switch_hold_off_ms);
    if (config.switch_keys.next == config.switch_keys.select)
        reader.refuse("switches.select", "another key than switches.next");
}

void read_languages(config::Reader& reader, Config& config) {
    std::vector<std::string> known;
    std::string all;
    for (auto const& language : offered_languages()) {
        known.emplace_back(language.code);
        all += (all.empty() ? "\"" : ", \"") + known.back() + "\"";
    }
    config.languages = reader.texts("languages");
    for (auto const& each : config.languages)
        if (std::find(known.begin(), known.end(), each) == known.end())
            reader.refuse("languages", "a list of some of " + all);
    if (config.languages.empty())
        config.languages = {"en", "es"};
    config.language = reader.word("language", config.languages, config.languages.front());
}

void read_update(config::Reader& reader, Config& config) {
    bool const from_central = reader.boolean("update.from_central", false);
    auto const from = reader.text("update.quiet_from", "02:00");
    auto const until = reader.text("update.quiet_until", "04:00");
    auto const is_time = [](std::string const& text) {
        return client::QuietHours::parse(text, text == "00:00" ? "00:01" : "00:00").has_value();
    };
    if (!is_time(from))
        return reader.refuse("update.quiet_from", "a time of day such as \"02:00\"");
    if (!is_time(until))
        return reader.refuse("update.quiet_until", "a time of day such as \"04:00\"");
    if (from == until)
        return reader.refuse("update.quiet_until", "another time than update.quiet_from");
    if (from_central)
        config.update_quiet = client::QuietHours::parse(from, until).value();
}

} // namespace

Result<Config> load_config(std::filesystem::path const& file) {
    auto reader = TRY(config::Reader::open(file));
    Config config;
    config.data = reader.text("data");
    config.assets = reader.text("assets", "/usr/share/portico");
    config.central = reader.text("central", "");
    read_languages(reader, config);
    config.landscape = reader.word("orientation", {"portrait", "landscape"}, "portrait") == "landscape";
    config.fullscreen = reader.boolean("fullscreen", true);
    config.card_printer = reader.text("printer.card", "");
    config.letter_printer = reader.text("printer.letter", "");
    config.card_module = reader.text("chip_card.module", "");
    config.barcode_kind = reader.word("barcode.kind", {"none", "serial", "wedge"}, "none");
    config.barcode_device = reader.text("barcode.device", "");
    config.barcode_baud = reader.integer("barcode.baud", {9600, 115'200}, 9600);
    config.headphones_device = reader.text("headphones.device", "");
    read_switches(reader, config);
    read_update(reader, config);
    if (!config.central.empty() && !config.central.starts_with("https://"))
        reader.refuse("central", "an address that begins with https://");
    if (config.barcode_kind == "serial" && config.barcode_device.empty())
        reader.refuse("barcode.device", "given for a serial reader");
    read_bench(reader, config);
    TRY(reader.finish());
    return config;
}

} // namespace portico::kiosk
