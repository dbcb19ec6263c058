#include "shared/ui/audit.h"

#include "shared/ui/audit_structure.h"
#include "shared/ui/catalog.h"
#include "shared/ui/core.h"
#include "shared/ui/stage.h"

#include <algorithm>
#include <map>
#include <set>

namespace portico::ui {
namespace {

// Ends of letters and strokes may reach this far past a box.
constexpr float slack_px = 3;
constexpr int tab_presses_max = 400;

class Auditor {
public:
    Auditor(SemanticFrame const& frame, Catalog const& catalog, AuditLimits const& limits)
        : frame_(frame), catalog_(catalog), limits_(limits) {}

    std::vector<AuditFinding> run() {
        for (auto const& problem : frame_.problems)
            findings_.push_back({"problem", "", problem});
        headings();
        for (auto const& node : frame_.nodes) {
            label(node);
            target(node);
            contrasts(node);
            cut(node);
            explained(node);
        }
        unique_names();
        overlaps();
        return std::move(findings_);
    }

private:
    void tell(std::string rule, Node const& node, std::string what) {
        findings_.push_back({std::move(rule), node.id.empty() ? node.label : node.id, std::move(what)});
    }

    void headings() {
        auto const count = std::count_if(frame_.nodes.begin(), frame_.nodes.end(), [](Node const& n) {
            return n.role == Role::Heading && n.level == 1;
        });
        if (count != 1)
            findings_.push_back({"heading", "", std::to_string(count) + " level-1 headings, one is needed"});
    }

    void label(Node const& node) {
        bool const blank = node.label.find_first_not_of(" \t\n") == std::string::npos;
        if (blank)
            tell("label", node, "has no label");
        bool const known =
            catalog_.has(frame_.language, node.msg) || is_told_fallback(frame_, node, catalog_);
        if (!node.is_data && !known)
            tell("catalog", node, "its text is not in the catalog of " + frame_.language);
        if (node.language.empty())
            tell("label", node, "has no language");
        if (node.sensitive && !node.value.empty())
            tell("problem", node, "holds a secret and tells it");
    }

    void unique_names() {
        std::map<std::string, Node const*> seen;
        for (auto const& node : frame_.nodes) {
            if (!node.interactive)
                continue;
            // Rows of a list may be called alike; what they say further sets them apart.
            std::string const spoken = std::string(name(node.role)) + "|" + node.label + "|" + node.value;
            if (!seen.emplace(spoken, &node).second)
                tell("unique_name", node, "another control is called the same: " + node.label);
        }
    }

    void target(Node const& node) {
        if (!node.interactive)
            return;
        float const side = std::min(node.rect.w, node.rect.h);
        // Keys of the letter boards are many; they keep the floor, and most of the width.
        float const least =
            node.role == Role::Key ? std::max(limits_.target_floor_px, 60.0F) : limits_.target_px;
        if (side + 0.5F < least)
            tell("target_size", node,
                 std::to_string(static_cast<int>(side)) + " px, " + std::to_string(static_cast<int>(least)) +
                     " needed");
    }

    void contrasts(Node const& node) {
        for (auto const& run : node.runs) {
            double const c = contrast(run.ink, run.ground);
            if (c + 0.05 < limits_.contrast) {
                tell("contrast", node,
                     std::to_string(c) + ", " + std::to_string(limits_.contrast) + " needed");
                return;
            }
        }
    }

    void cut(Node const& node) {
        Rect const screen{0, 0, frame_.size.w, frame_.size.h};
        if (!screen.contains(node.rect, 1))
            tell("cut", node, "reaches past the screen");
        for (auto const& run : node.runs) {
            if (!screen.contains(run.rect, 1) || !node.clip.contains(run.rect, slack_px)) {
                tell("cut", node, "a text reaches past its box");
                return;
            }
        }
    }

    void explained(Node const& node) {
        if (!node.states.disabled || !node.interactive || node.described_by >= 0)
            return;
        // What is off says why: beside it, in its value, or by its lock and the field's own words.
        if (node.value.empty() && node.role != Role::Field)
            tell("described", node, "is off and does not say why");
    }

    /// Whether `inner` lies inside `outer` in the tree.
    bool inside(std::size_t inner, std::size_t outer) const {
        for (int at = frame_.nodes[inner].parent; at >= 0;
             at = frame_.nodes[static_cast<std::size_t>(at)].parent)
            if (static_cast<std::size_t>(at) == outer)
                return true;
        return false;
    }

    static bool over(Rect const& a, Rect const& b) {
        Rect const both = intersect(a, b);
        return both.w > slack_px && both.h > slack_px;
    }

    void overlaps() {
        auto const& nodes = frame_.nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            for (std::size_t j = i + 1; j < nodes.size(); ++j) {
                if (nodes[i].layer != nodes[j].layer)
                    continue;
                bool const boxes =
                    nodes[i].interactive && nodes[j].interactive && over(nodes[i].rect, nodes[j].rect);
                bool const texts = texts_over(nodes[i], nodes[j]);
                // Few pairs meet, so the walk up the tree comes last.
                if ((!boxes && !texts) || inside(i, j) || inside(j, i))
                    continue;
                if (boxes)
                    tell("overlap", nodes[i], "lies over " + nodes[j].id);
                if (texts)
                    tell("overlap", nodes[i],
                         "its text lies over that of " +
                             (nodes[j].id.empty() ? nodes[j].label : nodes[j].id));
            }
            runs_over_each_other(nodes[i]);
        }
    }

    static bool texts_over(Node const& a, Node const& b) {
        return std::any_of(a.runs.begin(), a.runs.end(), [&](Node::TextRun const& x) {
            return std::any_of(b.runs.begin(), b.runs.end(),
                               [&](Node::TextRun const& y) { return over(x.rect, y.rect); });
        });
    }

    void runs_over_each_other(Node const& node) {
        for (std::size_t i = 0; i < node.runs.size(); ++i)
            for (std::size_t j = i + 1; j < node.runs.size(); ++j)
                if (over(node.runs[i].rect, node.runs[j].rect)) {
                    tell("overlap", node, "two of its texts lie over each other");
                    return;
                }
    }

    SemanticFrame const& frame_;
    Catalog const& catalog_;
    AuditLimits const& limits_;
    std::vector<AuditFinding> findings_;
};

void add_new(std::vector<AuditFinding>& to, std::vector<AuditFinding> from) {
    for (auto& finding : from)
        if (std::find(to.begin(), to.end(), finding) == to.end())
            to.push_back(std::move(finding));
}

/// What the walk by Tab saw.
struct Walk {
    std::set<std::string> controls, focused;
};

void look_at(SemanticFrame const& frame, Walk& walk, std::vector<AuditFinding>& findings) {
    int focused = 0;
    for (auto const& node : frame.nodes) {
        if (!node.interactive)
            continue;
        walk.controls.insert(node.id);
        if (!node.states.focused)
            continue;
        ++focused;
        walk.focused.insert(node.id);
        Rect const screen{0, 0, frame.size.w, frame.size.h};
        if (node.focus_ring.empty())
            add_new(findings, {{"focus", node.id, "has the focus and shows no ring"}});
        else if (!screen.contains(node.focus_ring, 0.5F))
            add_new(findings, {{"focus", node.id, "its ring is cut off at the screen's edge"}});
    }
    if (focused != 1)
        add_new(findings,
                {{"focus", "", std::to_string(focused) + " controls have the focus, one is needed"}});
}

/// The frame of before already knows its controls: the key goes to it, and only what follows is drawn.
void press(Stage& stage, Key key, std::function<void(Ui&)> const& draw) {
    stage.core().handle_key(key);
    stage.run(draw);
}

void walk_by_tab(Stage& stage, std::function<void(Ui&)> const& draw, Walk& walk,
                 std::vector<AuditFinding>& findings) {
    auto& core = stage.core();
    auto const limits = limits_of(core.theme);
    std::set<std::pair<std::string, int>> seen;
    for (int i = 0; i < tab_presses_max; ++i) {
        press(stage, Key::Tab, draw);
        auto const& frame = stage.frame();
        add_new(findings, audit(frame, core.catalog, limits));
        look_at(frame, walk, findings);
        // A page of words only: the way on is its Down button.
        bool const only_words = std::none_of(core.controls.begin(), core.controls.end(),
                                             [](Control const& c) { return c.region == Region::Body; });
        if (only_words && frame.page < frame.pages)
            press(stage, Key::PageDown, draw);
        else if (!seen.emplace(core.focus, frame.page).second)
            return;
    }
    findings.push_back({"focus", "", "Tab goes on without coming round"});
}

void walk_by_pages(Stage& stage, std::function<void(Ui&)> const& draw, std::vector<AuditFinding>& findings) {
    auto& core = stage.core();
    while (stage.frame().page < stage.frame().pages) {
        auto const page = stage.frame().page;
        press(stage, Key::PageDown, draw);
        add_new(findings, audit(stage.frame(), core.catalog, limits_of(core.theme)));
        if (stage.frame().page == page) {
            findings.push_back({"pages", "", "Down stays on page " + std::to_string(page)});
            return;
        }
    }
}

} // namespace

AuditLimits limits_of(Theme const& theme) {
    return {.target_px = theme.target_min, .contrast = theme.contrast_min, .text_px = theme.text_min};
}

std::vector<AuditFinding> audit(SemanticFrame const& frame, Catalog const& catalog,
                                AuditLimits const& limits) {
    auto findings = Auditor(frame, catalog, limits).run();
    for (auto& finding : structure_findings(frame, catalog, limits))
        findings.push_back(std::move(finding));
    return findings;
}

std::vector<AuditFinding> audit_all(Stage& stage, std::function<void(Ui&)> const& draw, AuditWalk by) {
    auto& core = stage.core();
    auto const limits = limits_of(core.theme);
    std::vector<AuditFinding> findings;
    bool const draws_pixels = core.draws_pixels;
    core.draws_pixels = false;
    stage.run(draw);
    add_new(findings, audit(stage.frame(), core.catalog, limits));
    Walk walk;
    for (auto const& node : stage.frame().nodes)
        if (node.interactive) {
            walk.controls.insert(node.id);
            // Tab goes on from a field that took the focus by itself, and need not come round to its page.
            if (node.states.focused)
                walk.focused.insert(node.id);
        }
    if (by == AuditWalk::Tab)
        walk_by_tab(stage, draw, walk, findings);
    // While the keyboard is open the page stays with its field; the other pages come once it is closed.
    if (core.keyboard_open) {
        press(stage, Key::Escape, draw);
        if (by == AuditWalk::Tab)
            walk_by_tab(stage, draw, walk, findings);
    }
    if (by == AuditWalk::Pages)
        walk_by_pages(stage, draw, findings);
    for (auto const& id : walk.controls)
        if (by == AuditWalk::Tab && walk.focused.count(id) == 0)
            findings.push_back({"focus", id, "was never reached by Tab"});
    core.pages.clear();
    core.focus.clear();
    core.focus_visible = false;
    stage.run(draw);
    core.draws_pixels = draws_pixels;
    return findings;
}

} // namespace portico::ui
