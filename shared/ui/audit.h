#pragma once

#include "shared/ui/frame.h"
#include "shared/ui/theme.h"

#include <functional>
#include <string>
#include <vector>

namespace portico::ui {

class Catalog;
class Stage;
class Ui;

/// One thing wrong with a screen. `rule` is stable: label, unique_name, target_size, contrast, cut, overlap,
/// heading, catalog, focus, described, problem, title, language, duplicate_id, structure, nested, live,
/// text_size, heading_order, layer, switch. Where each comes from: docs/accessibility.md.
struct AuditFinding {
    std::string rule;
    std::string node; // its id
    std::string what;
    bool operator==(AuditFinding const&) const = default;
};

/// Least side of a target, px. Source: kiosk practice (20 mm), WCAG 2.5.8 for the floor.
struct AuditLimits {
    float target_px = 84;
    float target_floor_px = 44;
    double contrast = 10;
    /// Least size of a font; see Theme::text_min.
    float text_px = 27.5F;
    /// Presses of two switches that any control of a page may take.
    int switch_presses = 24;
};
AuditLimits limits_of(Theme const& theme);

/// Judges one frame by itself: labels, names, target sizes, contrast of every run of text, nothing cut or
/// lying over another, one heading, every label from the catalog or declared as data, and how the nodes hang
/// together.
std::vector<AuditFinding> audit(SemanticFrame const& frame, Catalog const& catalog,
                                AuditLimits const& limits);

/// Walks the whole screen by Tab, page after page, and audits every page: each control takes the focus once
/// and shows its ring. Leaves the stage as it was found, on the first page.
std::vector<AuditFinding> audit_all(Stage& stage, std::function<void(Ui&)> const& draw);

} // namespace portico::ui
