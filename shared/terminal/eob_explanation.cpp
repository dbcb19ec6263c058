#include "shared/terminal/eob_explanation.h"

#include "shared/base/language.h"
#include "shared/domain/reason_codes.h"
#include "shared/terminal/eob_words.h"
#include "shared/ui/speech/spoken_text.h"

#include <algorithm>
#include <cstdlib>

namespace portico::terminal {

namespace {

using Sentences = std::vector<ui::Text>;

ui::Cents cents(Money amount) {
    return {amount.cents};
}
/// What is taken back is said without its sign: the sentence says which way it goes.
ui::Cents size_of(Money amount) {
    return {std::abs(amount.cents)};
}

ui::Text provider_of(Eob const& eob) {
    return eob.provider.name.empty() ? ui::Text("eob_aloud.the_provider"_msg) : ui::data(eob.provider.name);
}

bool is_over(Eob const& eob) {
    return eob.replaced_by || eob.status == EobStatus::Cancelled || eob.status == EobStatus::EnteredInError;
}

void say_state(Eob const& eob, Sentences& out) {
    if (eob.replaced_by)
        out.emplace_back("eob_aloud.replaced"_msg);
    else if (is_over(eob))
        out.emplace_back("eob_aloud.cancelled"_msg);
    else if (eob.replaces)
        out.emplace_back("eob_aloud.replaces"_msg);
    if (!eob.use_is_claim)
        out.emplace_back("eob_aloud.estimate"_msg);
    if (eob.outcome == ClaimOutcome::Queued || eob.outcome == ClaimOutcome::Partial ||
        eob.status == EobStatus::Draft)
        out.emplace_back("eob_aloud.open"_msg);
    if (eob.outcome == ClaimOutcome::Error)
        out.emplace_back("eob_aloud.failed"_msg);
}

void say_asked(Eob const& eob, DollarFlow const& flow, Sentences& out) {
    if (!flow.asked)
        return out.push_back("eob_aloud.asked_unknown"_msg);
    if (flow.asked->cents < 0)
        return out.push_back(
            "eob_aloud.took_back"_msg.with("provider", provider_of(eob)).with("asked", size_of(*flow.asked)));
    if (!eob.service.start.has_day())
        return out.push_back(
            "eob_aloud.asked"_msg.with("provider", provider_of(eob)).with("asked", cents(*flow.asked)));
    out.push_back("eob_aloud.asked_on"_msg.with("provider", provider_of(eob))
                      .with("asked", cents(*flow.asked))
                      .with("date", date_text(eob.service.start)));
}

void say_paid(Eob const& eob, DollarFlow const& flow, Sentences& out) {
    if (flow.discount && flow.discount->cents > 0)
        out.push_back("eob_aloud.discount"_msg.with("discount", cents(*flow.discount)));
    if (flow.other_insurance && flow.other_insurance->cents > 0)
        out.push_back("eob_aloud.other_insurance"_msg.with("paid", cents(*flow.other_insurance)));
    if (!flow.plan_paid)
        out.emplace_back("eob_aloud.plan_unknown"_msg);
    else if (flow.plan_paid->cents < 0)
        out.push_back("eob_aloud.plan_back"_msg.with("paid", size_of(*flow.plan_paid)));
    else if (flow.plan_paid->cents == 0)
        out.emplace_back("eob_aloud.plan_nothing"_msg);
    else if (eob.paid_on.has_day())
        out.push_back("eob_aloud.plan_paid_on"_msg.with("paid", cents(*flow.plan_paid))
                          .with("date", date_text(eob.paid_on)));
    else
        out.push_back("eob_aloud.plan_paid"_msg.with("paid", cents(*flow.plan_paid)));
}

struct PartOfShare {
    AmountCategory category;
    ui::Msg words;
};
constexpr PartOfShare parts_of_share[] = {{AmountCategory::Deductible, "eob_aloud.why_deductible"_msg},
                                          {AmountCategory::Copay, "eob_aloud.why_copay"_msg},
                                          {AmountCategory::Coinsurance, "eob_aloud.why_coinsurance"_msg},
                                          {AmountCategory::Noncovered, "eob_aloud.why_noncovered"_msg}};

void say_share(Eob const& eob, DollarFlow const& flow, Sentences& out) {
    if (!flow.member_share)
        out.emplace_back("eob_aloud.share_unknown"_msg);
    else if (flow.member_share->cents < 0)
        out.push_back("eob_aloud.share_back"_msg.with("share", size_of(*flow.member_share)));
    else if (flow.member_share->cents > 0)
        out.push_back("eob_aloud.share"_msg.with("share", cents(*flow.member_share)));
    else if (!is_over(eob) && eob.use_is_claim)
        out.emplace_back("eob_aloud.share_nothing"_msg);
    for (auto const& part : parts_of_share)
        if (auto const amount = stated_amount(eob, part.category); amount && amount->cents > 0)
            out.push_back(ui::Text(part.words).with("part", cents(*amount)));
    if (!flow.adds_up && flow.asked)
        out.emplace_back("eob_aloud.does_not_add_up"_msg);
}

std::string_view words_of(ReasonMeaning const& meaning, std::string_view language) {
    return language == "es" ? meaning.text_es : language == "ar" ? meaning.text_ar : meaning.text_en;
}

/// Only what there are words of ours for: a code is nothing to read aloud.
void say_why(api::EobDetail const& detail, std::string_view language, Sentences& out) {
    auto const& lines = detail.eob.lines;
    auto const denied =
        std::count_if(lines.begin(), lines.end(), [](EobLine const& line) { return line.denied; });
    if (denied > 0)
        out.push_back("eob_aloud.denied"_msg.with("count", denied));
    std::vector<std::string_view> said;
    for (auto const& reason : detail.reasons) {
        auto const meaning = reason_meaning(reason.code);
        auto const words = meaning ? words_of(*meaning, language) : std::string_view();
        if (words.empty() || std::find(said.begin(), said.end(), words) != said.end())
            continue;
        said.push_back(words);
        out.push_back("eob_aloud.reason"_msg.with("words", std::string(words)));
    }
}

/// Whether something that looks wrong waits for an answer still.
bool say_findings(ui::Catalog const& catalog, api::EobDetail const& detail, IsAnswered const& answered,
                  Sentences& out) {
    bool waits = false;
    for (auto const& finding : detail.findings) {
        if (answered(finding.kind)) {
            out.emplace_back("eob_aloud.answered"_msg);
            continue;
        }
        waits = true;
        out.push_back("eob_aloud.looks_wrong"_msg.with(
            "finding", finding_text(catalog, detail.eob, finding, Reader::Member)));
    }
    return waits;
}

} // namespace

std::vector<ui::Text> eob_explanation(ui::Catalog const& catalog, api::EobDetail const& detail,
                                      std::string_view language, IsAnswered const& answered) {
    auto const& eob = detail.eob;
    auto const flow = dollar_flow(eob);
    Sentences out;
    say_state(eob, out);
    say_asked(eob, flow, out);
    say_paid(eob, flow, out);
    say_share(eob, flow, out);
    say_why(detail, language, out);
    bool const waits = say_findings(catalog, detail, answered, out);
    if (!is_over(eob))
        out.emplace_back("eob_aloud.not_a_bill"_msg);
    if (waits)
        out.emplace_back("eob_aloud.can_check"_msg);
    if (!is_over(eob) && is_decided(detail))
        out.emplace_back("eob_aloud.can_appeal"_msg);
    out.emplace_back("eob_aloud.can_mail"_msg);
    return out;
}

std::vector<std::string> eob_read_aloud(ui::Catalog const& catalog, api::EobDetail const& detail,
                                        std::string_view language, IsAnswered const& answered) {
    std::vector<std::string> out;
    for (auto const& sentence : eob_explanation(catalog, detail, language, answered))
        out.push_back(ui::spoken_text(catalog.plain(sentence, language), language, catalog));
    return out;
}

std::string_view language_to_explain(std::string_view tag) {
    auto const* language = find_language(tag);
    return language != nullptr && language->is_complete() ? language->code : "en";
}

} // namespace portico::terminal
