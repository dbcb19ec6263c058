#pragma once

#include "shared/ui/frame.h"

#include <cstddef>
#include <string>
#include <vector>

// Scanning, for who has one or two switches and nothing else. Switch 1 moves a highlight from group to group,
// switch 2 goes into the lit group; there switch 1 moves from control to control and switch 2 presses the lit
// one. One step past a group's last control the whole group is lit again, and the next step goes on. All of
// it follows from the semantic frame: pure functions from a frame and a position to the next position.

namespace portico::ui {

/// Controls that are lit together: a row of the screen, a row of keys, some rows of a long list, a bar.
/// Indexes into `SemanticFrame::nodes`, at least one.
using ScanGroup = std::vector<std::size_t>;

/// A run of rows with one control each is a group from so many rows on, and is parted at so many.
inline constexpr std::size_t scan_list_rows_min = 4;
inline constexpr std::size_t scan_list_rows_max = 6;

/// Where the highlight stands. It holds an id, not an index: it stays where it was when the frame is redrawn.
struct ScanPosition {
    std::string control; ///< on this control or on the group that it is in; empty: nowhere yet
    bool inside = false; ///< in its group, on this control alone
    bool operator==(ScanPosition const&) const = default;
};

/// The groups in the order in which they are lit. Only what can be pressed now, on the highest layer alone:
/// the rows of a keyboard first (who opened it types), then the body, page buttons, access bar, top bar.
std::vector<ScanGroup> scan_groups(SemanticFrame const& frame);

/// On the first group.
ScanPosition scan_begin(SemanticFrame const& frame);
/// The same place in a frame that may have changed, or the first group when it is gone.
ScanPosition scan_settle(SemanticFrame const& frame, ScanPosition const& at);
/// Switch 1.
ScanPosition scan_next(SemanticFrame const& frame, ScanPosition const& at);

struct ScanChoice {
    ScanPosition position;
    std::string press = {}; ///< id of the control to press; empty when a group was entered
};
/// Switch 2. After a press the control's group is lit again; after a key or a field the scan begins anew,
/// with the first row of the keyboard.
ScanChoice scan_select(SemanticFrame const& frame, ScanPosition const& at);

/// What is lit: one control, or all of a group. Indexes into `SemanticFrame::nodes`.
ScanGroup scan_lit(SemanticFrame const& frame, ScanPosition const& at);

/// Presses of the two switches from the beginning until this control is pressed; 0 when they never get there.
int scan_presses(SemanticFrame const& frame, std::string const& control);

} // namespace portico::ui
