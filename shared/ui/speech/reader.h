#pragma once

#include "shared/ui/catalog.h"
#include "shared/ui/frame.h"
#include "shared/ui/speech/phrase.h"

#include <cstddef>
#include <vector>

// What a semantic frame says: labels, values, roles and states as words of the screen's language, in reading
// order. No clock, no sound, no state. A sensitive value is not in the frame and so can never be said.

namespace portico::ui {

/// Everything on the screen: the heading first, then the rest from the top. The single keys of a keyboard are
/// not read out; each is said when it has the focus.
std::vector<Phrase> read_screen(SemanticFrame const& frame, Catalog const& catalog);

/// What a person wants to know first of a new screen: its heading with what stands beside it, its messages,
/// and which page this is.
std::vector<Phrase> read_summary(SemanticFrame const& frame, Catalog const& catalog);

/// One node, with what explains it (its help, why it is off).
std::vector<Phrase> read_node(SemanticFrame const& frame, std::size_t index, Catalog const& catalog);

/// Only its value and states, after they changed: "selected", "3 characters".
std::vector<Phrase> read_change(SemanticFrame const& frame, std::size_t index, Catalog const& catalog);

/// The phrases that others may hear. When something is left out, `instead` stands at the end, once.
std::vector<Phrase> said_aloud(std::vector<Phrase> phrases, Phrase const& instead);

} // namespace portico::ui
