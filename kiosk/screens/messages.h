#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// What staff have written to the member, the newest first.
struct Messages {
    static constexpr char const* name = "messages";
    Load<api::Messages> messages = {};
};
/// One of them, in full. It counts as read when it is shown.
struct MessagePage {
    static constexpr char const* name = "message";
    api::Message message = {};
    Doing telling = {}; ///< central, that it is read
};

MaybeIntent draw(ui::Ui& ui, App const& app, Messages const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, MessagePage const& screen);

} // namespace portico::kiosk
