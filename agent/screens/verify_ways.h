#pragma once

#include "agent/screens/calls_at_hand.h"
#include "shared/api/caller_code.h"

#include <string>

namespace portico::agent {

/// Why a caller of this case cannot be verified by this way now: central's word (shared/api/caller_code.h),
/// or what only the desk knows: "no_call" (no call of this case is on the line), "other_telephone" (the call
/// is at another telephone), "no_keypad", "no_telephone" (this desk's can call nobody now), "called_already"
/// (the number on file is called, or talked to). Empty: they can.
std::string way_hindrance(api::VerifyWay const& way, CallsAtHand const& calls, std::string const& case_id);

} // namespace portico::agent
