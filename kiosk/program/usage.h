#pragma once

namespace portico::kiosk {

inline constexpr char const* usage = R"(portico-kiosk: the touch kiosk for members

    portico-kiosk --config FILE              runs
    portico-kiosk --config FILE --enroll CODE --central URL --fingerprint SHA256 [--again]
                                             certifies this terminal once; CODE is from
                                             `portico-central terminal add`, URL its enrolment listener and
                                             SHA256 the pin that `portico-central serve` prints ("sha256//...").
                                             --again: after it was withdrawn; what it has not sent yet is kept.
                                             Without it a kiosk that is not enrolled shows its set-up, where a
                                             technician types or scans the same (docs/operations.md)
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
Configuration keys (TOML): data, assets, central (may be left out: then the set-up keeps it), languages, language,
orientation, fullscreen, printer.card, printer.letter, chip_card.module, barcode.kind, barcode.device, barcode.baud,
headphones.device, switches.next, switches.select, switches.hold_off_ms, update.from_central, update.quiet_from,
update.quiet_until.
Exit codes: 0 done, 1 failed, 2 wrong use.
)";

} // namespace portico::kiosk
