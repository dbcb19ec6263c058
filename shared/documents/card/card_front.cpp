#include "shared/documents/card/card_painter.h"

#include <array>

namespace portico::documents {

namespace {

constexpr double band_height_pt = 30;
constexpr double gap_pt = 4;

constexpr TextStyle value{.size_pt = 7.5, .weight = Weight::Bold};
constexpr TextStyle identifier{.size_pt = 7.5, .weight = Weight::Bold, .identifier = true};
constexpr double value_height_pt = 16.4;

} // namespace

void CardPainter::front() {
    band();
    people(33.2);
    copays(93.4);
    pharmacy(111.6);
    foot();
}

void CardPainter::band() {
    constexpr double mark_height_pt = 13.5;
    constexpr double mark_y_pt = 8.6;
    canvas_.fill({0, 0, card_width_pt, band_height_pt}, color::brand);
    canvas_.mark(left_pt, mark_y_pt, mark_height_pt, color::white, std::nullopt);
    auto const name_x = left_pt + mark_width(mark_height_pt) + 6;
    auto const row_height = band_height_pt - 2 * mark_y_pt + 4;
    Rect const name_box{name_x, mark_y_pt - 2, 122, row_height};
    Rect const product_box{name_x + 122 + gap_pt, mark_y_pt - 2, right_pt - name_x - 122 - gap_pt,
                           row_height};
    text(name_box, "plan_name", {printable(card_.plan_name)},
         {{.size_pt = 11, .weight = Weight::Bold, .color = color::white}, 2, Cut::Allowed}, Place::Middle);
    text(product_box, "product_name", {printable(card_.product_name)},
         {{.size_pt = 8.5, .color = color::white, .align = Align::Right}, 2, Cut::Allowed}, Place::Middle);
}

void CardPainter::people(double y) {
    constexpr double name_height_pt = 23;
    field({left_pt, y, inner_pt, name_height_pt}, "document.card.member", name_versions(card_.member),
          {{.size_pt = 12, .weight = Weight::Bold}, 2, Cut::Allowed});
    y += name_height_pt + 0.8;
    field({left_pt, y, 146, value_height_pt}, "document.card.member_id", printable(card_.member_id),
          {identifier});
    field({left_pt + 150, y, inner_pt - 150, value_height_pt}, "document.card.group", printable(card_.group),
          {identifier});
    y += 18.2;
    field({left_pt, y, 98, value_height_pt}, "document.card.subscriber", printable(card_.subscriber_name),
          {value, 1, Cut::Allowed});
    auto const more = [&](std::size_t count) {
        return texts_.text("document.card.more_people", {{"count", std::to_string(count)}});
    };
    auto const people_count = [&](std::size_t count) {
        return texts_.text("document.card.people", {{"count", std::to_string(count)}});
    };
    auto family = list_versions(card_.dependants, more, people_count);
    if (family.empty())
        family.push_back(texts_.text("document.card.none"));
    field({left_pt + 102, y, inner_pt - 102, value_height_pt}, "document.card.dependants", family,
          {value, 1, Cut::Allowed});
}

void CardPainter::copays(double y) {
    struct Column {
        char const* service;
        char const* label;
        double width_pt;
    };
    // Prescriptions often have three amounts.
    constexpr std::array columns{Column{"primary_care", "document.card.copay_primary_care", 42},
                                 Column{"specialist", "document.card.copay_specialist", 41},
                                 Column{"urgent_care", "document.card.copay_urgent_care", 41},
                                 Column{"emergency", "document.card.copay_emergency", 41},
                                 Column{"rx", "document.card.copay_rx", inner_pt - 165}};
    auto x = left_pt;
    for (auto const& column : columns) {
        field({x, y, column.width_pt - 2, value_height_pt}, column.label, copay(column.service), {value});
        x += column.width_pt;
    }
}

void CardPainter::pharmacy(double y) {
    struct Column {
        char const* label;
        std::string const& text;
        double width_pt;
    };
    std::array const columns{Column{"document.card.rx_bin", card_.rx_bin, 36},
                             Column{"document.card.rx_pcn", card_.rx_pcn, 50},
                             Column{"document.card.rx_group", card_.rx_group, 54},
                             Column{"document.card.rx_id", card_.rx_id, inner_pt - 140}};
    auto x = left_pt;
    for (auto const& column : columns) {
        field({x, y, column.width_pt - 2, value_height_pt}, column.label, printable(column.text),
              {identifier});
        x += column.width_pt;
    }
}

void CardPainter::foot() {
    constexpr double y = 133.6;
    constexpr double height_pt = 9.4;
    canvas_.line(left_pt, y - 2.2, right_pt, y - 2.2, color::divider, 0.6);
    text({left_pt, y, 78, height_pt}, "document.card.help",
         {texts_.text("document.card.help", {{"phone", printable(card_.service_phone)}})},
         {{.size_pt = 7, .weight = Weight::Bold}});
    text({left_pt + 80, y, 82, height_pt}, "web", {printable(card_.web)},
         {{.size_pt = 7, .align = Align::Center}});
    text({left_pt + 164, y, inner_pt - 164, height_pt}, "document.card.issued",
         {texts_.text("document.card.issued", {{"date", Texts::short_date(card_.issued)}})},
         {{.size_pt = 7, .align = Align::Right}});
}

} // namespace portico::documents
