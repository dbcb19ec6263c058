#include "shared/documents/drawing/layout_store.h"

#include "shared/documents/drawing/text.h"
#include "tests/support/catch.h"

using namespace portico::documents;

namespace {

constexpr char const* words = "The provider agreed to the plan's price for this service and for that one";

Canvas measuring(char const* language = "en") {
    return Canvas::measuring(612, {"", {2026, 3, 12}, language});
}

LayoutStore::Layout layout_of(LayoutStore const& store, char const* text) {
    LayoutStore::Layout layout(pango_layout_new(store.context(portico::Direction::LeftToRight)));
    pango_layout_set_text(layout.get(), text, -1);
    return layout;
}

} // namespace

TEST_CASE("layouts: what was given back is taken once, by its text and its look") {
    LayoutStore store;
    LayoutLook const look{.size_pt = 11};
    auto layout = layout_of(store, "Copay");
    auto const* given = layout.get();
    store.give_back(look, std::move(layout));
    CHECK(store.take("Copay", {.size_pt = 12}) == nullptr);
    CHECK(store.take("Copay", {.size_pt = 11, .weight = 700}) == nullptr);
    CHECK(store.take("Copays", look) == nullptr);
    CHECK(store.take("Copay", look).get() == given);
    CHECK(store.take("Copay", look) == nullptr);
}

TEST_CASE("layouts: a document keeps a bounded number of them") {
    LayoutStore store;
    constexpr int given = 5000;
    for (int i = 0; i < given; ++i)
        store.give_back({.size_pt = 11}, layout_of(store, "$1.00"));
    int kept = 0;
    while (store.take("$1.00", {.size_pt = 11}))
        ++kept;
    CHECK(kept > 1000);
    CHECK(kept < given);
}

TEST_CASE("layouts: a text is wrapped and cut as asked, however it was before") {
    auto canvas = measuring();
    constexpr double narrow_pt = 60;
    int whole = 0;
    {
        TextBlock const block(canvas, words, {}, narrow_pt);
        whole = block.line_count();
        CHECK(whole > 3);
        CHECK_FALSE(block.is_cut());
    }
    {
        TextBlock cut(canvas, words, {}, narrow_pt);
        cut.cut_to(2);
        CHECK(cut.line_count() == 2);
        CHECK(cut.is_cut());
    }
    TextBlock const again(canvas, words, {}, narrow_pt);
    CHECK(again.line_count() == whole);
    CHECK_FALSE(again.is_cut());
}

TEST_CASE("layouts: a long word is broken for one block and stays whole for the next") {
    auto canvas = measuring();
    constexpr char const* word = "Pneumonoultramicroscopic";
    {
        TextBlock broken(canvas, word, {}, 40);
        broken.break_words();
        CHECK(broken.line_count() > 1);
        CHECK_FALSE(broken.overflows());
    }
    TextBlock const whole(canvas, word, {}, 40);
    CHECK(whole.line_count() == 1);
    CHECK(whole.overflows());
}

TEST_CASE("layouts: the PDF draws what was measured for it") {
    PdfInformation const information{"", {2026, 3, 12}, "ar"};
    auto nothing = Canvas::measuring(612, information);
    double height = 0;
    {
        TextBlock const block(nothing, words, {.line_spacing = 1.18}, 200);
        height = block.height();
    }
    auto pdf = Canvas::pdf_after(nothing, 792, information);
    CHECK(pdf.mirrored());
    CHECK(pdf.layouts() == nothing.layouts());
    TextBlock const drawn(pdf, words, {.line_spacing = 1.18}, 200);
    CHECK(drawn.height() == height);
    drawn.draw(54, 54);
    CHECK(pdf.finish_pdf().has_value());
}
