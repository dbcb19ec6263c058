#include "kiosk/screens/diagnostics.h"

#include "kiosk/app/app.h"
#include "kiosk/screens/device_cards.h"
#include "shared/terminal/local_time.h"

namespace portico::kiosk {

namespace {

constexpr std::int64_t bytes_a_megabyte = 1'000'000;
constexpr std::int64_t bytes_a_kilobyte = 1'000;
/// Of a build id: what tells two builds apart at a glance. The report has all of it.
constexpr std::size_t build_shown = 12;

ui::Text moment(std::optional<UtcTime> const& at) {
    auto const local = at ? terminal::local_time(*at) : std::nullopt;
    if (!local)
        return "diagnostics.never"_msg;
    return "diagnostics.moment"_msg.with("day", ui::date_arg(local->day, ui::DateLength::MonthDay))
        .with("time", local->time);
}

ui::Text megabytes(std::int64_t bytes) {
    if (bytes < 0)
        return "diagnostics.not_told"_msg;
    return "diagnostics.megabytes"_msg.with("size", bytes / bytes_a_megabyte);
}

ui::Text kilobytes(std::int64_t bytes) {
    if (bytes < 0)
        return "diagnostics.not_told"_msg;
    return "diagnostics.kilobytes"_msg.with("size", bytes / bytes_a_kilobyte);
}

ui::Text counted(std::int64_t count) {
    return count < 0 ? ui::Text("diagnostics.not_told"_msg) : ui::number(count);
}

ui::Text told(std::string const& text, ui::Msg const& otherwise) {
    return text.empty() ? ui::Text(otherwise) : data(text);
}

ui::Msg central_word(client::Online online) {
    switch (central_seen(online)) {
    case api::CentralSeen::Answers:
        return "diagnostics.central_answers"_msg;
    case api::CentralSeen::Silent:
        return "diagnostics.central_silent"_msg;
    case api::CentralSeen::Refuses:
    case api::CentralSeen::Withdrawn:
        return "diagnostics.central_refused"_msg;
    case api::CentralSeen::WrongTime:
        return "diagnostics.central_wrong_time"_msg;
    case api::CentralSeen::Unknown:
        break;
    }
    return "set_up.asking"_msg;
}

ui::Text clock_text(std::int64_t central_ahead_s) {
    if (central_ahead_s == 0)
        return "diagnostics.clock_right"_msg;
    return central_ahead_s > 0 ? "diagnostics.clock_behind"_msg.with("seconds", central_ahead_s)
                               : "diagnostics.clock_ahead"_msg.with("seconds", -central_ahead_s);
}

void network_card(ui::Ui& ui, Facts const& facts, Measures const& measures) {
    ui.card([&] {
        ui.section("diagnostics.network"_msg, {.icon = facts.offline() ? "wifi-off" : "shield-check"});
        ui.fact("diagnostics.central"_msg, central_word(facts.online));
        ui.fact("diagnostics.since"_msg, moment(facts.online_since));
        ui.fact("diagnostics.last_sync"_msg, moment(measures.complete_at));
        ui.fact("diagnostics.clock"_msg, clock_text(measures.central_ahead_s));
    });
}

void queue_card(ui::Ui& ui, api::KioskQueue const& queue) {
    ui.card([&] {
        ui.section("diagnostics.queue"_msg, {.icon = "hourglass"});
        ui.fact("diagnostics.waiting"_msg, counted(queue.waiting));
        ui.fact("diagnostics.refused"_msg, counted(queue.refused));
        ui.fact("diagnostics.sent"_msg, counted(queue.sent));
        ui.fact("diagnostics.cards_open"_msg, counted(queue.cards_open));
        ui.fact("diagnostics.prints_unknown"_msg, counted(queue.prints_unknown));
    });
}

void disk_card(ui::Ui& ui, api::KioskDisk const& disk) {
    ui.card([&] {
        ui.section("diagnostics.disk"_msg, {.icon = "inbox"});
        ui.fact("diagnostics.free"_msg, megabytes(disk.free));
        ui.fact("diagnostics.size"_msg, megabytes(disk.size));
        ui.fact("diagnostics.outbox"_msg, kilobytes(disk.outbox));
        ui.fact("diagnostics.reference_data"_msg, kilobytes(disk.reference_data));
    });
}

void program_card(ui::Ui& ui, Facts const& facts, api::KioskVersions const& versions) {
    ui.card([&] {
        ui.section("diagnostics.program"_msg, {.icon = "settings"});
        ui.fact("diagnostics.release"_msg, told(versions.release, "diagnostics.not_told"_msg));
        ui.fact("diagnostics.build"_msg,
                told(versions.build.substr(0, build_shown), "diagnostics.not_told"_msg));
        ui.fact("diagnostics.revision"_msg, told(versions.reference_data, "diagnostics.never"_msg));
        ui.fact("diagnostics.providers"_msg, counted(versions.providers));
        // Too long to stand beside its label.
        ui.text("diagnostics.terminal"_msg, ui::TextKind::Secondary);
        ui.text(data(facts.terminal_id), ui::TextKind::Small);
    });
}

void faults_card(ui::Ui& ui, std::vector<SeenFault> const& faults) {
    ui.card([&] {
        ui.section("diagnostics.faults"_msg, {.icon = "triangle-alert"});
        if (faults.empty())
            ui.text("diagnostics.no_faults"_msg);
        for (auto fault = faults.rbegin(); fault != faults.rend(); ++fault)
            ui.fact(data(fault->reason, "en"),
                    "diagnostics.fault"_msg.with("number", fault->count).with("moment", moment(fault->last)),
                    {.key = fault->reason, .strong = false});
    });
}

ui::Text telling_off(App const& app, Diagnostics const& screen) {
    if (app.facts.offline())
        return "diagnostics.tell_off"_msg;
    return screen.measures.value ? ui::Text() : "diagnostics.measuring"_msg;
}

void telling_news(ui::Ui& ui, Diagnostics const& screen) {
    if (screen.telling.doing.failure)
        ui.text("diagnostics.not_sent"_msg, ui::TextKind::Strong);
    else if (screen.telling.done)
        ui.text("diagnostics.sent_to_central"_msg, ui::TextKind::Strong);
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Diagnostics const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Diagnostics::name), [&] {
        ui.heading("diagnostics.title"_msg,
                   {.subtitle = low_screen(ui) ? ui::Text() : "diagnostics.subtitle"_msg});
        // First, so that what was pressed and what came of it are on one page.
        ui.buttons([&] {
            report_button(ui, app, screen.report, intent);
            want(intent,
                 ui.button("diagnostics.tell"_msg,
                           {.kind = ui::ButtonKind::Primary,
                            .icon = "send",
                            .off = telling_off(app, screen),
                            .busy = screen.telling.waiting() ? "diagnostics.telling"_msg : ui::Text()}),
                 TellCentral{});
        });
        report_news(ui, screen.report);
        telling_news(ui, screen);
        ui.columns(
            [&] {
                ui.column([&] {
                    reader_cards(ui, app);
                    other_cards(ui, app);
                });
                ui.column([&] {
                    if (screen.measures.value) {
                        auto const& measures = *screen.measures.value;
                        network_card(ui, app.facts, measures);
                        queue_card(ui, measures.queue);
                        disk_card(ui, measures.disk);
                        program_card(ui, app.facts, measures.versions);
                    } else {
                        ui.spinner("diagnostics.measuring"_msg);
                    }
                    faults_card(ui, app.faults);
                });
            },
            {.only_landscape = true});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
