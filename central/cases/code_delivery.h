#pragma once

#include "central/notify/outbox.h"

namespace portico::central {

class ChangeFeed;

/// What codes hear of the messages that carry them: one that nobody can key any more is not sent, and of one
/// that was not sent its desk is told. All of these must outlive the outbox.
Outbox::Listener code_listener(Vault const& vault, Clock const& clock, ChangeFeed& changes);

} // namespace portico::central
