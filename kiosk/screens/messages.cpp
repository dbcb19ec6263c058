#include "kiosk/screens/messages.h"

#include "kiosk/app/app.h"
#include "shared/domain/plain_text.h"

#include <sstream>

namespace portico::kiosk {

namespace {

/// What of a message stands in the list, in characters: enough to tell one from another.
constexpr std::size_t preview_length_max = 60;

/// The beginning of the first line that has something, cut between characters.
std::string preview(std::string const& text) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line) && line.find_first_not_of(' ') == std::string::npos)
        ;
    if (character_count(line) <= preview_length_max)
        return line;
    std::size_t at = 0;
    for (std::size_t characters = 0; characters < preview_length_max; ++characters)
        do
            ++at;
        while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U);
    return line.substr(0, at) + "\u2026";
}

ui::Text day_text(std::string const& at) {
    auto const day = Date::parse(at);
    return day.has_value() ? date_text(day.value()) : ui::Text("part.no_date"_msg);
}

void message_row(ui::Ui& ui, api::Message const& message, MaybeIntent& intent) {
    ui::RowButtonSpec spec{.key = message.message, .icon = "mail", .subtitle = day_text(message.at)};
    if (message.read_at.empty())
        spec.pills.push_back({"messages.new"_msg, ui::PillKind::Notice, ""});
    want(intent, ui.row_button(data(preview(message.text)), spec), OpenMessage{message.message});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Messages const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Messages::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("messages.title"_msg, {.subtitle = "messages.subtitle"_msg});
        offline_banner(ui, app, "messages.offline"_msg);
        when_loaded(ui, screen.messages, "messages.loading"_msg, intent, [&](api::Messages const& mine) {
            if (mine.messages.empty())
                return ui.banner(ui::BannerKind::Notice, "messages.none"_msg,
                                 {.text = "messages.none_more"_msg});
            ui.list([&] {
                for (auto const& message : mine.messages)
                    message_row(ui, message, intent);
            });
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, MessagePage const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, MessagePage::name), [&] {
        want(intent, ui.back("messages.back"_msg), GoBack{});
        ui.heading("messages.from_plan"_msg, {.subtitle = day_text(screen.message.at)});
        ui.card([&] {
            // Each paragraph for itself: it is read out and turned over to the next page so.
            std::istringstream lines(screen.message.text);
            for (std::string line; std::getline(lines, line);)
                if (line.find_first_not_of(' ') != std::string::npos)
                    ui.text(data(line));
        });
        ui.text("messages.no_answer"_msg, ui::TextKind::Secondary);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
