#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// Nobody is here yet: choose a language to start.
struct Attract {
    static constexpr char const* name = "attract";
};
struct LanguageMenu {
    static constexpr char const* name = "language";
};
struct TextAndColor {
    static constexpr char const* name = "text_and_color";
};
/// The page is covered; the visit ends when the time is over.
struct StillThere {
    static constexpr char const* name = "still_there";
    MonoTime until = {};
    int seconds_left = 30;
    int seconds_total = 30;
};
enum class EndReason : std::uint8_t { Finished, Idle, TimeUp, EndedByPlan };
/// Goodbye, and what to take along.
struct VisitEnd {
    static constexpr char const* name = "visit_end";
    EndReason reason = EndReason::Finished;
    MonoTime since = {};
    bool was_signed_in = false;
};
/// The kiosk cannot serve anybody: not enrolled, or its certificate was taken back.
struct OutOfOrder {
    static constexpr char const* name = "out_of_order";
    bool withdrawn = false; ///< the plan said so
};

/// The languages of this kiosk as rows.
void language_list(ui::Ui& ui, App const& app, MaybeIntent& intent);

MaybeIntent draw(ui::Ui& ui, App const& app, Attract const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, LanguageMenu const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, TextAndColor const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, StillThere const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, VisitEnd const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, OutOfOrder const& screen);

} // namespace portico::kiosk
