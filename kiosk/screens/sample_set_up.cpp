#include "kiosk/screens/sample_collection.h"

namespace portico::kiosk {

namespace {

/// A kiosk that is not enrolled, with all that one can have.
App not_enrolled() {
    App app = sample::kiosk();
    app.facts.plan_name = "Portico";
    app.facts.terminal_id.clear();
    app.facts.notices.clear();
    app.facts.contact_ways.clear();
    app.facts.headphones = Headphones::Out;
    app.facts.barcode = BarcodeReaderReady{};
    app.facts.parts = {.chip_reader = true,
                       .barcode_reader = true,
                       .headphone_jack = true,
                       .card_printer = true,
                       .letter_printer = true};
    app.set_up = SetUp{};
    return app;
}

App enrolled_now(bool central_reached) {
    App app = not_enrolled();
    app.facts.plan_name = "Sample Health Plan";
    app.set_up->certified = true;
    app.set_up->touched = {true, true, true, true, true};
    app.set_up->central_reached = central_reached;
    if (!central_reached)
        app.set_up->central.failure = failure(ErrorKind::Unavailable, "central_unreachable");
    return app;
}

SetUpCentral filled_set_up() {
    SetUpCentral screen{.address = "central.example.org:8444",
                        .serve = "central.example.org:8443",
                        .fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};
    screen.code = Secret("ABCD-EFGH-2345-MNOP");
    return screen;
}

SetUpCentral refused_set_up(ErrorKind kind, char const* reason) {
    auto screen = filled_set_up();
    screen.failure = failure(kind, reason);
    return screen;
}

void set_up_central(Collection& c) {
    c.put(not_enrolled(), SetUpCentral{});
    auto scanned = filled_set_up();
    scanned.scanned = true;
    c.put(not_enrolled(), std::move(scanned), "scanned");
    SetUpCentral half{.address = "central.example.org:99999"};
    half.missing = Field::CentralAddress;
    c.put(not_enrolled(), std::move(half), "wrong_address");
    SetUpCentral short_code{.address = "central.example.org"};
    short_code.code = Secret("ABCD");
    short_code.missing = Field::EnrollmentCode;
    auto named = not_enrolled();
    named.facts.parts = {};
    named.set_up->central_named = true;
    c.put(std::move(named), std::move(short_code), "short_code");
    c.put(not_enrolled(), refused_set_up(ErrorKind::Refused, "enrollment_code_refused"), "code_refused");
    c.put(not_enrolled(), refused_set_up(ErrorKind::TooMany, "enrollment_busy"), "busy");
    for (auto const* reason : {"central_not_trusted", "central_unreachable", "serving_unreachable",
                               "clock_wrong", "terminal_refused", "terminal_disk_full", "terminal_folder"})
        c.put(not_enrolled(), refused_set_up(ErrorKind::Unavailable, reason), reason);
    c.put(not_enrolled(), refused_set_up(ErrorKind::TimedOut, "central_timed_out"), "central_timed_out");
    c.put(not_enrolled(), refused_set_up(ErrorKind::Corrupt, "reply_unreadable"), "other");
    for (auto const* reason : {"set_up_label_not_ours", "set_up_label_version", "set_up_label_fields"})
        c.put(not_enrolled(), refused_set_up(ErrorKind::InvalidInput, reason), reason);
    auto asking = not_enrolled();
    asking.set_up->certifying.begin(1);
    asking.set_up->step = client::EnrollmentStep::AskingCentral;
    c.put(std::move(asking), SetUpCertify{});
}

void set_up_devices(Collection& c) {
    c.put(not_enrolled(), SetUpDevices{});
    auto all_good = enrolled_now(true);
    all_good.facts.key =
        KeyReady{.product = "Sample Key", .pin_set = true, .has_fingerprint = false, .insertion = 1};
    all_good.facts.chip =
        ChipCardReady{.label = "Sample", .certificate = {}, .pin = ChipCardPin::Ready, .insertion = 1};
    all_good.facts.headphones = Headphones::In;
    all_good.facts.card_printer.state = PrinterReady{};
    all_good.facts.letter_printer.state = PrinterReady{};
    all_good.devices_seen.scanned = true;
    all_good.set_up->report.done = true;
    c.put(std::move(all_good), SetUpDevices{}, "good");
    auto all_faulty = enrolled_now(false);
    all_faulty.facts.key = KeyFault{failure(ErrorKind::Unavailable, "key_unreadable")};
    all_faulty.facts.chip = ChipCardFault{failure(ErrorKind::Unavailable, "card_unreadable")};
    all_faulty.facts.barcode = BarcodeReaderFault{failure(ErrorKind::Unavailable, "barcode_reader_failed")};
    all_faulty.facts.sound = false;
    all_faulty.facts.card_printer.state = PrinterStopped{{PrinterCondition::MediaJam}};
    all_faulty.facts.letter_printer.state = PrinterStopped{{PrinterCondition::MediaEmpty}};
    all_faulty.set_up->report.doing.failure = failure(ErrorKind::Unavailable, "printer_offline");
    c.put(std::move(all_faulty), SetUpDevices{}, "faulty");
    auto bare = not_enrolled();
    bare.facts.parts = {};
    c.put(std::move(bare), SetUpDevices{}, "none");
}

} // namespace

void sample_set_up(Collection& c) {
    c.put(not_enrolled(), SetUpLanguage{});
    c.put(not_enrolled(), SetUpHub{});
    c.put(enrolled_now(true), SetUpHub{}, "certified");
    c.put(enrolled_now(false), SetUpHub{}, "silent");
    set_up_central(c);
    c.put(not_enrolled(), SetUpTouch{});
    auto some = not_enrolled();
    some.set_up->touched = {true, false, true, false, false};
    c.put(std::move(some), SetUpTouch{}, "some");
    c.put(enrolled_now(true), SetUpTouch{}, "all");
    set_up_devices(c);
    c.put(not_enrolled(), SetUpHelp{});
}

} // namespace portico::kiosk
