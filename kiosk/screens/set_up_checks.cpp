#include "kiosk/app/app.h"
#include "kiosk/screens/set_up.h"

#include <string>
#include <variant>

namespace portico::kiosk {

namespace {

using documents::TestedPart;
using documents::TestOutcome;

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

Verdict of_key(Facts const& facts, SetUp const& set_up) {
    if (std::holds_alternative<KeyReady>(facts.key))
        return good("set_up_devices.key_read"_msg);
    if (std::holds_alternative<KeyFault>(facts.key))
        return faulty("set_up_devices.key_fault"_msg);
    return set_up.key_read ? good("set_up_devices.key_was_read"_msg) : try_it("set_up_devices.key_try"_msg);
}

Verdict of_chip(Facts const& facts, SetUp const& set_up) {
    if (!set_up.parts.chip_reader)
        return not_there();
    if (std::holds_alternative<ChipCardReady>(facts.chip))
        return good("set_up_devices.chip_read"_msg);
    auto const* const absent = std::get_if<ChipCardAbsent>(&facts.chip);
    if (absent == nullptr)
        return faulty("set_up_devices.chip_fault"_msg);
    if (!absent->reader_present)
        return faulty("set_up_devices.chip_reader_missing"_msg);
    return set_up.chip_read ? good("set_up_devices.chip_was_read"_msg)
                            : try_it("set_up_devices.chip_try"_msg);
}

Verdict of_barcode(Facts const& facts, SetUp const& set_up) {
    if (!set_up.parts.barcode_reader)
        return not_there();
    if (std::holds_alternative<BarcodeReaderFault>(facts.barcode))
        return faulty("set_up_devices.barcode_fault"_msg);
    if (set_up.scanned)
        return good("set_up_devices.barcode_read"_msg);
    return std::holds_alternative<BarcodeReaderAbsent>(facts.barcode)
               ? faulty("set_up_devices.barcode_missing"_msg)
               : try_it("set_up_devices.barcode_try"_msg);
}

Verdict of_sound(App const& app, SetUp const& set_up) {
    if (!app.facts.sound)
        return faulty("set_up_devices.sound_fault"_msg);
    if (!set_up.parts.headphone_jack)
        return try_it("set_up_devices.sound_no_jack"_msg);
    if (app.facts.headphones == Headphones::In)
        return good("set_up_devices.sound_in"_msg);
    return set_up.headphones_in ? good("set_up_devices.sound_was_in"_msg)
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

Verdict of_central(SetUp const& set_up) {
    if (!set_up.certified)
        return try_it("set_up_devices.central_try"_msg);
    if (set_up.central.waiting())
        return try_it("set_up.asking"_msg);
    return set_up.central_reached ? good("set_up_devices.central_good"_msg)
                                  : faulty("set_up.central_silent_more"_msg);
}

Verdict verdict_on(TestedPart part, App const& app) {
    auto const& set_up = set_up_of(app);
    switch (part) {
    case TestedPart::SecurityKey:
        return of_key(app.facts, set_up);
    case TestedPart::ChipCard:
        return of_chip(app.facts, set_up);
    case TestedPart::Barcode:
        return of_barcode(app.facts, set_up);
    case TestedPart::Sound:
        return of_sound(app, set_up);
    case TestedPart::CardPrinter:
        return of_printer(app.facts.card_printer, set_up.parts.card_printer);
    case TestedPart::LetterPrinter:
        return of_printer(app.facts.letter_printer, set_up.parts.letter_printer);
    case TestedPart::Central:
        break;
    }
    return of_central(set_up);
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

ui::Text test_page_news(SetUp const& set_up) {
    if (set_up.test_page.failure)
        return "set_up_devices.test_page_failed"_msg;
    return set_up.test_page_sent ? "set_up_devices.test_page_sent"_msg : ui::Text();
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

/// A button's words for one of the touch test.
ui::Text target_name(std::size_t target) {
    return "set_up_touch.target"_msg.with("number", static_cast<std::int64_t>(target + 1));
}

void touch_chip(ui::Ui& ui, SetUp const& set_up, std::size_t which, MaybeIntent& intent) {
    bool const touched = set_up.touched.at(which);
    want(intent,
         ui.chip(target_name(which), touched,
                 {.icon = touched ? "check" : "circle-question-mark", .key = std::to_string(which)}),
         TouchTarget{which});
}

} // namespace

std::vector<documents::TestedDevice> tested_devices(App const& app) {
    std::vector<documents::TestedDevice> tested;
    for (auto const part :
         {TestedPart::SecurityKey, TestedPart::ChipCard, TestedPart::Barcode, TestedPart::Sound,
          TestedPart::CardPrinter, TestedPart::LetterPrinter, TestedPart::Central})
        tested.push_back({part, verdict_on(part, app).outcome});
    return tested;
}

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpTouch const&) {
    MaybeIntent intent;
    auto const& set_up = set_up_of(app);
    std::int64_t left = 0;
    for (bool const each : set_up.touched)
        left += each ? 0 : 1;
    // As far from each other as the page lets them be.
    float const apart = low_screen(ui) ? 16 : ui.landscape() ? 120 : 320;
    auto const bar = ui.frame(frame_of(app, SetUpTouch::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("set_up_touch.title"_msg, {.subtitle = "set_up_touch.subtitle"_msg});
        ui.row([&] {
            touch_chip(ui, set_up, 0, intent);
            ui.spacer();
            touch_chip(ui, set_up, 1, intent);
        });
        ui.space(apart);
        ui.row([&] {
            ui.spacer();
            touch_chip(ui, set_up, 2, intent);
            ui.spacer();
        });
        ui.space(apart);
        ui.row([&] {
            touch_chip(ui, set_up, 3, intent);
            ui.spacer();
            touch_chip(ui, set_up, 4, intent);
        });
        if (left == 0)
            ui.banner(ui::BannerKind::Good, "set_up_touch.all"_msg, {.text = "set_up_touch.all_more"_msg});
        else
            ui.text("set_up_touch.left"_msg.with("count", left), ui::TextKind::Secondary);
        ui.buttons([&] {
            want(intent, ui.button("set_up_touch.again"_msg, {.icon = "rotate-ccw"}), Retry{});
            want(intent, ui.button("part.ok"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 GoBack{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpDevices const&) {
    MaybeIntent intent;
    auto const& set_up = set_up_of(app);
    bool const printer = set_up.parts.letter_printer && can_print(app.facts.letter_printer);
    auto const bar = ui.frame(frame_of(app, SetUpDevices::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("set_up_devices.title"_msg,
                   {.subtitle = low_screen(ui) ? ui::Text() : "set_up_devices.subtitle"_msg});
        ui.columns(
            [&] {
                ui.column([&] { reader_cards(ui, app); });
                ui.column([&] {
                    other_cards(ui, app);
                    if (auto const news = test_page_news(set_up); !news.empty())
                        ui.text(news, ui::TextKind::Strong);
                });
            },
            {.only_landscape = true});
        ui.buttons([&] {
            want(intent,
                 ui.button(
                     "set_up_devices.test_page"_msg,
                     {.icon = "printer",
                      .off = printer ? ui::Text() : "set_up_devices.test_page_off"_msg,
                      .busy = set_up.test_page.waiting() ? "set_up_devices.test_page_busy"_msg : ui::Text()}),
                 PrintTestPage{});
            want(intent, ui.button("part.ok"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 GoBack{});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
