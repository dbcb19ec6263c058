#include "shared/documents/device_test_page.h"

#include "shared/documents/drawing/symbols.h"
#include "shared/documents/drawing/text.h"
#include "shared/documents/id_card_document.h"
#include "shared/documents/letter/page_flow.h"

#include <array>

namespace portico::documents {

namespace {

constexpr char const* barcode_text = "PORTICO TEST 0123456789";
constexpr double mm_pt = 72 / 25.4;

/// Measures that differ between a card and a page.
struct Layout {
    double width_pt;
    double height_pt;
    double margin_pt;
    double text_pt;
    double smallest_pt;
    double scale_pt;
    char const* scale_id;
};

constexpr Layout card_layout{card_width_pt,
                             card_height_pt,
                             card_margin_pt,
                             6.5,
                             card_type_size_min_pt,
                             60 * mm_pt,
                             "document.test.scale_card"};
constexpr Layout letter_layout{
    letter_width_pt, letter_height_pt, 18, 11, 6, 6 * 72, "document.test.scale_letter"};

void line_of_text(Canvas& canvas, double x, double& y, std::string const& text, TextStyle const& style,
                  double width) {
    Tag const tag(canvas, "P");
    TextBlock const block(canvas, printable(text), style, width);
    block.draw(x, y);
    y += block.height() + 2;
}

void grays(Canvas& canvas, double x, double& y, double width, double height) {
    constexpr int steps = 8;
    for (int step = 0; step < steps; ++step) {
        auto const level = static_cast<std::uint32_t>(255 - step * 255 / (steps - 1));
        canvas.fill({x + step * width / steps, y, width / steps, height},
                    {level << 16U | level << 8U | level});
    }
    canvas.stroke({x, y, width, height}, color::black, 0.5);
    y += height + 3;
}

constexpr std::array part_ids{"document.test.key",
                              "document.test.chip_card",
                              "document.test.barcode_reader",
                              "document.test.sound",
                              "document.test.card_printer",
                              "document.test.letter_printer",
                              "document.test.central_answers"};
constexpr std::array outcome_ids{"document.test.works", "document.test.not_tried", "document.test.faulty",
                                 "document.test.not_used"};

/// What became of each device, a line each, with room to sign.
void self_test(Canvas& canvas, DeviceTestPage const& page, double x, double y, double width,
               TextStyle const& body, Texts const& texts) {
    {
        Tag const tag(canvas, "H2");
        TextBlock const title(canvas, texts.text("document.test.self_test"),
                              {.size_pt = body.size_pt * 1.3, .weight = Weight::Bold});
        title.draw(x, y);
        y += title.height() + 4;
    }
    for (auto const& each : page.devices) {
        auto style = body;
        if (each.outcome == TestOutcome::Faulty)
            style.weight = Weight::Bold;
        line_of_text(
            canvas, x, y,
            texts.text("document.test.result",
                       {{"device", texts.text(part_ids.at(static_cast<std::size_t>(each.part)))},
                        {"outcome", texts.text(outcome_ids.at(static_cast<std::size_t>(each.outcome)))}}),
            style, width);
    }
    y += 4 * body.size_pt;
    canvas.line(x, y, x + width / 2, y, color::black, 0.75);
    y += 3;
    line_of_text(canvas, x, y, texts.text("document.test.signed"), body, width);
}

Result<void> first_side(Canvas& canvas, DeviceTestPage const& page, Layout const& at, Texts const& texts) {
    auto const barcode = TRY(pdf417(barcode_text, 4));
    canvas.stroke(
        {at.margin_pt, at.margin_pt, at.width_pt - 2 * at.margin_pt, at.height_pt - 2 * at.margin_pt},
        color::black, 0.5);
    auto const x = at.margin_pt * 1.6;
    auto const width = at.width_pt - 2 * x;
    auto y = at.margin_pt * 1.4;
    TextStyle const body{.size_pt = at.text_pt};
    {
        Tag const tag(canvas, "H1");
        TextBlock const title(canvas, texts.text("document.test.title"),
                              {.size_pt = at.text_pt * 1.6, .weight = Weight::Bold});
        title.draw(x, y);
        y += title.height() + 2;
    }
    line_of_text(canvas, x, y, texts.text("document.test.terminal", {{"terminal", page.terminal}}), body,
                 width);
    line_of_text(canvas, x, y, texts.text("document.test.printed", {{"time", page.printed}}), body, width);
    if (!page.central.empty())
        line_of_text(canvas, x, y, texts.text("document.test.central", {{"address", page.central}}), body,
                     width);
    if (!page.build.empty())
        line_of_text(canvas, x, y, texts.text("document.test.build", {{"build", page.build}}), body, width);
    line_of_text(canvas, x, y, texts.text("document.test.edges"), body, width);
    line_of_text(canvas, x, y, texts.text(at.scale_id), body, width);
    canvas.line(x, y + 1, x + at.scale_pt, y + 1, color::black, 0.75);
    y += 5;
    line_of_text(canvas, x, y, texts.text("document.test.grays"), body, width);
    grays(canvas, x, y, width, at.text_pt * 1.5);
    line_of_text(canvas, x, y, texts.text("document.test.type", {{"sample", "0123456789 O0 Il1 $1,140.00"}}),
                 {.size_pt = at.smallest_pt, .identifier = true}, width);
    line_of_text(canvas, x, y, texts.text("document.test.barcode", {{"text", barcode_text}}), body, width);
    auto const module = 3 * card_pixel_pt;
    draw_modules(canvas, barcode, x, y + 2, module, 3 * module);
    y += 2 + barcode.rows * 3 * module + 24;
    if (!page.devices.empty() && page.media == TestPageMedia::Letter)
        self_test(canvas, page, x, y, width, body, texts);
    return ok();
}

} // namespace

Result<Bytes> device_test_page_pdf(DeviceTestPage const& page, Texts const& texts) {
    bool const is_card = page.media == TestPageMedia::Card;
    auto const& layout = is_card ? card_layout : letter_layout;
    auto canvas = Canvas::pdf(layout.width_pt, layout.height_pt,
                              {texts.text("document.test.title"), {}, code(texts.language())});
    {
        Tag const document(canvas, "Document");
        TRY(first_side(canvas, page, layout, texts));
        canvas.next_page();
        if (is_card) {
            canvas.stroke({layout.margin_pt, layout.margin_pt, layout.width_pt - 2 * layout.margin_pt,
                           layout.height_pt - 2 * layout.margin_pt},
                          color::black, 0.5);
            Tag const tag(canvas, "P");
            TextBlock const back(canvas, texts.text("document.test.back"),
                                 {.size_pt = layout.text_pt * 1.6, .weight = Weight::Bold});
            back.draw(layout.margin_pt * 1.6, layout.margin_pt * 1.4);
            canvas.next_page();
        }
    }
    return canvas.finish_pdf();
}

} // namespace portico::documents
