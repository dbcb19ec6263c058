#include "kiosk/screens/device_cards.h"

#include "kiosk/app/app.h"

#include <string>
#include <variant>

namespace portico::kiosk {

namespace {

/// How a device is, and what to do about it.
struct Verdict {
    TestOutcome outcome = TestOutcome::NotUsed;
    ui::Text what = {};
};

ui::BannerKind kind_of(TestOutcome outcome) {
    switch (outcome) {
    case TestOutcome::Works:
        return ui::BannerKind::Good;
    case TestOutcome::NotTried:
        return ui::BannerKind::LookAgain;
    case TestOutcome::Faulty:
        return ui::BannerKind::Error;
    case TestOutcome::NotUsed:
        break;
    }
    return ui::BannerKind::Notice;
}

ui::Msg word_for(TestOutcome outcome) {
    switch (outcome) {
    case TestOutcome::Works:
        return "set_up_devices.good"_msg;
    case TestOutcome::NotTried:
        return "set_up_devices.try_it"_msg;
    case TestOutcome::Faulty:
        return "set_up_devices.faulty"_msg;
    case TestOutcome::NotUsed:
        break;
    }
    return "set_up_devices.none"_msg;
}

Verdict good(ui::Text what) {
    return {TestOutcome::Works, std::move(what)};
}
Verdict try_it(ui::Text what) {
    return {TestOutcome::NotTried, std::move(what)};
}
Verdict faulty(ui::Text what) {
    return {TestOutcome::Faulty, std::move(what)};
}
Verdict not_there() {
    return {TestOutcome::NotUsed, "set_up_devices.none_more"_msg};
}

Verdict of_key(App const& app) {
    // A technician's own must stay where it is.
    if (std::holds_alternative<KeyReady>(app.facts.key))
        return good(app.session.service ? "diagnostics.key_in"_msg : "set_up_devices.key_read"_msg);
    if (std::holds_alternative<KeyFault>(app.facts.key))
        return faulty("set_up_devices.key_fault"_msg);
    return app.devices_seen.key_read ? good("set_up_devices.key_was_read"_msg)
                                     : try_it("set_up_devices.key_try"_msg);
}

Verdict of_chip(App const& app) {
    auto const& facts = app.facts;
    if (!facts.parts.chip_reader)
        return not_there();
    if (std::holds_alternative<ChipCardReady>(facts.chip))
        return good("set_up_devices.chip_read"_msg);
    auto const* const absent = std::get_if<ChipCardAbsent>(&facts.chip);
    if (absent == nullptr)
        return faulty("set_up_devices.chip_fault"_msg);
    if (!absent->reader_present)
        return faulty("set_up_devices.chip_reader_missing"_msg);
    return app.devices_seen.chip_read ? good("set_up_devices.chip_was_read"_msg)
                                      : try_it("set_up_devices.chip_try"_msg);
}

Verdict of_barcode(App const& app) {
    auto const& facts = app.facts;
    if (!facts.parts.barcode_reader)
        return not_there();
    if (std::holds_alternative<BarcodeReaderFault>(facts.barcode))
        return faulty("set_up_devices.barcode_fault"_msg);
    if (app.devices_seen.scanned)
        return good("set_up_devices.barcode_read"_msg);
    return std::holds_alternative<BarcodeReaderAbsent>(facts.barcode)
               ? faulty("set_up_devices.barcode_missing"_msg)
               : try_it("set_up_devices.barcode_try"_msg);
}

Verdict of_sound(App const& app) {
    if (!app.facts.sound)
        return faulty("set_up_devices.sound_fault"_msg);
    if (!app.facts.parts.headphone_jack)
        return try_it("set_up_devices.sound_no_jack"_msg);
    if (app.facts.headphones == Headphones::In)
        return good("set_up_devices.sound_in"_msg);
    return app.devices_seen.headphones_in ? good("set_up_devices.sound_was_in"_msg)
                                          : try_it("set_up_devices.sound_try"_msg);
}

ui::Text what_stops(PrinterCondition condition) {
    switch (condition) {
    case PrinterCondition::MediaEmpty:
        return "set_up_devices.printer_empty"_msg;
    case PrinterCondition::MediaJam:
        return "set_up_devices.printer_jam"_msg;
    case PrinterCondition::CoverOpen:
        return "set_up_devices.printer_open"_msg;
    case PrinterCondition::SupplyEmpty:
        return "set_up_devices.printer_supply"_msg;
    case PrinterCondition::OutputFull:
        return "set_up_devices.printer_full"_msg;
    case PrinterCondition::MediaLow:
    case PrinterCondition::SupplyLow:
    case PrinterCondition::Paused:
    case PrinterCondition::Failure:
        break;
    }
    return "set_up_devices.printer_stopped"_msg;
}

Verdict of_printer(PrinterStatus const& status, bool there) {
    if (!there)
        return not_there();
    if (can_print(status))
        return good("set_up_devices.printer_ready"_msg);
    auto const* const stopped = std::get_if<PrinterStopped>(&status.state);
    if (stopped == nullptr || stopped->conditions.empty())
        return faulty("set_up_devices.printer_offline"_msg);
    return faulty(what_stops(stopped->conditions.front()));
}

/// Of a kiosk that serves.
Verdict of_central_seen(client::Online online) {
    switch (online) {
    case client::Online::Yes:
        return good("set_up_devices.central_good"_msg);
    case client::Online::Unknown:
        return try_it("set_up.asking"_msg);
    case client::Online::WrongTime:
        return faulty("diagnostics.clock_wrong"_msg);
    case client::Online::Refused:
        return faulty("diagnostics.central_refuses"_msg);
    case client::Online::No:
    case client::Online::Withdrawn:
        break;
    }
    return faulty("set_up.central_silent_more"_msg);
}

Verdict of_central(App const& app) {
    if (!app.set_up)
        return of_central_seen(app.facts.online);
    auto const& set_up = *app.set_up;
    if (!set_up.certified)
        return try_it("set_up_devices.central_try"_msg);
    if (set_up.central.waiting())
        return try_it("set_up.asking"_msg);
    return set_up.central_reached ? good("set_up_devices.central_good"_msg)
                                  : faulty("set_up.central_silent_more"_msg);
}

Verdict verdict_on(TestedPart part, App const& app) {
    auto const& facts = app.facts;
    switch (part) {
    case TestedPart::SecurityKey:
        return of_key(app);
    case TestedPart::ChipCard:
        return of_chip(app);
    case TestedPart::Barcode:
        return of_barcode(app);
    case TestedPart::Sound:
        return of_sound(app);
    case TestedPart::CardPrinter:
        return of_printer(facts.card_printer, facts.parts.card_printer);
    case TestedPart::LetterPrinter:
        return of_printer(facts.letter_printer, facts.parts.letter_printer);
    case TestedPart::Central:
        break;
    }
    return of_central(app);
}

/// In one piece: no page parts a device from what is to be done about it.
void device_card(ui::Ui& ui, App const& app, TestedPart part, ui::Msg name, char const* icon) {
    auto const verdict = verdict_on(part, app);
    // Two may be told the same.
    ui.keyed(name.id(), [&] {
        ui.banner(kind_of(verdict.outcome),
                  "set_up_devices.verdict"_msg.with("device", ui::Text(name))
                      .with("word", ui::Text(word_for(verdict.outcome))),
                  {.text = verdict.what, .icon = icon});
    });
}

} // namespace

std::vector<TestedDevice> tested_devices(App const& app) {
    std::vector<TestedDevice> tested;
    for (auto const part : tested_parts)
        tested.push_back({part, verdict_on(part, app).outcome});
    return tested;
}

void reader_cards(ui::Ui& ui, App const& app) {
    device_card(ui, app, TestedPart::SecurityKey, "set_up_devices.key"_msg, "key-round");
    device_card(ui, app, TestedPart::ChipCard, "set_up_devices.chip"_msg, "id-card");
    device_card(ui, app, TestedPart::Barcode, "set_up_devices.barcode"_msg, "scan-line");
    device_card(ui, app, TestedPart::Sound, "set_up_devices.sound"_msg, "headphones");
}

void other_cards(ui::Ui& ui, App const& app) {
    device_card(ui, app, TestedPart::CardPrinter, "set_up_devices.card_printer"_msg, "printer");
    device_card(ui, app, TestedPart::LetterPrinter, "set_up_devices.letter_printer"_msg, "printer");
    device_card(ui, app, TestedPart::Central, "set_up_devices.central"_msg, "shield-check");
}

void report_button(ui::Ui& ui, App const& app, Sending const& report, MaybeIntent& intent) {
    bool const printer = app.facts.parts.letter_printer && can_print(app.facts.letter_printer);
    want(intent,
         ui.button("set_up_devices.test_page"_msg,
                   {.icon = "printer",
                    .off = printer ? ui::Text() : "set_up_devices.test_page_off"_msg,
                    .busy = report.waiting() ? "set_up_devices.test_page_busy"_msg : ui::Text()}),
         PrintTestPage{});
}

void report_news(ui::Ui& ui, Sending const& report) {
    if (report.doing.failure)
        ui.text("set_up_devices.test_page_failed"_msg, ui::TextKind::Strong);
    else if (report.done)
        ui.text("set_up_devices.test_page_sent"_msg, ui::TextKind::Strong);
}

} // namespace portico::kiosk
