#include "agent/screens/work_words.h"

#include "shared/base/rfc3339.h"
#include "shared/terminal/local_time.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

constexpr std::int64_t hour_min = 60;
constexpr std::int64_t day_min = 24 * hour_min;
constexpr std::size_t number_length = 6;

/// Minutes until it is due, below 0 when it is late; nothing when the time cannot be read.
std::optional<std::int64_t> minutes_left(UtcTime minute, std::string const& due) {
    auto const at = from_rfc3339(due);
    if (at.has_error())
        return std::nullopt;
    return std::chrono::floor<std::chrono::minutes>(at.value() - minute).count();
}

std::optional<terminal::LocalTime> local_time_of(std::string const& at) {
    auto const utc = from_rfc3339(at);
    return utc.has_value() ? terminal::local_time(utc.value()) : std::nullopt;
}

} // namespace

ui::Text kind_text(ui::Ui const& ui, std::string const& kind) {
    if (auto const exact = ui.catalog().find("work_kind."_msgs, kind))
        return *exact;
    return "work_kind.other"_msg;
}

ui::Text reason_text(ui::Ui const& ui, std::string const& reason) {
    if (auto const exact = ui.catalog().find("refusal."_msgs, reason))
        return *exact;
    return {};
}

ui::Text why_text(ui::Ui const& ui, api::WorkItem const& item) {
    if (auto why = reason_text(ui, item.reason); !why.empty() || !is_unlock(item.kind))
        return why;
    if (auto const why = ui.catalog().find("second_yes."_msgs, item.reason))
        return *why;
    if (item.kind == "recovery_approval")
        if (auto const lost = ui.catalog().find("recovery_reason."_msgs, item.reason))
            return *lost;
    auto const why = ui.catalog().find("unlock_reason."_msgs, item.reason);
    return why ? ui::Text(*why) : ui::Text();
}

ui::Text due_text(UtcTime minute, api::WorkItem const& item) {
    auto const left = minutes_left(minute, item.due);
    if (!left)
        return "work.due_unknown"_msg;
    bool const late = *left < 0;
    if (late && is_unlock(item.kind))
        return "work.ended"_msg;
    if (*left == 0)
        return "work.minute_left"_msg;
    auto const minutes = late ? -*left : *left;
    if (minutes >= 2 * day_min)
        return (late ? "work.days_late"_msg : "work.days_left"_msg).with("count", minutes / day_min);
    if (minutes >= hour_min)
        return (late ? "work.hours_late"_msg : "work.hours_left"_msg).with("count", minutes / hour_min);
    return (late ? "work.minutes_late"_msg : "work.minutes_left"_msg).with("count", minutes);
}

bool is_late(UtcTime minute, api::WorkItem const& item) {
    auto const left = minutes_left(minute, item.due);
    return left && *left < 0;
}

ui::Text late_text(UtcTime minute, api::WorkItem const& item) {
    if (!is_late(minute, item))
        return {};
    return is_unlock(item.kind) ? "work.too_late"_msg : "work.late"_msg;
}

ui::Text day_text(std::string const& at) {
    auto const time = from_rfc3339(at);
    if (time.has_error())
        return "work.due_unknown"_msg;
    return ui::date(std::chrono::floor<std::chrono::days>(time.value()), ui::DateLength::MonthDay);
}

ui::Text time_text(std::string const& at) {
    auto const local = local_time_of(at);
    return local ? ui::Text::of_value(local->time) : ui::Text("work.due_unknown"_msg);
}

ui::Text day_time_text(std::string const& at) {
    auto const local = local_time_of(at);
    if (!local)
        return "work.due_unknown"_msg;
    return "work.day_time"_msg.with("day", ui::date_arg(local->day, ui::DateLength::MonthDay))
        .with("time", local->time);
}

ui::Text who_text(api::WorkItem const& item) {
    if (item.mine)
        return "work.you"_msg;
    if (item.taken_by.empty())
        return "work.nobody"_msg;
    return item.taken_by_name.empty() ? ui::Text("work.colleague"_msg) : data(item.taken_by_name);
}

std::string short_number(std::string const& entry) {
    auto end = entry.size() > number_length ? entry.substr(entry.size() - number_length) : entry;
    std::transform(end.begin(), end.end(), end.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return end;
}

} // namespace portico::agent
