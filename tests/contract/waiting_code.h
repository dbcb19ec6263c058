#pragma once

#include "central/notify/outbox.h"
#include "tests/contract/api_bench.h"

#include <string>

namespace portico::test {

/// The code of the newest message that waits for this channel; what waits is claimed.
std::string waiting_code(ApiBench& api, central::MessageChannel channel);

} // namespace portico::test
