#include "shared/documents/drawing/fit.h"

#include <sstream>

namespace portico::documents {

namespace {

constexpr double step_pt = 0.25;

bool fits(TextBlock const& block, FitBox const& box, int lines_max) {
    return block.line_count() <= lines_max && !block.overflows() && block.height() <= box.height_pt + 0.01;
}

bool fits_on_line(TextBlock const& line, FitBox const& box) {
    if (line.width() > box.width_pt)
        return false;
    if (box.baseline_pt < 0)
        return line.height() <= box.height_pt + 0.01;
    auto const ink = line.ink();
    return ink.above <= box.baseline_pt + 0.01 && ink.below <= box.height_pt - box.baseline_pt + 0.01;
}

/// The first letter as a reader sees it, with its marks ("Á" may be two code points), and a full stop.
std::string initial(std::string const& word) {
    auto const* start = word.c_str();
    if (*start == '\0')
        return {};
    auto const* end = g_utf8_next_char(start);
    while (*end != '\0' && g_unichar_ismark(g_utf8_get_char(end)) != 0)
        end = g_utf8_next_char(end);
    return std::string(start, end) + ".";
}

/// Initials mean something where a script has capitals.
bool has_case(std::string const& word) {
    auto const letter = word.empty() ? 0 : g_utf8_get_char(word.c_str());
    return g_unichar_isupper(letter) != 0 || g_unichar_islower(letter) != 0;
}

} // namespace

TextBlock fit(Canvas& canvas, std::vector<std::string> const& versions, TextStyle const& style,
              FitBox const& box) {
    auto styled = style;
    for (auto const& version : versions) {
        for (styled.size_pt = style.size_pt; styled.size_pt >= box.floor_pt - 0.01;
             styled.size_pt -= step_pt) {
            TextBlock one_line(canvas, version, styled);
            if (fits_on_line(one_line, box))
                return {canvas, version, styled, box.width_pt};
        }
        if (box.lines_max < 2)
            continue;
        for (styled.size_pt = style.size_pt; styled.size_pt >= box.floor_pt - 0.01;
             styled.size_pt -= step_pt) {
            TextBlock lines(canvas, version, styled, box.width_pt);
            if (fits(lines, box, box.lines_max))
                return lines;
        }
    }
    styled.size_pt = box.floor_pt;
    TextBlock cut(canvas, versions.back(), styled, box.width_pt);
    for (int lines = box.lines_max; lines >= 1; --lines) {
        cut.cut_to(lines);
        if (fits(cut, box, lines))
            break;
    }
    return cut;
}

std::vector<std::string> name_versions(PersonName const& name) {
    PersonName const clean{printable(name.given), printable(name.family)};
    std::vector<std::string> versions{clean.full()};
    std::vector<std::string> given;
    std::istringstream words(clean.given);
    for (std::string word; words >> word;)
        given.push_back(word);
    if (given.empty() || clean.family.empty() || !has_case(given.front()))
        return versions;
    auto with_initials = given.front();
    for (std::size_t index = 1; index < given.size(); ++index)
        with_initials += " " + initial(given[index]);
    if (given.size() > 1) {
        versions.push_back(with_initials + " " + clean.family);
        versions.push_back(given.front() + " " + clean.family);
    }
    versions.push_back(initial(given.front()) + " " + clean.family);
    return versions;
}

std::vector<std::string> list_versions(std::vector<std::string> const& names,
                                       std::function<std::string(std::size_t)> const& more_text,
                                       std::function<std::string(std::size_t)> const& count_text) {
    std::vector<std::string> clean;
    for (auto const& each : names)
        if (auto text = printable(each); !text.empty())
            clean.push_back(std::move(text));
    std::vector<std::string> versions;
    for (auto shown = clean.size(); shown > 0; --shown) {
        std::string text;
        for (std::size_t index = 0; index < shown; ++index)
            text += (index == 0 ? "" : ", ") + clean[index];
        if (shown < clean.size())
            text += " " + more_text(clean.size() - shown);
        versions.push_back(std::move(text));
    }
    if (clean.size() > 1)
        versions.push_back(count_text(clean.size()));
    return versions;
}

} // namespace portico::documents
