#pragma once

#include "shared/domain/staff_role.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace portico::central {

/// What a staff member may do. A route for staff names the one it needs; no role has one that is not in the
/// table of staff_rights.cpp.
enum class Right : std::uint8_t {
    None,            ///< of routes that are not for staff, or for all of them
    ConfirmInPerson, ///< stand beside a member who opens an account at a kiosk
    SeeWork,         ///< what waits for staff, without a member's data
    DoWork,          ///< take an entry, give it back or on, decide it
    AssignWork,      ///< do so with what another has
    OpenCase,        ///< open a case, find whom it is about, and work it
    TakeCase,        ///< take over what another has open
    AllowMore,       ///< let somebody open more members' records within the hour
    DecideRequests,  ///< work on what members ask for
    ReviewAccess,    ///< work on who opened a protected record, and why
    UnlockAccount,   ///< unlock the account of a verified caller, or ask a colleague to
    ApproveUnlock,   ///< be the second person
    ServiceKiosk,    ///< see at a kiosk how it does, and tell central
};

/// "confirm_in_person".
char const* name(Right right);

/// Whether one of the roles has it. `Right::None` needs a role too: an account without one may do nothing.
bool has_right(std::vector<StaffRole> const& roles, Right right);
/// The names of all that the roles have.
std::vector<std::string_view> rights_of(std::vector<StaffRole> const& roles);

} // namespace portico::central
