#pragma once

#include "tests/contract/api_bench.h"

namespace portico::test {

/// A call that a telephone system holds, and puts through to this desk, with a rep signed in. The system is
/// this test: there is no outside counterpart to try the interface against.
void walk_held_call(ApiBench& api);

} // namespace portico::test
