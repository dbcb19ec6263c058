#pragma once

#include "kiosk/screens/part.h"
#include "shared/api/desk_word.h"

namespace portico::kiosk {

/// "Is it really the plan who calls?": the two words that a desk of the plan's has for this member now
/// (shared/api/desk_word.h), or that there is none.
struct WhoCalls {
    static constexpr char const* name = "who_calls";
    Load<api::OpenCalls> calls = {};
};

MaybeIntent draw(ui::Ui& ui, App const& app, WhoCalls const& screen);

} // namespace portico::kiosk
