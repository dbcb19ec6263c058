#include "kiosk/screens/sample_collection.h"
#include "shared/base/rfc3339.h"

namespace portico::kiosk {

namespace {

UtcTime sample_time(char const* text) {
    auto const time = from_rfc3339(text);
    return time.has_value() ? time.value() : UtcTime();
}

/// A technician's key is in, and all that a kiosk can have is there.
App in_service() {
    App app = sample::kiosk();
    app.session.token = "sample-token";
    app.session.staff = true;
    app.session.service = true;
    app.session.service_key = 1;
    app.facts.key =
        KeyReady{.product = "Sample Key", .pin_set = true, .has_fingerprint = false, .insertion = 1};
    app.facts.parts = {.chip_reader = true,
                       .barcode_reader = true,
                       .headphone_jack = true,
                       .card_printer = true,
                       .letter_printer = true};
    app.facts.headphones = Headphones::Out;
    app.facts.online_since = sample_time("2026-03-12T14:02:00Z");
    app.devices_seen.key_read = true;
    return app;
}

Measures sample_measures() {
    return {.complete_at = sample_time("2026-03-12T15:20:00Z"),
            .central_ahead_s = 0,
            .disk = {.free = 11'400'000'000,
                     .size = 16'000'000'000,
                     .outbox = 49'152,
                     .reference_data = 6'400'000},
            .versions = {.build = "0123456789abcdef0123456789abcdef01234567",
                         .release = "0.5.0",
                         .reference_data = "1.0a1b2c3d.48211.12.7",
                         .providers = 18'240},
            .queue = {.waiting = 0, .refused = 0, .sent = 214, .cards_open = 0, .prints_unknown = 0}};
}

App in_trouble() {
    auto app = offline(in_service());
    app.facts.online_since = sample_time("2026-03-12T15:21:00Z");
    app.facts.chip = ChipCardAbsent{.reader_present = false};
    app.facts.barcode = BarcodeReaderFault{failure(ErrorKind::Unavailable, "barcode_reader_failed")};
    app.facts.sound = false;
    app.facts.card_printer.state = PrinterStopped{{PrinterCondition::MediaJam}};
    app.facts.letter_printer.state = PrinterOffline{};
    app.faults = {
        {"card_printer_media_jam", sample_time("2026-03-12T15:05:00Z"), sample_time("2026-03-12T15:05:00Z"),
         1},
        {"central_silent", sample_time("2026-03-12T09:40:00Z"), sample_time("2026-03-12T15:21:00Z"), 3}};
    return app;
}

} // namespace

void sample_diagnostics(Collection& c) {
    c.put(in_service(), Diagnostics{.measures = sample::loaded(sample_measures())});
    c.put(in_service(), Diagnostics{}, "measuring");
    Diagnostics sent{.measures = sample::loaded(sample_measures())};
    sent.report.done = true;
    sent.telling.done = true;
    c.put(in_service(), std::move(sent), "sent");
    auto measures = sample_measures();
    measures.central_ahead_s = 3725;
    measures.disk.free = -1;
    measures.queue = {.waiting = 2, .refused = 1, .sent = 214, .cards_open = 1, .prints_unknown = -1};
    Diagnostics trouble{.measures = sample::loaded(std::move(measures))};
    trouble.report.doing.failure = failure(ErrorKind::Unavailable, "printer_offline");
    trouble.telling.doing.failure = failure(ErrorKind::Unavailable, "central_unreachable");
    c.put(in_trouble(), std::move(trouble), "trouble");
    c.put(in_service(), Help{}, "service");
}

} // namespace portico::kiosk
