#include "shared/ui/text/icons.h"

#include "shared/ui/text/svg_path.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <string>

namespace portico::ui {
namespace {

constexpr double grid = 24;
constexpr double stroke_width = 2;

/// The value of an attribute of an element such as `circle cx="12" cy="7" r="4" /`; 0 when it is missing.
std::string_view attribute(std::string_view element, std::string_view name) {
    std::string const start = " " + std::string(name) + "=\"";
    auto const at = element.find(start);
    if (at == std::string_view::npos)
        return {};
    auto const from = at + start.size();
    return element.substr(from, element.find('"', from) - from);
}

double number(std::string_view element, std::string_view name) {
    auto const text = attribute(element, name);
    return text.empty() ? 0.0 : std::strtod(std::string(text).c_str(), nullptr);
}

void ellipse(cairo_t* cairo, double cx, double cy, double rx, double ry) {
    cairo_save(cairo);
    cairo_translate(cairo, cx, cy);
    cairo_scale(cairo, rx, ry);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_close_path(cairo);
    cairo_restore(cairo);
}

void rounded_rectangle(cairo_t* cairo, std::string_view element) {
    double const x = number(element, "x");
    double const y = number(element, "y");
    double const w = number(element, "width");
    double const h = number(element, "height");
    double const r = std::min({std::max(number(element, "rx"), number(element, "ry")), w / 2, h / 2});
    double const quarter = std::numbers::pi / 2;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + w - r, y + r, r, -quarter, 0);
    cairo_arc(cairo, x + w - r, y + h - r, r, 0, quarter);
    cairo_arc(cairo, x + r, y + h - r, r, quarter, 2 * quarter);
    cairo_arc(cairo, x + r, y + r, r, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
}

void add_element(cairo_t* cairo, std::string_view element) {
    auto const is = [&](std::string_view tag) {
        return element.substr(0, tag.size() + 1) == std::string(tag) + " ";
    };
    if (is("path"))
        add_svg_path(cairo, attribute(element, "d"));
    else if (is("circle"))
        ellipse(cairo, number(element, "cx"), number(element, "cy"), number(element, "r"),
                number(element, "r"));
    else if (is("ellipse"))
        ellipse(cairo, number(element, "cx"), number(element, "cy"), number(element, "rx"),
                number(element, "ry"));
    else if (is("rect"))
        rounded_rectangle(cairo, element);
    else if (is("line"))
        add_svg_path(cairo, "M" + std::string(attribute(element, "x1")) + " " +
                                std::string(attribute(element, "y1")) + "L" +
                                std::string(attribute(element, "x2")) + " " +
                                std::string(attribute(element, "y2")));
    else if (is("polyline") || is("polygon"))
        add_svg_path(cairo, "M" + std::string(attribute(element, "points")) + (is("polygon") ? "Z" : ""));
}

} // namespace

bool stroke_icon(cairo_t* cairo, std::string_view name, double size) {
    auto const& sources = icon_sources();
    auto const found = std::find_if(sources.begin(), sources.end(),
                                    [&](IconSource const& source) { return source.name == name; });
    if (found == sources.end())
        return false;
    cairo_save(cairo);
    cairo_scale(cairo, size / grid, size / grid);
    cairo_new_path(cairo);
    std::string_view rest = found->svg;
    while (true) {
        auto const open = rest.find('<');
        if (open == std::string_view::npos)
            break;
        auto const close = rest.find('>', open);
        add_element(cairo, rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close);
    }
    cairo_set_line_width(cairo, stroke_width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cairo);
    cairo_restore(cairo);
    return true;
}

} // namespace portico::ui
