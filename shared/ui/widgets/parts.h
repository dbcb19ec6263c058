#pragma once

#include "shared/ui/core.h"
#include "shared/ui/layout/press.h"

#include <memory>
#include <string>

// Pieces that several widgets are made of.

namespace portico::ui {

std::unique_ptr<Words> words(Core& core, Text const& text, FontToken font, Ink ink = Ink::Main,
                             Align align = Align::Start);
/// Words with a node of their own.
std::unique_ptr<Words> text_node(Core& core, Role role, Text const& text, FontToken font, Ink ink = Ink::Main,
                                 Align align = Align::Start);

Tone pill_tone(Theme const& theme, PillKind kind);
/// `on_tint`: stands on a ground of its own kind, and is white to be seen.
/// The colour of a mark; nothing for none.
std::optional<Color> mark_color(Theme const& theme, Mark mark);
std::unique_ptr<Box> pill_box(Core& core, Text const& text, PillKind kind, std::string const& icon,
                              bool on_tint = false);

/// A press with its icon and word in the middle.
std::unique_ptr<Press> button_box(Core& core, Node node, PressLook const& look, Text const& label,
                                  std::string const& icon, bool icon_after, bool small);
PressLook button_look(Theme const& theme, ButtonKind kind);

/// The key's spoken and shown value: "In your plan. 2 new".
std::string joined(Core& core, std::initializer_list<Text const*> texts);

/// A press over the sentence that explains it.
class Explained : public Stack {
public:
    explicit Explained(float gap) : Stack(gap) { stretch = false; }
    void paint(PaintContext& context) override;
    /// A control and its reason are never on two pages.
    void shape(FlowShape& out) const override { shape_in_one(out); }
};

/// Text size of controls' icons and the room around words.
float icon_size(Theme const& theme, float base);

} // namespace portico::ui
