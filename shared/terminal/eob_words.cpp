#include "shared/terminal/eob_words.h"

#include "shared/domain/reason_codes.h"
#include "shared/ui/catalog.h"

#include <algorithm>

namespace portico::terminal {

using ui::data;

namespace {

ui::Text code_text(Code const& code) {
    return code.empty() ? ui::Text("eob.no_service"_msg)
                        : data(code.display.empty() ? code.code : code.display);
}

/// The amounts a finding may rest on, and what the catalog calls them.
struct AmountArgument {
    char const* what;
    char const* argument;
};
constexpr AmountArgument finding_amounts[] = {
    {"stated", "stated"}, {"lines", "added"},     {"allowed", "allowed"}, {"paid", "paid"},
    {"share", "share"},   {"counted", "counted"}, {"maximum", "maximum"}};

/// What says "you" to a member has words of its own for staff; the rest is the same for both.
std::optional<ui::Msg> for_staff(ui::Catalog const& catalog, ui::MsgFamily own, ui::MsgFamily common,
                                 std::string_view word) {
    if (auto const found = catalog.find(own, word))
        return found;
    return catalog.find(common, word);
}

ui::Text with_amount(ui::Text text, Finding const& finding, std::string_view what,
                     std::string_view argument) {
    for (auto const& each : finding.amounts)
        if (each.what == what)
            return std::move(text).with(argument, ui::Cents{each.amount.cents});
    return std::move(text).with(argument, "finding.amount_not_given"_msg);
}

} // namespace

ui::Text money_or_unknown(std::optional<Money> const& amount) {
    return amount ? ui::money(amount->cents) : ui::Text("part.not_given"_msg);
}

ui::Text date_text(Date day, ui::DateLength length) {
    using namespace std::chrono;
    if (day.is_empty())
        return "part.no_date"_msg;
    if (!day.has_day())
        return data(day.text());
    return ui::date(year_month_day(year(day.year), month(static_cast<unsigned>(day.month)),
                                   std::chrono::day(static_cast<unsigned>(day.day))),
                    length);
}

ui::Text in_language(ui::Ui const& ui, std::string const& english, std::string const& spanish,
                     std::string const& arabic) {
    for (auto const& [language, words] : {std::pair("es", &spanish), std::pair("ar", &arabic)})
        if (ui.language() == language && !words->empty())
            return data(*words, language);
    return english.empty() ? ui::Text() : data(english, "en");
}

std::optional<Money> line_amount(EobLine const& line, AmountCategory category) {
    std::optional<Money> sum;
    for (auto const& each : line.adjudications)
        if (each.category == category && each.amount && each.currency == "USD")
            if (auto const cents = each.amount->to_cents(); cents.has_value())
                sum = sum.value_or(Money{}) + Money{cents.value()};
    return sum;
}

std::optional<Money> line_share(EobLine const& line) {
    if (auto const stated = line_amount(line, AmountCategory::MemberLiability))
        return stated;
    std::optional<Money> sum;
    for (auto const category : {AmountCategory::Deductible, AmountCategory::Copay,
                                AmountCategory::Coinsurance, AmountCategory::Noncovered})
        if (auto const part = line_amount(line, category))
            sum = sum.value_or(Money{}) + *part;
    return sum;
}

ui::Text line_text(EobLine const& line) {
    return "eob.line"_msg.with("number", line.sequence).with("service", code_text(line.service));
}

std::string line_numbers(Finding const& finding) {
    std::string out;
    for (int const sequence : finding.line_sequences)
        out += (out.empty() ? "" : ", ") + std::to_string(sequence);
    return out;
}

ui::Text finding_text(ui::Ui const& ui, Eob const& eob, Finding const& finding, Reader reader) {
    return finding_text(ui.catalog(), eob, finding, reader);
}

ui::Text finding_text(ui::Catalog const& catalog, Eob const& eob, Finding const& finding, Reader reader) {
    bool const staff = reader == Reader::Staff;
    auto const* const kind = name(finding.kind);
    auto const message = staff ? for_staff(catalog, "desk_finding."_msgs, "finding."_msgs, kind)
                               : catalog.find("finding."_msgs, kind);
    std::optional<ui::Msg> category;
    if (finding.category)
        category = staff
                       ? for_staff(catalog, "desk_category."_msgs, "category."_msgs, name(*finding.category))
                       : catalog.find("category."_msgs, name(*finding.category));
    ui::Text text = (message ? ui::Text(*message) : ui::Text("finding.other"_msg))
                        .with("lines", line_numbers(finding))
                        .with("category", category.value_or("category.other"_msg));
    for (auto const& [what, argument] : finding_amounts)
        text = with_amount(std::move(text), finding, what, argument);
    if (!finding.share_if_corrected)
        return text;
    auto const share = *finding.share_if_corrected;
    auto const now = dollar_flow(eob).member_share;
    if (now && share < *now)
        return (staff ? "desk_finding.share_drops"_msg : "finding.share_drops"_msg)
            .with("finding", std::move(text))
            .with("now", ui::Cents{now->cents})
            .with("share", ui::Cents{share.cents});
    return (staff ? "desk_finding.share_would_be"_msg : "finding.share_would_be"_msg)
        .with("finding", std::move(text))
        .with("share", ui::Cents{share.cents});
}

ui::Text reason_text(ui::Ui const& ui, api::ReasonText const& reason) {
    // Central sends them in two languages; all of them are known here.
    auto const meaning = reason_meaning(reason.code);
    std::string const arabic(meaning ? meaning->text_ar : "");
    if (auto words = in_language(ui, reason.text_en, reason.text_es, arabic); !words.empty())
        return words;
    bool const told = !reason.code.display.empty() && reason.code.display != reason.code.code;
    return told ? data(reason.code.display) : ui::Text("reason.no_words"_msg);
}

bool is_decided(api::EobDetail const& detail) {
    return std::any_of(detail.timeline.begin(), detail.timeline.end(),
                       [](api::TimelineStep const& step) { return step.step == "decided"; });
}

std::vector<ui::TimelineEntry> story_steps(ui::Ui const& ui, api::EobDetail const& detail, Reader reader) {
    std::vector<ui::TimelineEntry> entries;
    for (auto const& step : detail.timeline) {
        if (step.step == "next") {
            bool const pays = is_decided(detail);
            entries.push_back({.when = "eob_story.later"_msg,
                               .what = pays ? "eob_story.then_pay"_msg : "eob_story.then_decide"_msg,
                               .state = ui::StepState::Next});
            continue;
        }
        auto const message = reader == Reader::Staff
                                 ? for_staff(ui.catalog(), "desk_eob_step."_msgs, "eob_step."_msgs, step.step)
                                 : ui.catalog().find("eob_step."_msgs, step.step);
        entries.push_back({.when = step.on.is_empty() ? ui::Text("eob_story.no_day"_msg)
                                                      : date_text(step.on, ui::DateLength::Short),
                           .what = message ? ui::Text(*message) : data(step.step),
                           .state = ui::StepState::Done});
    }
    return entries;
}

} // namespace portico::terminal
