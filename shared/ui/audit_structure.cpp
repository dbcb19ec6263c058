#include "shared/ui/audit_structure.h"

#include "shared/base/language.h"
#include "shared/ui/catalog.h"
#include "shared/ui/layout/bars.h"
#include "shared/ui/scan/scan.h"

#include <algorithm>
#include <array>
#include <set>

namespace portico::ui {
namespace {

bool is_blank(std::string const& text) {
    return text.find_first_not_of(" \t\n") == std::string::npos;
}

/// Two or three letters, then subtags of two to eight letters or digits. Source: BCP 47.
bool is_language_tag(std::string const& tag) {
    std::size_t begin = 0;
    bool first = true;
    while (begin <= tag.size()) {
        auto const end = std::min(tag.find('-', begin), tag.size());
        auto const part = tag.substr(begin, end - begin);
        bool const letters = std::all_of(part.begin(), part.end(), [](unsigned char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
        bool const digits_too = std::all_of(part.begin(), part.end(), [](unsigned char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        });
        bool const fits = first ? letters && (part.size() == 2 || part.size() == 3)
                                : digits_too && part.size() >= 2 && part.size() <= 8;
        if (!fits)
            return false;
        first = false;
        begin = end + 1;
    }
    return !first;
}

/// What must stand inside what. Source: WAI-ARIA 1.2, required context roles.
struct Belongs {
    Role inner, outer;
};
constexpr std::array<Belongs, 5> belongs = {{{Role::Radio, Role::RadioGroup},
                                             {Role::Key, Role::Keyboard},
                                             {Role::TableRow, Role::Table},
                                             {Role::Cell, Role::Table},
                                             {Role::TimelineEntry, Role::Timeline}}};

class StructureAuditor {
public:
    StructureAuditor(SemanticFrame const& frame, Catalog const& catalog, AuditLimits const& limits)
        : frame_(frame), catalog_(catalog), limits_(limits) {}

    std::vector<AuditFinding> run() {
        screen();
        for (std::size_t i = 0; i < frame_.nodes.size(); ++i) {
            auto const& node = frame_.nodes[i];
            language(node);
            parent(i);
            explanation(i);
            live(node);
            text_size(node);
        }
        duplicate_ids();
        empty_containers();
        nested();
        heading_order();
        layers();
        switches();
        return std::move(findings_);
    }

private:
    void tell(std::string rule, Node const& node, std::string what) {
        findings_.push_back({std::move(rule), node.id.empty() ? node.label : node.id, std::move(what)});
    }
    Node const& at(int index) const { return frame_.nodes[static_cast<std::size_t>(index)]; }
    bool is_node(int index) const {
        return index >= 0 && static_cast<std::size_t>(index) < frame_.nodes.size();
    }

    void screen() {
        if (is_blank(frame_.screen))
            findings_.push_back({"title", "", "the screen has no name"});
        auto const languages = catalog_.languages();
        if (std::find(languages.begin(), languages.end(), frame_.language) == languages.end())
            findings_.push_back({"language", "", "there is no catalog of its language: " + frame_.language});
    }

    void language(Node const& node) {
        if (node.language.empty())
            return; // found by the rule "label"
        if (!is_language_tag(node.language))
            tell("language", node, "its language is no BCP 47 tag: " + node.language);
        else if (!node.is_data && node.language != frame_.language &&
                 !is_told_fallback(frame_, node, catalog_))
            tell("language", node, "its words are of another language than the screen: " + node.language);
    }

    /// Parents come before what they hold: no node is its own ancestor.
    bool has_sound_parent(std::size_t index) const {
        int const parent = frame_.nodes[index].parent;
        return parent == -1 || (parent >= 0 && static_cast<std::size_t>(parent) < index);
    }

    void parent(std::size_t index) {
        Node const& node = frame_.nodes[index];
        if (!has_sound_parent(index)) {
            tell("structure", node, "its parent is no node before it");
            return;
        }
        for (auto const& [inner, outer] : belongs)
            if (node.role == inner && (node.parent < 0 || at(node.parent).role != outer))
                tell("structure", node,
                     "a " + std::string(name(inner)) + " that is in no " + std::string(name(outer)));
    }

    void empty_containers() {
        std::set<int> full;
        for (auto const& node : frame_.nodes)
            full.insert(node.parent);
        for (std::size_t i = 0; i < frame_.nodes.size(); ++i) {
            auto const& node = frame_.nodes[i];
            bool const container = node.role == Role::RadioGroup || node.role == Role::Keyboard;
            if (container && full.count(static_cast<int>(i)) == 0)
                tell("structure", node, "holds nothing to choose from");
        }
    }

    void nested() {
        for (std::size_t i = 0; i < frame_.nodes.size(); ++i) {
            auto const& node = frame_.nodes[i];
            if (!node.interactive || !has_sound_parent(i))
                continue;
            for (int up = node.parent; up >= 0 && has_sound_parent(static_cast<std::size_t>(up));
                 up = at(up).parent)
                if (at(up).interactive) {
                    tell("nested", node, "can be pressed, inside of what can be pressed: " + at(up).id);
                    break;
                }
        }
    }

    void explanation(std::size_t index) {
        Node const& node = frame_.nodes[index];
        if (node.described_by == -1) {
            if (node.states.invalid)
                tell("described", node, "is wrong and does not say why");
            return;
        }
        bool const sound = is_node(node.described_by) && static_cast<std::size_t>(node.described_by) != index;
        if (!sound || (is_blank(at(node.described_by).label) && is_blank(at(node.described_by).value)))
            tell("described", node, "what should explain it is not there");
    }

    void live(Node const& node) {
        bool const message =
            node.role == Role::Banner || node.role == Role::Spinner || node.role == Role::Countdown;
        if (message && node.live == Live::Off)
            tell("live", node, "comes and is not told");
        if (node.role == Role::Dialog && node.live != Live::Assertive)
            tell("live", node, "a question that does not interrupt");
    }

    void text_size(Node const& node) {
        for (auto const& run : node.runs)
            if (run.size_px < limits_.text_px) {
                tell("text_size", node,
                     std::to_string(run.size_px) + " px, " + std::to_string(limits_.text_px) + " needed");
                return;
            }
    }

    void duplicate_ids() {
        std::set<std::string> seen;
        for (auto const& node : frame_.nodes)
            if (!node.id.empty() && !seen.insert(node.id).second)
                tell("duplicate_id", node, "another node has the same id");
    }

    void heading_order() {
        int before = 0;
        for (auto const& node : frame_.nodes) {
            if (node.level == 0)
                continue;
            if (before > 0 && node.level > before + 1)
                tell("heading_order", node, "a level is left out above it");
            before = node.level;
        }
    }

    void layers() {
        int top = 0;
        for (auto const& node : frame_.nodes)
            top = std::max(top, node.layer);
        for (auto const& node : frame_.nodes)
            if (node.interactive && node.layer < top)
                tell("layer", node, "can be pressed under a dialog");
    }

    void switches() {
        for (auto const& node : frame_.nodes) {
            if (!node.interactive || node.states.disabled)
                continue;
            int const presses = scan_presses(frame_, node.id);
            if (presses == 0)
                tell("switch", node, "two switches never get there");
            else if (presses > limits_.switch_presses)
                tell("switch", node, std::to_string(presses) + " presses of two switches");
        }
    }

    SemanticFrame const& frame_;
    Catalog const& catalog_;
    AuditLimits const& limits_;
    std::vector<AuditFinding> findings_;
};

} // namespace

bool is_told_fallback(SemanticFrame const& frame, Node const& node, Catalog const& catalog) {
    auto const* language = find_language(frame.language);
    if (language == nullptr || language->is_complete() || node.language != "en" ||
        catalog.has(frame.language, node.msg) || !catalog.has("en", node.msg))
        return false;
    auto const told = rest_in_english();
    return std::any_of(frame.nodes.begin(), frame.nodes.end(), [&](Node const& each) {
        return each.msg == told.id() && each.language == frame.language;
    });
}

std::vector<AuditFinding> structure_findings(SemanticFrame const& frame, Catalog const& catalog,
                                             AuditLimits const& limits) {
    return StructureAuditor(frame, catalog, limits).run();
}

} // namespace portico::ui
