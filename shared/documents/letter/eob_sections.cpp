#include "shared/documents/letter/eob_sections.h"

#include "shared/documents/letter/eob_amounts.h"
#include "shared/documents/letter/reasons.h"
#include "shared/documents/letter/table.h"

#include <algorithm>

namespace portico::documents {

namespace {

/// "March 3, 2026", "March 3 to March 5, 2026" without repeating what is the same.
std::string days(Period const& period, Texts const& texts) {
    if (period.start.is_empty() && period.end.is_empty())
        return texts.text("document.letter.not_given");
    if (period.start.is_empty() || period.end.is_empty() || period.start == period.end)
        return texts.date(period.start.is_empty() ? period.end : period.start);
    return texts.text("document.letter.days",
                      {{"from", texts.date(period.start)}, {"to", texts.date(period.end)}});
}

std::string or_not_given(std::string const& text, Texts const& texts) {
    auto const clean = printable(text);
    return clean.empty() ? texts.text("document.letter.not_given") : clean;
}

/// What the reader must know before the figures: this claim is old, cancelled, an estimate or not decided.
std::vector<std::string> standing(Eob const& eob, Texts const& texts) {
    std::vector<std::string> out;
    if (!eob.use_is_claim)
        out.push_back(texts.text("document.eob.is_estimate"));
    if (eob.replaced_by)
        out.push_back(texts.text("document.eob.is_replaced"));
    if (eob.replaces)
        out.push_back(texts.text("document.eob.replaces"));
    if (eob.status == EobStatus::Cancelled)
        out.push_back(texts.text("document.eob.is_cancelled"));
    if (eob.status == EobStatus::EnteredInError)
        out.push_back(texts.text("document.eob.is_error"));
    if (eob.status == EobStatus::Draft || eob.outcome == ClaimOutcome::Queued ||
        eob.outcome == ClaimOutcome::Partial)
        out.push_back(texts.text("document.eob.is_open"));
    return out;
}

std::string amount_text(std::optional<Money> const& amount, Texts const& texts) {
    return amount ? texts.money(*amount) : texts.text("document.letter.none");
}

std::string line_lead(EobLine const& line, Texts const& texts) {
    auto service = printable(line.service.display);
    auto const code = printable(line.service.code);
    if (service.empty())
        service = code.empty() ? texts.text("document.eob.service_not_given") : code;
    else if (!code.empty() && code != service)
        service += " (" + code + ")";
    auto lead = std::to_string(line.sequence) + ". " + texts.set_apart(service);
    auto const day = line.serviced.start.is_empty() ? line.serviced.end : line.serviced.start;
    if (!day.is_empty())
        lead += " \u00B7 " + texts.set_apart(Texts::short_date(day));
    if (line.denied)
        lead += " \u00B7 " + texts.text("document.eob.denied");
    auto const codes = reason_codes(line);
    if (!codes.empty()) {
        std::string list;
        for (auto const& each : codes)
            list += (list.empty() ? "" : ", ") + each;
        lead += " \u00B7 " + texts.text("document.eob.codes", {{"codes", list}});
    }
    return lead;
}

std::vector<TableColumn> amount_columns(Texts const& texts) {
    constexpr std::array ids{"charged",     "allowed",     "other_insurance", "deductible", "copay",
                             "coinsurance", "not_covered", "plan_paid",       "your_share"};
    std::vector<TableColumn> columns;
    columns.reserve(ids.size());
    for (auto const* id : ids)
        columns.push_back({texts.text(std::string("document.eob.column.") + id),
                           letter_inner_pt / static_cast<double>(ids.size()), Align::Right});
    return columns;
}

} // namespace

std::string EobSections::provider() const {
    auto const name = printable(letter.eob.provider.name);
    return name.empty() ? texts.text("document.eob.the_provider") : name;
}

void EobSections::addressee() const {
    flow.address(letter.member_name, letter.mail_to, 260);
    flow.gap(8);
}

void EobSections::summary() const {
    auto const& eob = letter.eob;
    flow.heading(1, texts.text("document.eob.title"));
    auto sentence = flow.body();
    sentence.size_pt *= 1.2;
    auto const dollars = dollar_flow(eob);
    if (has_no_amounts(eob))
        flow.paragraph(texts.text("document.eob.no_amounts", {{"phone", letter.service_phone}}), sentence);
    else if (dollars.asked && dollars.member_share && dollars.asked->cents < 0 &&
             dollars.member_share->cents <= 0)
        flow.paragraph(
            texts.text("document.eob.sentence_back", {{"provider", provider()},
                                                      {"asked", texts.money(-*dollars.asked)},
                                                      {"share", texts.money(-*dollars.member_share)}}),
            sentence);
    else if (dollars.asked && dollars.member_share)
        flow.paragraph(texts.text("document.eob.sentence", {{"provider", provider()},
                                                            {"asked", texts.money(*dollars.asked)},
                                                            {"share", texts.money(*dollars.member_share)}}),
                       sentence);
    else
        flow.paragraph(texts.text("document.eob.some_amounts"), sentence);
    flow.paragraph(texts.text("document.eob.not_a_bill_why"));
    for (auto const& each : standing(eob, texts)) {
        auto bold = flow.body();
        bold.weight = Weight::Semibold;
        flow.paragraph(each, bold);
    }

    flow.gap(6);
    auto const size = flow.body_pt() * 0.91;
    constexpr double word_pt = 100;
    constexpr double value_pt = letter_inner_pt / 2 - word_pt;
    Table table(
        flow,
        {{"", word_pt, Align::Left, true}, {"", value_pt}, {"", word_pt, Align::Left, true}, {"", value_pt}},
        size);
    auto const word = [&](char const* id) { return texts.text(std::string("document.eob.fact.") + id); };
    auto const row = [&](char const* left, std::string const& left_value, char const* right,
                         std::string const& right_value) {
        table.row(
            {"",
             {word(left), or_not_given(left_value, texts), word(right), or_not_given(right_value, texts)}});
    };
    row("claim", eob.claim_number, "member", letter.member_name);
    row("patient", letter.patient_name, "member_id", letter.member_id);
    row("service_dates", days(eob.service, texts), "plan", letter.product_name);
    row("provider", eob.provider.name, "group", letter.group);
    row("kind", texts.text(std::string("document.eob.kind.") + name(eob.kind)), "decided",
        texts.date(eob.created));
    row("printed", texts.date(letter.printed), "paid_on", texts.date(eob.paid_on));
}

void EobSections::lines() const {
    auto const& eob = letter.eob;
    if (eob.lines.empty() && has_no_amounts(eob))
        return;
    flow.heading(2, texts.text("document.eob.lines"), 110);
    auto const suspicious = [&](EobLine const& line) {
        return std::any_of(letter.findings.begin(), letter.findings.end(), [&](Finding const& finding) {
            return std::find(finding.line_sequences.begin(), finding.line_sequences.end(), line.sequence) !=
                   finding.line_sequences.end();
        });
    };
    auto const shown = std::min(eob.lines.size(), eob_letter_lines_max);
    {
        Table table(flow, amount_columns(texts), flow.body_pt() * 0.78,
                    texts.text("document.eob.column.service"));
        for (std::size_t index = 0; index < shown; ++index) {
            auto const& line = eob.lines[index];
            TableRow row;
            row.marked = suspicious(line);
            row.lead = line_lead(line, texts);
            if (row.marked)
                row.lead += " \u00B7 " + texts.text("document.eob.look_again");
            // The total is not alone on a page.
            if (index + 1 == shown)
                row.below_pt = 4 * flow.body_pt();
            for (auto const column : eob_columns)
                row.cells.push_back(amount_text(line_amount(line, column), texts));
            table.row(row);
        }
        TableRow total{texts.text("document.eob.total"), {}, Weight::Bold, false};
        for (auto const column : eob_columns)
            total.cells.push_back(amount_text(total_amount(eob, column), texts));
        table.row(total);
    }
    if (shown < eob.lines.size())
        flow.paragraph(
            texts.text("document.eob.more_lines",
                       {{"count", std::to_string(eob.lines.size() - shown)}, {"web", letter.web}}));
}

void EobSections::reasons() const {
    auto const reasons = all_reasons(letter.eob, texts);
    if (reasons.empty())
        return;
    flow.heading(2, texts.text("document.eob.reasons"), 70);
    Table table(flow,
                {{texts.text("document.eob.column.code"), 90},
                 {texts.text("document.eob.column.meaning"), letter_inner_pt - 90}},
                flow.body_pt() * 0.91);
    for (auto const& each : reasons)
        table.row({"", {each.code, each.words}});
}

void EobSections::year() const {
    if (letter.accumulators.empty())
        return;
    flow.heading(2, texts.text("document.eob.year"), 140);
    auto const& first = letter.accumulators.front().plan_year;
    if (!first.start.is_empty())
        flow.paragraph(texts.text("document.eob.year_dates", {{"from", texts.date(first.start)},
                                                              {"to", texts.date(first.end)},
                                                              {"today", texts.date(letter.printed)}}));
    auto const head = [&](char const* id) { return texts.text(std::string("document.eob.column.") + id); };
    constexpr double amount_pt = 88;
    Table table(flow,
                {{head("what"), letter_inner_pt - 3 * amount_pt},
                 {head("counted"), amount_pt, Align::Right},
                 {head("most"), amount_pt, Align::Right},
                 {head("left"), amount_pt, Align::Right}},
                flow.body_pt() * 0.91);
    for (auto const& each : letter.accumulators) {
        auto id = std::string("document.eob.accumulator.");
        id += each.kind == AccumulatorKind::Deductible ? "deductible" : "out_of_pocket";
        id += each.scope == AccumulatorScope::Individual ? "_person" : "_family";
        auto const what =
            texts.text(id) + " \u00B7 " +
            texts.text(each.in_network ? "document.eob.in_network" : "document.eob.out_of_network");
        auto const left = std::max(each.limit - each.met, Money{0});
        table.row({"", {what, texts.money(each.met), texts.money(each.limit), texts.money(left)}});
    }
}

} // namespace portico::documents
