#include "shared/documents/letter/eob_sections.h"

#include <array>

namespace portico::documents {

namespace {

std::string amount_of(Finding const& finding, std::string_view what, Texts const& texts) {
    for (auto const& each : finding.amounts)
        if (each.what == what)
            return texts.money(each.amount);
    return texts.text("finding.amount_not_given");
}

std::string category_word(Finding const& finding, Texts const& texts) {
    if (finding.category) {
        auto const id = "category." + std::string(name(*finding.category));
        if (texts.has(id))
            return texts.text(id);
    }
    return texts.text("category.other");
}

} // namespace

std::string EobSections::finding_text(Finding const& finding) const {
    std::string lines;
    for (auto const sequence : finding.line_sequences)
        lines += (lines.empty() ? "" : ", ") + std::to_string(sequence);
    auto text = texts.text(std::string("finding.") + name(finding.kind),
                           {{"category", category_word(finding, texts)},
                            {"stated", amount_of(finding, "stated", texts)},
                            {"added", amount_of(finding, "lines", texts)},
                            {"allowed", amount_of(finding, "allowed", texts)},
                            {"paid", amount_of(finding, "paid", texts)},
                            {"share", amount_of(finding, "share", texts)},
                            {"counted", amount_of(finding, "counted", texts)},
                            {"maximum", amount_of(finding, "maximum", texts)},
                            {"lines", lines.empty() ? texts.text("document.letter.not_given") : lines}});
    if (!finding.share_if_corrected)
        return text;
    auto const now = dollar_flow(letter.eob).member_share;
    bool const drops = now && *finding.share_if_corrected < *now;
    return texts.text(drops ? "finding.share_drops" : "finding.share_would_be",
                      {{"finding", std::move(text)},
                       {"now", now ? texts.money(*now) : std::string()},
                       {"share", texts.money(*finding.share_if_corrected)}});
}

void EobSections::findings() const {
    if (letter.findings.empty())
        return;
    flow.heading(2, texts.text("document.eob.findings"), 60);
    TextStyle style{.size_pt = flow.body_pt(), .color = color::look_again_ink, .line_spacing = 1.15};
    constexpr double pad_pt = 10;
    for (auto const& each : letter.findings) {
        TextBlock block(flow.canvas(), finding_text(each), style, letter_inner_pt - 2 * pad_pt);
        block.break_words();
        auto const height = block.height() + 2 * pad_pt - 3;
        flow.ensure(height);
        if (!flow.measuring()) {
            Rect const box{letter_margin_pt, flow.y(), letter_inner_pt, height};
            flow.canvas().fill(box, color::look_again, 5);
            flow.canvas().stroke(box, color::look_again_edge, 1, 5);
            Tag const tag(flow.canvas(), "P");
            block.draw(letter_margin_pt + pad_pt, flow.y() + pad_pt - 2);
        }
        flow.advance(height + 6);
    }
    flow.paragraph(texts.text("document.eob.findings_next", {{"phone", letter.service_phone}}));
}

void EobSections::notes() const {
    std::vector<std::string> notes;
    for (auto const& each : letter.eob.notes)
        if (auto text = printable(each); !text.empty())
            notes.push_back(std::move(text));
    if (auto text = printable(letter.eob.disposition); !text.empty())
        notes.push_back(std::move(text));
    if (notes.empty())
        return;
    flow.heading(2, texts.text("document.eob.notes"));
    for (auto const& each : notes)
        flow.list_item(each);
}

void EobSections::appeal() const {
    auto const& terms = letter.appeal;
    // All of it on one page, if a page holds it.
    flow.heading(2, texts.text("document.appeal.title"), 16 * flow.body_pt());
    flow.paragraph(texts.text("document.appeal.right", {{"days", std::to_string(terms.file_within_days)}}));
    flow.list_item(texts.text("document.appeal.call", {{"phone", letter.service_phone}}));
    if (!terms.address.empty())
        flow.list_item(texts.text("document.appeal.write", {{"address", printable(terms.address)}}));
    flow.list_item(texts.text("document.appeal.say", {{"claim", printable(letter.eob.claim_number)},
                                                      {"member_id", printable(letter.member_id)}}));
    flow.list_item(texts.text("document.appeal.helper"));
    flow.paragraph(
        texts.text("document.appeal.answer", {{"days", std::to_string(terms.decided_within_days)},
                                              {"hours", std::to_string(terms.urgent_within_hours)}}));
}

void EobSections::words() const {
    flow.heading(2, texts.text("document.words.title"), 40);
    constexpr std::array ids{"allowed", "deductible", "copay", "coinsurance", "out_of_pocket"};
    for (auto const* id : ids)
        flow.list_item(texts.text(std::string("document.words.") + id));
    flow.gap(6);
    flow.paragraph(texts.text("document.letter.other_language", {{"phone", letter.service_phone}}));
}

} // namespace portico::documents
