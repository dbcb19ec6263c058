#pragma once

#include "shared/documents/drawing/text.h"
#include "shared/domain/member.h"

#include <functional>
#include <string>
#include <vector>

namespace portico::documents {

/// A place on a card and how small its text may get.
struct FitBox {
    double width_pt = 0;
    double height_pt = 0;
    double floor_pt = 6;
    int lines_max = 1;
    /// Where a single line stands, from the top; its ink then has to fit above and below. Below 0: the
    /// block's height counts as the font gives it, which some scripts make twice as tall as their letters.
    double baseline_pt = -1;
};

/// Lays `versions[0]` out in the box: smaller down to the floor on one line, then on as many lines as the
/// box allows; when that does not fit, the same with each shorter version; at last the shortest is cut with
/// "…".
TextBlock fit(Canvas& canvas, std::vector<std::string> const& versions, TextStyle const& style,
              FitBox const& box);

/// A name and its shorter forms: "Maria Elena Sample", "Maria E. Sample", "Maria Sample", "M. Sample".
std::vector<std::string> name_versions(PersonName const& name);

/// "Jamie, Robin, Kim", then "Jamie, Robin + 1 more" and so on, at last `count_text(3)` alone.
std::vector<std::string> list_versions(std::vector<std::string> const& names,
                                       std::function<std::string(std::size_t)> const& more_text,
                                       std::function<std::string(std::size_t)> const& count_text);

} // namespace portico::documents
