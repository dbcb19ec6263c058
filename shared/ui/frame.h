#pragma once

#include "shared/ui/color.h"
#include "shared/ui/geometry.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ui {

enum class Role : std::uint8_t {
    Heading,
    Section,
    Text,
    Button,
    Tile,
    Row,
    Chip,
    Radio,
    RadioGroup,
    Select,
    Field,
    Key,
    Keyboard,
    Banner,
    Ring,
    Progress,
    Step,
    Staircase,
    MoneyBar,
    Legend,
    Table,
    TableRow,
    Cell,
    Timeline,
    TimelineEntry,
    Pill,
    Image,
    Picture,
    Group,
    Dialog,
    Spinner,
    Countdown,
    Bar,
    Page,
};

/// "button": as the driver and tests name it.
std::string_view name(Role role);
/// The role of that name; Role::Group when there is none, so check with `name`.
bool parse_role(std::string_view text, Role& out);

/// Parts of the screen, for the order in which keys and switches visit the controls.
enum class Region : std::uint8_t { Top, Body, Pager, Sticky, Keyboard, Access };

struct NodeStates {
    bool focused = false;
    bool disabled = false;
    bool pressed = false;
    bool selected = false;
    bool busy = false;
    bool invalid = false;
    bool hovered = false;
    bool multi_line = false; ///< a field that takes line breaks
    bool operator==(NodeStates const&) const = default;
};

/// How soon a change is spoken. Source: WAI-ARIA aria-live.
enum class Live : std::uint8_t { Off, Polite, Assertive };

/// One thing on the screen, as a person who does not see it would be told of it.
struct Node {
    /// Unique in a frame: message id, or the id with "#key".
    std::string id;
    Role role = Role::Text;
    /// Message id of the label; empty when the label is data.
    std::string msg;
    /// Key given by the screen when several nodes share a message (a claim's row).
    std::string key;
    /// What it is called, in the screen's language.
    std::string label;
    /// What it holds now: a field's text, a ring's amounts, "Page 1 of 3". Empty for a sensitive node.
    std::string value;
    /// On the screen, in units of layout (pixels on a touch screen; see Density); what can be pressed, for a
    /// control.
    Rect rect;
    NodeStates states;
    Region region = Region::Body;
    /// 0 the screen, 1 a dialog over it, ...; only the highest takes input.
    int layer = 0;
    /// Index in `SemanticFrame::nodes`; -1 for none.
    int parent = -1;
    /// Index of the node that explains this one (help, error, why it is off); -1 for none.
    int described_by = -1;
    /// BCP 47 tag.
    std::string language;
    Live live = Live::Off;
    /// Holds a secret: its value is never in the frame.
    bool sensitive = false;
    /// Characters typed into a sensitive node, as its dots show; 0 elsewhere.
    std::size_t characters = 0;
    /// The label is data, not a message.
    bool is_data = false;
    /// The label is data or a message with something filled in: a name, an amount, a count.
    bool holds_data = false;
    /// Takes focus and presses.
    bool interactive = false;
    /// 1 to 3 for headings; else 0.
    int level = 0;

    // For the audit; not part of the JSON.
    /// Where its text was drawn, each with the colours used.
    struct TextRun {
        Rect rect;
        Color ink;
        Color ground;
        float size_px = 0;
        bool operator==(TextRun const&) const = default;
    };
    std::vector<TextRun> runs;
    /// Box the runs must stay inside.
    Rect clip;
    /// The ring drawn around it while focused, if it was.
    Rect focus_ring;
};

/// What is on the screen, as a flat list in reading order.
struct SemanticFrame {
    std::string screen;
    std::string language;
    /// Somebody is signed in: what it shows may concern that person alone.
    bool signed_in = false;
    Size size;
    /// Pixels a unit; what `to_json` tells is in pixels.
    float zoom = 1;
    /// 1-based; pages of the body when it does not fit.
    int page = 1, pages = 1;
    std::vector<Node> nodes;
    /// Faults of the description itself: an id used twice, a message that is missing.
    std::vector<std::string> problems;
};

/// As the driver sends it (one line). In frame_json.cpp.
std::string to_json(SemanticFrame const& frame);

} // namespace portico::ui
