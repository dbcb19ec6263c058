#pragma once

#include "shared/base/clock.h"
#include "shared/base/language.h"
#include "shared/ui/catalog.h"
#include "shared/ui/finger.h"
#include "shared/ui/frame.h"
#include "shared/ui/input.h"
#include "shared/ui/layout/element.h"
#include "shared/ui/layout/paint_context.h"
#include "shared/ui/scan/scan.h"
#include "shared/ui/stage.h"
#include "shared/ui/text/text_engine.h"
#include "shared/ui/theme.h"
#include "shared/ui/widgets/images.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

struct ImGuiContext;

namespace portico::ui {

/// A change to the text of a field, by keyboard or key on the screen.
struct Edit {
    enum class Kind : std::uint8_t { Insert, Backspace, Delete, Left, Right, Up, Down, Home, End, Submit };
    Kind kind = Kind::Insert;
    Secret text = {};
};

/// What was pressed or typed; handed to the widget of that id in the next frame.
struct Activation {
    std::string id;
    int index = -1;
    std::optional<Edit> edit = {};
};

enum class KeyboardMode : std::uint8_t { Letters, Shifted, Symbols, Accents };

/// What a field that can be typed into told about itself this frame.
struct FieldInfo {
    std::string id;
    FieldKind kind = FieldKind::Text;
    std::size_t length_max = 0;
    bool secret = false;
    bool inline_keys = false; // has its own keypad; the docked keyboard stays away
    std::string label;
    ResolvedText enter;
    int lines = 1; // more: takes line breaks
};

/// The trees of one frame, before layout.
struct FrameTree {
    bool begun = false;
    FrameSpec spec;
    bool has_hero = false;
    /// A heading inside a card: pages that do not hold it show it once more above.
    Element const* flow_heading = nullptr;
    Text heading; // the last one, whether pinned or in the flow
    /// The way back, among what is pinned; it stays when the heading makes way.
    Element const* back = nullptr;
    std::unique_ptr<Container> pinned;
    std::unique_ptr<Stack> body, sticky;
    struct Dialog {
        std::string id;
        DialogSpec spec;
        Text title;
        std::unique_ptr<Container> pinned;
        std::unique_ptr<Stack> body;
    };
    std::optional<Dialog> dialog;
};

/// Everything behind `Ui` and `Stage`. Not for screens.
struct Core {
    Core(Catalog const& catalog, Clock const& clock, Brand brand, StageSettings settings);
    ~Core();
    Core(Core const&) = delete;
    Core& operator=(Core const&) = delete;

    // ---- fixed ----
    Catalog const& catalog;
    Clock const& clock;
    Brand brand;
    StageSettings settings;
    Theme theme;
    TextEngine text;
    Images images;
    ImGuiContext* imgui = nullptr;

    // ---- from frame to frame ----
    std::deque<InputEvent> queue;
    std::string focus;
    std::string editing; // field that typed text goes to
    std::size_t caret = 0;
    std::set<std::string> letters_pins; // PIN entries that show letters
    std::string open_select;
    std::optional<Activation> activation;
    std::string screen, part, dialog_id, focus_before_dialog;
    std::string shown_for;            // control whose page is shown because it is being typed into
    std::map<std::string, int> pages; // page of each screen and dialog
    // What interrupts on each screen and dialog, as it was shown last.
    std::map<std::string, std::set<std::string>> interrupted;
    bool keyboard_covers_news = false; // one of them has just come, where the keyboard leaves it no room
    std::string first_done;            // screen whose `first` field took the focus
    std::string typed;                 // text of this frame's event
    Point pointer;
    Finger finger;
    std::optional<Point> lifted; // where the finger was, in the frame of its release
    std::string submitted_id;
    SemanticFrame frame;
    Bitmap pixels;
    std::uint64_t drawn = 0;
    bool dialog_first_done = false; // as `first_done`, of the dialog that is open
    bool focus_visible = false;
    bool keyboard_open = false;
    KeyboardMode keyboard_mode = KeyboardMode::Letters;
    bool want_body_focus = false; // after a page was turned by key
    bool want_last_focus = false;
    bool again = false;
    bool spinner_shown = false;
    bool draws_pixels = true; // off while only the frame is looked at
    std::optional<Key> key;
    ScanPosition scan;
    std::optional<Switch> pressed_switch;
    float lines_width = 0; // of the field of several lines that is typed into, as it was drawn last
    std::optional<MonoTime> switch_counted_at; // the last press that was no tremor
    std::optional<MonoTime> scan_moves_at;     // by itself, for who has one switch

    // ---- while a frame is built ----
    FrameTree tree;
    std::vector<Container*> open;
    std::string key_suffix;
    bool rest_in_english = false; // a text of this frame is in no file that the language has
    std::string last_field;
    std::vector<FieldInfo> fields;
    std::vector<std::string> problems;
    std::vector<Control> controls;
    std::map<std::string, std::function<void()>> internal; // controls of the library itself
    std::set<std::string> ids;
    std::string label_runs_for; // field whose label is being drawn, before its node is there
    std::vector<Node::TextRun> label_runs;
    float body_top = 0;                 // screen y under the top bar
    float flow_top = 0;                 // screen y under what is pinned
    std::map<std::string, float> where; // flow y of each control's middle
    bool consumed = false;
    BarAction bar_action = BarAction::None;

    Container& parent();
    ResolvedText resolve(Text const& text);
    /// Message id, or the role's name for data, with "#key".
    std::string id_of(Text const& label, std::string_view key, Role role) const;
    /// A node with id, role, label and language filled in.
    Node node_of(Role role, Text const& label, std::string_view key = {});
    /// True when this control was used; the frame is then thrown away.
    bool take(std::string const& id, int* index = nullptr);
    /// True when the key was pressed that belongs to the screen, or to the dialog where one stands over it;
    /// as `take`.
    bool take_key(Key wanted);
    static std::string shortcut_id(Key pressed);
    std::optional<Edit> take_edit(std::string const& id);
    FieldInfo const* editing_field() const;
    void start_editing(std::string const& id, bool with_keyboard);
    void stop_editing();
    void begin();
    /// Lays out and paints what was built; afterwards `frame` is complete.
    void finish();
    /// The screen's name as `frame` says it; a new one starts at its top.
    void enter_screen(std::string const& new_screen, std::string const& new_part);
    void settle_focus();
    bool in_flow(Control const& control) const;
    void handle_key(Key pressed);
    void move_by_key(Key pressed);
    // ---- scanning by switches, in scan/scan_input.cpp ----
    /// What the first press of a switch activates where that turns scanning on.
    static constexpr char const* switches_begin_id = "ui.switches";
    /// True when the event was a switch's: it then is no key and no text, whether it counted or not.
    bool take_switch(InputEvent const& event);
    void press_switch(Switch which);
    void scan_by_itself();
    /// The highlight stands on something that is there, and the focus with it.
    void settle_scan();
    /// The group that is lit, as one node: told like what has the focus.
    Node scan_node(ScanGroup const& lit);
    void handle_text(std::string const& text_typed);
    void activated(Control const& control);
    /// Presses what moved away from under the finger.
    void lift_finger();
    LayoutContext layout() { return {text, theme}; }
    bool right_to_left() const { return direction_of(settings.language) == Direction::RightToLeft; }
};

} // namespace portico::ui
