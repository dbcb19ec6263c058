#pragma once

#include "agent/screens/palette.h"
#include "shared/api/unlock.h"
#include "shared/api/work.h"

#include <string>
#include <variant>
#include <vector>

namespace portico::agent {

enum class Whose : std::uint8_t { All, Mine, Nobodys };

struct HandOverDialog {
    std::string entry = {};
    std::string to = {}; ///< staff id, typed or chosen
};
struct DecideDialog {
    std::string entry = {};
    std::string kind = {};
    std::optional<std::size_t> decision = 0; ///< of decisions_for(kind)
    std::size_t reason = 0;                  ///< of reasons_for(kind)
    Load<api::AskedUnlock> unlock = {};      ///< of an unlock: what it is decided by

    /// The decision as central takes it; empty: none is chosen yet.
    std::string word() const;
    bool can_be_sent() const;
};
/// A second person's yes or no to the unlock of an account, or to a way back to it.
inline bool is_unlock(std::string const& kind) {
    return kind == "unlock_approval" || kind == "recovery_approval";
}
using WorkDialog = std::variant<NoDialog, Palette, HandOverDialog, DecideDialog>;

/// What waits for staff.
struct Work {
    static constexpr char const* name = "work";
    Whose whose = Whose::All;
    Load<api::WorkList> list = {};
    UtcTime read_at = {};   ///< when the list was so
    MonoTime asked_at = {}; ///< when it was asked for last
    /// When it is looked at, as central has told of a change; empty: of none since it was asked for.
    std::optional<MonoTime> look_at = {};
    std::string selected = {};
    std::size_t place = 0; ///< of the selected entry, for when it goes
    Doing doing = {};
    Act doing_what = Act::Take;
    std::string doing_kind = {}; ///< of the entry it is done to
    Said said = {};
    WorkDialog dialog = {};

    /// The selected entry, as the list has it.
    api::WorkItem const* item() const;
};

/// Words of POST /v1/work/decide that an entry of this kind may get.
std::vector<std::string> decisions_for(std::string const& kind);
/// Reasons that it may be refused for.
std::vector<std::string> reasons_for(std::string const& kind);
/// Colleagues who are known at this desk: those who have something of the list.
struct Colleague {
    std::string staff;
    std::string name;
};
std::vector<Colleague> colleagues(Work const& work);

MaybeIntent draw(ui::Ui& ui, App const& app, Work const& screen);

} // namespace portico::agent
