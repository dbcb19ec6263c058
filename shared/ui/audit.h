#pragma once

#include "shared/ui/frame.h"
#include "shared/ui/theme.h"

#include <cstdint>
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

/// By Tab each control takes the focus once and shows its ring; by pages only what stands on each is looked
/// at, in a tenth of the time: for a theme whose order of controls is that of another one that was walked.
enum class AuditWalk : std::uint8_t { Tab, Pages };

/// Walks the whole screen, page after page, and audits every page. Leaves the stage as it was found, on the
/// first page.
std::vector<AuditFinding> audit_all(Stage& stage, std::function<void(Ui&)> const& draw,
                                    AuditWalk by = AuditWalk::Tab);

} // namespace portico::ui
