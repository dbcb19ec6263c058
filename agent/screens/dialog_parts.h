#pragma once

#include "agent/screens/cases.h"

#include <string>
#include <vector>

namespace portico::agent {

/// Why nothing can be asked of central now; empty: it can.
ui::Text held_up(App const& app);

/// The dialog's last row: what it is for, and the way out.
void dialog_ending(ui::Ui& ui, ui::Msg go, std::string icon, ui::Text off, bool busy, MaybeIntent& intent);

struct WordList {
    ui::Msg label, header;
    std::vector<std::string> const& words;
    std::optional<std::size_t> selected = 0;
    CaseChoice what{};
};
/// One of them is chosen.
void choose_word(ui::Ui& ui, WordList const& list, ui::Text (*say)(ui::Ui const&, std::string const&),
                 MaybeIntent& intent);

} // namespace portico::agent
