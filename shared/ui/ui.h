#pragma once

#include "shared/base/secret.h"
#include "shared/ui/draw/painter.h"
#include "shared/ui/frame.h"
#include "shared/ui/input.h"
#include "shared/ui/message.h"
#include "shared/ui/specs.h"
#include "shared/ui/theme.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

// How to write a screen
//
//     std::optional<Intent> draw(Ui& ui, ClaimsScreen const& s) {
//         std::optional<Intent> intent;
//         auto const bar = ui.frame({.screen = "claims", .who = data(s.who), .finish = true}, [&] {
//             if (ui.back("claims.home"_msg))
//                 intent = GoHome{};
//             ui.heading("claims.title"_msg, {.subtitle = "claims.found"_msg.with("count", s.rows.size())});
//             ui.list([&] {
//                 for (auto const& row : s.rows)
//                     if (ui.row_button(data(row.provider), {.key = row.id, .subtitle = data(row.person)}))
//                         intent = OpenClaim{row.id};
//             });
//             ui.buttons([&] {
//                 if (ui.button("claims.print"_msg, {.kind = ButtonKind::Primary, .icon = "printer"}))
//                     intent = Print{};
//             });
//         });
//         if (bar == BarAction::Finish)
//             intent = Finish{};
//         return intent;
//     }
//
// - One `frame` per screen, one `heading` in it, one primary button. No coordinates: things flow from the
// top,
//   `columns`, `grid`, `row` and `buttons` put them side by side while they fit. What does not fit the screen
//   is paged by the library; nothing scrolls and nothing is cut.
// - A control returns true (or a value) once, in the one frame after it was used. That frame is thrown away
// and
//   the screen drawn again, so it is fine to return early, and state is changed by the caller after `draw`.
// - Words come from the catalogs: "file.id"_msg, in assets/messages/{en,es}/. Names and other facts of the
//   plan's data are `data(...)`, amounts `money(cents)`, days `date(ymd)`.
// - An element's id is its message id. When the same message stands twice on a screen, give a `.key` (the
// row's
//   id), or wrap the part in `ui.keyed(id, [&]{...})`.
// - A field shows the value it is given and returns the new value when the person changed it:
//       if (auto zip = ui.field("find.zip"_msg, s.zip, {.kind = FieldKind::Zip})) return ZipTyped{*zip};
//   Secrets never leave `Secret`:
//       if (auto stroke = ui.pin_entry("pin.label"_msg, s.pin, {...})) return PinStroke{std::move(*stroke)};
//       ... and in update: apply(stroke, state.pin);
// - A screen holds no state of its own and reads no clock: seconds left and progress are in the state.
// - Test it with `a headless `Stage`` (shared/ui/stage.h) and audit.h; the driver sees the same frame.

namespace portico::ui {

class Catalog;

struct Core;

/// The widgets of one frame. One thread. Built anew by the screen for every frame; see the top of this file.
class Ui {
public:
    explicit Ui(Core& core) : core_(core) {}
    Ui(Ui const&) = delete;
    Ui& operator=(Ui const&) = delete;

    using Body = std::function<void()> const&;

    // ---- the screen ----
    /// Top bar, body, access bar. What was pressed in the bars, or None.
    BarAction frame(FrameSpec const& spec, Body body);
    /// Over a solid cover; only what is in it takes focus or a press. Call inside or after `frame`.
    void dialog(Text const& title, DialogSpec const& spec, Body body);
    /// A band of the welcome colour across the screen, first thing of a `FrameLook::Welcome`; the rest of the
    /// screen is then a plain page.
    void hero(Body body);
    /// Bar that stays above the access bar on every page.
    void sticky(Body body);

    // ---- layout ----
    void column(Body body, ColumnSpec const& spec = {});
    /// Each child is a column; one below the other when they do not fit or text is large.
    void columns(Body body, ColumnsSpec const& spec = {});
    /// Cells of one width and height: tiles. Fewer columns when text is large.
    void grid(int columns, Body body);
    /// Side by side at natural width, wrapping.
    void row(Body body, RowSpec const& spec = {});
    /// In a `row`: pushes what follows to the far side.
    void spacer();
    /// Buttons of equal width; stacked when a label would not fit.
    void buttons(Body body);
    void card(Body body, CardSpec const& spec = {});
    /// A card of full-width rows with dividers.
    void list(Body body);
    void divider();
    void space(float px);
    /// Everything inside has "#key" appended to its id.
    void keyed(std::string_view key, Body body);

    // ---- words ----
    /// The one level-1 heading; with `back` it stays on every page.
    void heading(Text const& title, HeadingSpec const& spec = {});
    void section(Text const& title, SectionSpec const& spec = {});
    void text(Text const& text, TextKind kind = TextKind::Body, Align align = Align::Start);
    /// A label with its value: "Group  TEST-0007".
    void fact(Text const& label, Text const& value, FactSpec const& spec = {});
    void pill(Text const& text, PillSpec const& spec = {});
    /// A secret that has to be read off the screen once, large and in groups of four. Drawn only: of the
    /// frame it is a sensitive node with its label and no value, so neither the driver nor speech ever has
    /// it.
    void secret_text(Text const& label, Secret const& value);

    // ---- controls ----
    bool back(Text const& label);
    bool button(Text const& label, ButtonSpec const& spec = {});
    bool tile(Text const& title, TileSpec const& spec = {});
    /// A whole row as one target; use inside `list` (or alone, then it is a card of its own).
    bool row_button(Text const& title, RowButtonSpec const& spec = {});
    /// A toggle: pressed means "change it".
    bool chip(Text const& label, bool selected, ChipSpec const& spec = {});
    /// One of a few, all seen: Front | Back. The newly chosen index.
    std::optional<std::size_t> choice(Text const& label, std::vector<Text> const& options,
                                      std::size_t selected);
    /// One of many: opens a dialog of choices. The newly chosen index.
    std::optional<std::size_t> select(Text const& label, std::vector<Text> const& options,
                                      std::size_t selected, SelectSpec const& spec = {});
    /// The new value when the person changed it. The keyboard opens by itself while the field has focus.
    std::optional<std::string> field(Text const& label, std::string const& value, FieldSpec const& spec = {});
    /// A password: dots; nothing of it in the frame.
    std::optional<KeyStroke> secret_field(Text const& label, Secret const& value, FieldSpec const& spec = {});
    /// True once when the key was pressed that no control and no field takes: F keys, Esc, Alt and Ctrl with
    /// a letter. Of a screen under a dialog only the dialog's own are.
    bool shortcut(Key key);
    /// True once when Enter was pressed in the field declared just before (on the keyboard: its last key).
    bool submitted() const;
    /// Dots, tries left, and a keypad whose keys do not light up.
    std::optional<KeyStroke> pin_entry(Text const& label, Secret const& value, PinSpec const& spec = {});

    // ---- messages ----
    /// `body` holds at most two buttons.
    void banner(BannerKind kind, Text const& title, BannerSpec const& spec = {}, Body body = {});
    void spinner(Text const& label);
    void countdown(Text const& label, CountdownSpec const& spec);

    // ---- pictures ----
    void ring(Text const& label, RingSpec const& spec);
    void progress(Text const& label, ProgressSpec const& spec);
    /// "1 Key is in - 2 Enter PIN - 3 Touch key"
    void steps(Text const& label, std::vector<StepSpec> const& steps);
    /// Each bar starts where the last one ended. `sentence` is what is spoken instead.
    void staircase(Text const& sentence, std::vector<MoneyStep> const& steps);
    void money_bar(Text const& label, std::vector<MoneyPart> const& parts);
    /// What the hatching and colours of money bars mean; of all kinds when none is named.
    void legend(std::vector<MoneyKind> const& kinds = {});
    /// With `spec.pickable` each row is a target; the one that was picked.
    std::optional<std::size_t> table(Text const& label, TableSpec const& spec);
    void timeline(Text const& label, std::vector<TimelineEntry> const& entries);
    void image(Text const& label, ImageSpec const& spec);
    /// Drawn by the caller into a box of `spec.size` (scaled down to fit the width).
    void picture(Text const& label, PictureSpec const& spec);

    /// The language of the screen, such as "en".
    std::string const& language() const;
    Theme const& theme() const;
    Catalog const& catalog() const;
    bool landscape() const;

private:
    Core& core_;
};

} // namespace portico::ui
