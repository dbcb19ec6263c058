#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// "Get back into my account": who, and then two proofs. Whether anything is open for that name is not told.
struct WayBack {
    static constexpr char const* name = "way_back";
    std::string who = {};
    std::string birth_date = {}; ///< as typed
    bool asked = false;          ///< central has sent what codes there are, if any
    std::string visit = {};      ///< the same proof again under it is told the same: an answer may be lost
    bool code_app = false;       ///< the second proof is the code app's, and not another code of ours
    Secret code = {};
    Secret second = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    std::string* text_field(Field field) {
        return field == Field::Username ? &who : field == Field::BirthDate ? &birth_date : nullptr;
    }
    Secret* secret_field(Field field) {
        return field == Field::OneTimeCode ? &code : field == Field::SecondCode ? &second : nullptr;
    }
};

/// A key or card was lost: what takes its place, if anything does. Until something is chosen, nothing has
/// changed.
struct ReplaceLost {
    static constexpr char const* name = "replace_lost";
    Doing doing = {}; ///< going without
};

MaybeIntent draw(ui::Ui& ui, App const& app, ReplaceLost const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, WayBack const& screen);

} // namespace portico::kiosk
