#include "kiosk/bench_panel/panel.h"

namespace portico::kiosk::bench_panel {

using namespace ui;

void Panel::group(Ui& ui, Text const& title, std::vector<Action> const& actions) {
    ui.section(title);
    ui.buttons([&] {
        for (auto const& action : actions)
            if (ui.button(action.label, {.icon = action.icon, .small = true}))
                perform(action);
    });
}

void Panel::perform(Action const& action) {
    auto const outcome = action.device == "barcode"
                             ? present_card()
                             : kiosk_.device(action.device, action.action, action.text);
    last_worked_ = outcome.has_value();
    last_refusal_ = outcome.has_error() ? outcome.error().message : std::string();
}

Result<void> Panel::present_card() {
    auto const text = TRY(settings_.read_card());
    return kiosk_.device("barcode", "scan", text);
}

void Panel::network(Ui& ui) {
    if (cable_ == nullptr)
        return;
    ui.section("bench_panel.network"_msg);
    ui.buttons([&] {
        if (ui.button("bench_panel.network_cut"_msg, {.icon = "wifi-off", .small = true})) {
            cable_->pull();
            last_worked_ = true;
        }
        if (ui.button("bench_panel.network_restore"_msg, {.icon = "rotate-ccw", .small = true})) {
            cable_->plug_in();
            last_worked_ = true;
        }
    });
}

void Panel::draw(Ui& ui) {
    auto const bar = ui.frame({.screen = "bench_panel", .access_bar = false}, [&] {
        ui.heading("bench_panel.title"_msg, {.subtitle = "bench_panel.about"_msg});
        group(ui, "bench_panel.security_key"_msg,
              {{"bench_panel.key_insert"_msg, "key-round", "security_key", "insert", ""},
               {"bench_panel.key_touch"_msg, "thumbs-up", "security_key", "touch", ""},
               {"bench_panel.key_remove"_msg, "x", "security_key", "remove", ""}});
        group(ui, "bench_panel.cards"_msg,
              {{"bench_panel.card_scan"_msg, "scan-line", "barcode", "scan", ""},
               {"bench_panel.chip_insert"_msg, "credit-card", "chip_card", "insert", ""},
               {"bench_panel.chip_remove"_msg, "x", "chip_card", "remove", ""}});
        group(ui, "bench_panel.headphones"_msg,
              {{"bench_panel.headphones_plug"_msg, "headphones", "headphones", "plug", ""},
               {"bench_panel.headphones_unplug"_msg, "x", "headphones", "unplug", ""}});
        group(ui, "bench_panel.card_printer"_msg,
              {{"bench_panel.card_take"_msg, "download", "card_printer", "take", ""},
               {"bench_panel.empty"_msg, "inbox", "card_printer", "empty", ""},
               {"bench_panel.refill"_msg, "plus", "card_printer", "refill", ""}});
        group(ui, "bench_panel.letter_printer"_msg,
              {{"bench_panel.paper_take"_msg, "download", "letter_printer", "take", ""},
               {"bench_panel.paper_empty"_msg, "inbox", "letter_printer", "empty", ""},
               {"bench_panel.paper_refill"_msg, "plus", "letter_printer", "refill", ""}});
        network(ui);
        if (last_worked_ == true)
            ui.banner(BannerKind::Good, "bench_panel.done"_msg);
        if (last_worked_ == false)
            ui.banner(BannerKind::LookAgain, "bench_panel.refused"_msg, {.text = data(last_refusal_)});
    });
    if (bar == BarAction::Finish)
        finished_ = true;
}

} // namespace portico::kiosk::bench_panel
