#pragma once

namespace portico {

/// Overwrites the part of this thread's stack that is not in use: what returned functions left there, such as
/// the short names that a string keeps inside itself. Far more than the deepest call of a kiosk needs is
/// covered.
void wipe_unused_stack();

} // namespace portico
