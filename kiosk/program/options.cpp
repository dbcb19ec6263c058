#include "kiosk/program/options.h"

#include <string_view>

namespace portico::kiosk {

namespace {

Error misuse(std::string what) {
    return error(ErrorKind::InvalidInput, "usage", std::move(what));
}

} // namespace

char const* usage() {
    return R"(portico-kiosk: the touch kiosk for members

    portico-kiosk --config FILE              runs
    portico-kiosk --config FILE --enroll CODE --central URL --fingerprint SHA256 [--again]
                                             certifies this terminal once; CODE is from
                                             `portico-central terminal add`, URL its enrolment listener and
                                             SHA256 the pin that `portico-central serve` prints ("sha256//...").
                                             --again: after it was withdrawn; what it has not sent yet is kept
    portico-kiosk --help | --version

  --headless           draws without a display
)"
#ifdef PORTICO_BENCH_PARTS
           R"(
Bench builds only (virtual devices, never in a production image):
  --driver SOCKET      serves the driver on a Unix socket
  portico-kiosk screenshots DIR [--assets DIR] [--screen PART] [--look PART]
                       every screen by language, theme, text size and orientation, with an index.html;
                       or those with PART in their names: --screen eob --look es-light-150-portrait
)"
#endif
           R"(
Configuration keys (TOML): data, assets, central, languages, language, orientation, fullscreen, printer.card,
printer.letter, chip_card.module, barcode.kind, barcode.device, barcode.baud, headphones.device,
switches.next, switches.select, switches.hold_off_ms.
Exit codes: 0 done, 1 failed, 2 wrong use.
)";
}

Result<Options> parse_options(int count, char const* const* words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        std::string_view const word = words[i];
        auto value = [&]() -> Result<std::string> {
            if (i + 1 >= count)
                return misuse(std::string(word) + " needs a value");
            std::string_view const next = words[++i];
            if (next == "--help")
                options.what = Options::Do::Help;
            return std::string(next);
        };
        if (word == "--help") {
            options.what = Options::Do::Help;
            return options;
        }
        if (word == "--version") {
            options.what = Options::Do::Version;
            return options;
        }
        if (word == "--headless") {
            options.headless = true;
        } else if (word == "--again") {
            options.again = true;
        } else if (word == "--config") {
            options.config = TRY(value());
        } else if (word == "--enroll") {
            options.what = Options::Do::Enroll;
            options.enrollment_code = TRY(value());
        } else if (word == "--central") {
            options.central = TRY(value());
        } else if (word == "--fingerprint") {
            options.fingerprint = TRY(value());
#ifdef PORTICO_BENCH_PARTS
        } else if (word == "--driver") {
            options.driver = TRY(value());
        } else if (word == "--assets") {
            options.assets = TRY(value());
        } else if (word == "--screen") {
            options.screen = TRY(value());
        } else if (word == "--look") {
            options.look = TRY(value());
        } else if (word == "screenshots") {
            options.what = Options::Do::Screenshots;
            options.folder = TRY(value());
#endif
        } else {
            return misuse("unknown word: " + std::string(word));
        }
        if (options.what == Options::Do::Help)
            return options;
    }
    if (options.what == Options::Do::Enroll && (options.central.empty() || options.fingerprint.empty()))
        return misuse("--enroll needs --central and --fingerprint");
    if (options.again && options.what != Options::Do::Enroll)
        return misuse("--again belongs to --enroll");
    if (options.what != Options::Do::Screenshots && options.config.empty())
        return misuse("--config FILE is missing");
    return options;
}

} // namespace portico::kiosk
