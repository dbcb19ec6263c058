#include "agent/screens/case_words.h"

#include "agent/screens/work_words.h"
#include "shared/base/language.h"
#include "shared/base/rfc3339.h"
#include "shared/ui/catalog.h"

#include <algorithm>
#include <array>

namespace portico::agent {

namespace {

constexpr std::int64_t hour_min = 60;
constexpr std::int64_t day_min = 24 * hour_min;

struct FactReason {
    char const* reason;
    Field field;
};
constexpr FactReason fact_reasons[] = {{"member_id_invalid", Field::MemberNumber},
                                       {"name_invalid", Field::FamilyName},
                                       {"birth_date_invalid", Field::BirthDate},
                                       {"zip_invalid", Field::Zip}};

ui::Text again_in_text(std::int64_t seconds) {
    auto const minutes = (seconds + 59) / 60;
    if (minutes > hour_min)
        return "case.try_again_hours"_msg.with("count", (minutes + hour_min - 1) / hour_min);
    return "case.try_again_in"_msg.with("count", minutes);
}

} // namespace

ui::Text found_or(ui::Ui const& ui, ui::MsgFamily family, std::string const& word, ui::Msg other) {
    if (auto const exact = ui.catalog().find(family, word))
        return *exact;
    return other;
}

ui::Text case_reason_text(ui::Ui const& ui, std::string const& reason) {
    return found_or(ui, "case_reason."_msgs, reason, "case_reason.other"_msg);
}

ui::Text case_channel_text(ui::Ui const& ui, std::string const& channel) {
    return found_or(ui, "case_channel."_msgs, channel, "case_channel.other"_msg);
}

ui::Text case_outcome_text(ui::Ui const& ui, std::string const& outcome) {
    return found_or(ui, "case_outcome."_msgs, outcome, "case_outcome.resolved"_msg);
}

ui::Text case_field_text(ui::Ui const& ui, std::string const& field) {
    return found_or(ui, "case_field."_msgs, field, "case_field.name"_msg);
}

ui::Text language_text(std::string const& code) {
    if (auto const* language = find_language(code))
        return data(std::string(language->own_name), std::string(language->code));
    return code.empty() ? ui::Text("member.not_on_file"_msg) : data(code);
}

ui::Text reveal_reason_text(ui::Ui const& ui, std::string const& reason) {
    return found_or(ui, "reveal_reason."_msgs, reason, "reveal_reason.hand_on"_msg);
}

ui::Text account_state_text(ui::Ui const& ui, std::string const& account) {
    return found_or(ui, "member_account."_msgs, account, "work.due_unknown"_msg);
}

ui::Text case_name(ui::Ui const& ui, api::CaseItem const& item) {
    return "case.name"_msg.with("reason", case_reason_text(ui, item.reason))
        .with("channel", case_channel_text(ui, item.channel))
        .with("number", short_number(item.case_id));
}

ui::Text age_text(UtcTime minute, std::string const& at) {
    auto const time = from_rfc3339(at);
    if (time.has_error())
        return "work.due_unknown"_msg;
    auto const minutes = std::chrono::floor<std::chrono::minutes>(minute - time.value()).count();
    if (minutes < 1)
        return "case.just_now"_msg;
    if (minutes >= 2 * day_min)
        return "case.days_ago"_msg.with("count", minutes / day_min);
    if (minutes >= hour_min)
        return "case.hours_ago"_msg.with("count", minutes / hour_min);
    return "case.minutes_ago"_msg.with("count", minutes);
}

ui::Text case_problem_text(ui::Ui const& ui, Error const& failure) {
    if (auto const exact = ui.catalog().find("case_problem."_msgs, failure.reason))
        return *exact;
    return problem_text(ui, failure);
}

void case_problem_banner(ui::Ui& ui, Error const& failure, std::string key) {
    if (failure.reason == "nobody_found")
        return ui.banner(ui::BannerKind::LookAgain, "case.nobody_found"_msg,
                         {.text = failure.tries_left == 0 ? ui::Text("case_problem.tries_case_full"_msg)
                                                          : "case.nobody_more"_msg,
                          .key = std::move(key),
                          .live = ui::Live::Assertive});
    static constexpr std::array with_time{"tries_hour_full", "checks_hour_full", "verification_frozen"};
    if (failure.retry_after_s > 0 &&
        std::find(with_time.begin(), with_time.end(), failure.reason) != with_time.end())
        return ui.banner(ui::BannerKind::Error, case_problem_text(ui, failure),
                         {.text = again_in_text(failure.retry_after_s),
                          .key = std::move(key),
                          .live = ui::Live::Assertive});
    bool const network = failure.reason == "central_unreachable" || failure.kind == ErrorKind::TimedOut;
    ui.banner(network ? ui::BannerKind::Notice : ui::BannerKind::Error, case_problem_text(ui, failure),
              {.icon = network ? "wifi-off" : "", .key = std::move(key), .live = ui::Live::Assertive});
}

bool said_by_offline(App const& app, Error const& failure) {
    return app.facts.offline() && failure.kind == ErrorKind::Unavailable;
}

bool is_fact_problem(Error const& failure) {
    return std::any_of(std::begin(fact_reasons), std::end(fact_reasons),
                       [&](FactReason const& each) { return failure.reason == each.reason; });
}

ui::Text fact_problem(ui::Ui const& ui, Doing const& doing, Field field) {
    if (doing.failure)
        for (auto const& each : fact_reasons)
            if (each.field == field && doing.failure->reason == each.reason)
                return case_problem_text(ui, *doing.failure);
    return {};
}

} // namespace portico::agent
