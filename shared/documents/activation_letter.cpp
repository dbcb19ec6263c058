#include "shared/documents/activation_letter.h"

#include "shared/documents/letter/page_flow.h"

namespace portico::documents {

namespace {

/// "ABCD-EFGH-JKLM" from "ABCDEFGHJKLM"; a code that has its own separators stays as it is.
Secret in_groups(Secret const& code) {
    auto const text = code.reveal();
    if (text.find_first_of("- ") != std::string_view::npos || text.size() <= 6)
        return code.clone();
    Secret out;
    for (std::size_t at = 0; at < text.size(); at += 4) {
        if (at > 0)
            out.append("-");
        out.append(text.substr(at, 4));
    }
    return out;
}

void code_box(PageFlow& flow, Secret const& code, std::string const& words) {
    constexpr double height_pt = 74;
    flow.ensure(height_pt);
    if (!flow.measuring()) {
        auto& canvas = flow.canvas();
        canvas.fill({letter_margin_pt, flow.y(), letter_inner_pt, height_pt}, color::sunken, 8);
        Tag const tag(canvas, "P");
        TextBlock const label(canvas, words, {.size_pt = 11, .color = color::ink_soft});
        label.draw(letter_margin_pt + 18, flow.y() + 11);
        TextStyle style{.size_pt = 30, .weight = Weight::Bold, .identifier = true};
        auto const width = letter_inner_pt - 36;
        while (style.size_pt > 10 && TextBlock(canvas, code.reveal(), style).width() > width)
            style.size_pt -= 1;
        TextBlock const value(canvas, code.reveal(), style);
        value.draw_on_baseline(letter_margin_pt + 18, flow.y() + 58);
    }
    flow.advance(height_pt + 10);
}

} // namespace

Result<Bytes> activation_letter_pdf(ActivationLetter const& letter, Texts const& texts) {
    if (letter.plan_name.empty() || letter.member_name.empty() || letter.code.empty() ||
        letter.expires.is_empty() || letter.service_phone.empty())
        return error(ErrorKind::InvalidInput, "letter_field_missing",
                     "an activation letter needs plan, member, code, last day and service phone");
    auto const code = in_groups(letter.code);
    auto const& family = letter.family;
    LetterFrame frame;
    frame.plan_name = letter.plan_name;
    frame.notice = texts.text(family + "notice");
    frame.running = texts.text(family + "running", {{"plan", printable(letter.plan_name)}});
    frame.foot = letter_foot(letter.service_phone, letter.web, texts);
    return make_letter(
        {texts.text(family + "title"), letter.printed, documents::code(texts.language())}, frame, texts,
        [&](PageFlow& flow) {
            auto const plan = printable(letter.plan_name);
            flow.address(letter.member_name, letter.mail_to, 260);
            flow.gap(10);
            if (!letter.printed.is_empty())
                flow.paragraph(texts.text("document.letter.printed", {{"date", texts.date(letter.printed)}}));
            flow.heading(1, texts.text(family + "title"));
            flow.paragraph(texts.text(family + "why"));
            flow.gap(10);
            code_box(flow, code, texts.text(family + "code"));
            auto bold = flow.body();
            bold.weight = Weight::Semibold;
            flow.paragraph(texts.text(family + "expires", {{"date", texts.date(letter.expires)}}), bold);
            flow.heading(2, texts.text(family + "how"));
            for (auto const* step : {"step1", "step2", "step3"})
                flow.list_item(texts.text(family + step, {{"plan", plan}}));
            flow.gap(10);
            flow.paragraph(texts.text(family + "safe"), bold);
            flow.paragraph(texts.text(family + "lost", {{"phone", letter.service_phone}}));
            flow.paragraph(texts.text("document.letter.other_language", {{"phone", letter.service_phone}}));
        });
}

} // namespace portico::documents
