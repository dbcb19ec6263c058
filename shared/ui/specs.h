#pragma once

#include "shared/ui/frame.h"
#include "shared/ui/geometry.h"
#include "shared/ui/input.h"
#include "shared/ui/message.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// What a screen says about each widget; see ui.h for the widgets themselves. Icons are names of Lucide,
// listed in assets/icons/icons.txt.

namespace portico::ui {

class Painter;

enum class FrameLook : std::uint8_t {
    Page,    ///< top bar, page colour
    Welcome, ///< attract screen: no top bar, hero on the primary colour
    Cover,   ///< solid dark: idle countdown, end of visit
};

/// `Switches`: a switch was pressed where that turns scanning on.
enum class BarAction : std::uint8_t { None, Finish, Language, TextAndColor, Listen, Help, Mark, Switches };

struct FrameSpec {
    /// Stable name of the screen for the driver and tests: "claims".
    std::string screen;
    /// Who is signed in, shortened ("Alex S."); nothing before sign-in.
    Text who = {};
    bool finish = false;
    /// What the button is called that ends the session; "Finish" when empty.
    Text finish_label = {};
    FrameLook look = FrameLook::Page;
    /// Every screen for members has it; a tool for technicians need not.
    bool access_bar = true;
    /// Why nothing can be read out here; the access bar's entry is then shown, but off.
    Text listen_off = {};
    /// What the entry says of itself: "on", "paused".
    Text listen_state = {};
    /// The first press of switch 1 here turns scanning on (the attract screen).
    bool switches_begin = false;
    /// Which part of something long the screen holds now, in any words: another part begins at its top.
    std::string part = {};
};

struct DialogSpec {
    std::string key = {};
    Text text = {};
    std::string icon = {};
};

enum class Align : std::uint8_t { Start, Center, End };

struct ColumnSpec {
    float gap = -1; ///< px; the theme's by default
    Align align = Align::Start;
};
struct ColumnsSpec {
    /// Shares of the width, one a child; equal when empty.
    std::vector<float> weights = {};
    float gap = -1;
    bool divider = false;
    /// Never one below the other, however narrow (words beside a picture).
    bool together = false;
    /// In portrait always one below the other (the usual two columns of a landscape screen).
    bool only_landscape = false;
};
struct RowSpec {
    float gap = -1;
    Align align = Align::Center; ///< across: tops, middles or bottoms in line
};
enum class CardKind : std::uint8_t { Surface, Tint, Sunken };
/// Which colour of Palette::marks something has, beside its name; nothing: none. Counted round.
using Mark = std::optional<std::size_t>;

struct CardSpec {
    CardKind kind = CardKind::Surface;
    bool tight = false;
    Mark mark = {}; ///< a stripe at its near side
};

struct HeadingSpec {
    Text subtitle = {};
    /// Data beside the subtitle, at the far side: "ID ending 0042".
    Text aside = {};
    /// A pill after the subtitle.
    Text pill = {};
    std::string pill_icon = {};
    bool display = false; ///< the large size of welcome screens
    Align align = Align::Start;
};
struct SectionSpec {
    Text aside = {};
    std::string icon = {};
};

enum class TextKind : std::uint8_t { Body, Secondary, Small, Strong, Row, Amount, Display };

struct FactSpec {
    std::string key = {};
    bool strong = true;
    std::string icon = {};
};

enum class PillKind : std::uint8_t { Plain, Good, LookAgain, Error, Notice };
struct PillSpec {
    PillKind kind = PillKind::Plain;
    std::string icon = {};
    std::string key = {};
};

enum class ButtonKind : std::uint8_t { Primary, Secondary, Quiet, Serious };
struct ButtonSpec {
    ButtonKind kind = ButtonKind::Secondary;
    std::string icon = {};
    std::string key = {};
    /// Why it cannot be used now; the button is off and the reason stands under it.
    Text off = {};
    /// Being done; shows `busy` with the spinner, same width, takes no press.
    Text busy = {};
    bool small = false;
    /// In a dialog: gets the focus first (the safe answer).
    bool safe = false;
    /// Icon after the word (a page-forward arrow).
    bool icon_after = false;
    /// A key that does the same, shown on it.
    std::optional<Key> shortcut = {};
};

struct TileSpec {
    std::string icon = {};
    Text subtitle = {};
    Text badge = {};
    std::string key = {};
    Text off = {};
};

enum class MoneyKind : std::uint8_t { Asked, Discount, Plan, You };
struct MoneyPart {
    MoneyKind kind = MoneyKind::Plan;
    std::int64_t cents = 0;
};
/// One row of the staircase.
struct MoneyStep {
    MoneyKind kind = MoneyKind::Asked;
    Text label;
    std::int64_t cents = 0;
    Text note = {};
};

/// A picture of fixed size, drawn as it stands (never mirrored).
struct PictureDraw {
    std::function<void(Painter&, Rect)> draw = {};
    Size size = {210, 150};
};

struct RowButtonSpec {
    std::string key = {};
    /// Leading column, one of: a day ("Mar" over "9"), an icon, a number, a picture.
    std::optional<std::chrono::year_month_day> day = {};
    std::string icon = {};
    std::optional<int> number = {};
    std::optional<PictureDraw> picture = {};
    Text subtitle = {};
    std::vector<Text> more_lines = {};
    struct Pill {
        Text text;
        PillKind kind = PillKind::Plain;
        std::string icon = {};
    };
    std::vector<Pill> pills = {};
    /// Mini stacked bar; `bar_unknown` draws the empty outline.
    std::vector<MoneyPart> bar = {};
    bool bar_unknown = false;
    /// Trailing column: a small label over the amount or word.
    Text aside_label = {};
    Text aside = {};
    bool chevron = true;
    bool selected = false;
    Text off = {};
};

struct ChipSpec {
    std::string icon = {};
    std::string key = {};
    Mark mark = {};          ///< a dot before its words
    bool keeps_icon = false; ///< also while it is selected
};

struct SelectSpec {
    std::string key = {};
};

enum class FieldKind : std::uint8_t {
    Text,
    Name,
    Username,
    Password,
    Pin,
    Number,
    Zip,
    Date,
    Email,
    Phone,
    Code
};

struct FieldSpec {
    FieldKind kind = FieldKind::Text;
    std::string key = {};
    Text help = {};
    Text error = {};
    std::string icon = {};
    /// Characters a person may type; more are refused at the key.
    std::size_t length_max = 64;
    /// How many lines are seen at once. With more than one the text wraps, at a desk Enter begins a new line
    /// (and does not submit), and the up and down arrows move in the text until its ends.
    int lines = 1;
    bool read_only = false;
    /// Takes the focus when the screen is first shown.
    bool first = false;
    /// The word on the keyboard's enter key ("Search"); see Ui::submitted.
    Text enter = {};
};

struct PinSpec {
    std::size_t length_max = 8;
    /// Offers the letters keyboard too (a security key's PIN may hold letters).
    bool letters = false;
    /// Said when the last try failed: "That PIN did not match. 5 tries left."
    Text error = {};
    Text error_more = {};
    int tries_left = -1;
    int tries_max = -1;
};

enum class BannerKind : std::uint8_t { Good, LookAgain, Error, Notice };
struct BannerSpec {
    Text text = {};
    std::string icon = {}; ///< by kind when empty
    std::string key = {};
    Live live = Live::Polite;
};

struct RingSpec {
    double fraction = 0; ///< 0 to 1
    Text value = {};     ///< inside, large: "$1,140"
    Text of = {};        ///< inside, under it: "of $1,500"
    Text caption = {};   ///< below the label
};

enum class StepState : std::uint8_t { Done, Now, Next };
struct StepSpec {
    Text label;
    StepState state = StepState::Next;
    Text when = {};
};
struct ProgressSpec {
    double fraction = 0; ///< 0 to 1; below 0 when it is not known
    Text left = {};      ///< "25 s left"
    std::vector<StepSpec> steps = {};
    std::optional<PictureDraw> picture = {};
};

struct CountdownSpec {
    int seconds_left = 0;
    int seconds_total = 30;
    Text unit = {};
};

struct TableCell {
    Text text;
    bool strong = false;
};
struct TableRow {
    std::string key;
    std::vector<TableCell> cells;
    /// Set when the row needs a second look: the word of its pill.
    Text flag = {};
    Text note = {};
    bool selected = false;
    Mark mark = {}; ///< a stripe at its near side
};
struct TableSpec {
    /// The first column is text and takes the room; the others are amounts at the far side.
    std::vector<Text> header;
    std::vector<TableRow> rows;
    /// The other columns are words too, and begin where their header does.
    bool words = false;
    /// The rows are controls.
    bool pickable = false;
};

struct TimelineEntry {
    Text when;
    Text what;
    Text who = {};
    StepState state = StepState::Done;
};

/// Pixels as Cairo's ARGB32: premultiplied, native byte order.
struct Bitmap {
    int width = 0, height = 0;
    std::vector<std::uint32_t> pixels;
};
struct ImageSpec {
    std::shared_ptr<Bitmap const> bitmap;
    float width_max = 968;
    float radius = 28;
    bool outlined = true;
    /// Drawn from personal data: dropped by `forget_personal`.
    std::string key = {};
};
struct PictureSpec {
    PictureDraw picture;
    Align align = Align::Center;
    std::string key = {};
};

} // namespace portico::ui
