#pragma once

#include "shared/base/result.h"

#include <new>
#include <utility>

namespace portico {

/// Unavailable "out_of_memory".
Error out_of_memory();

/// Runs `work`, which gives a Result. Memory that runs out in it is an error like any other: what was begun
/// has been undone on the way here, as for every early return. Stands where one piece of work ends and the
/// next, perhaps smaller one can go on: a call to central, a change to its store, a turn of a background
/// loop.
template <class Work>
auto or_out_of_memory(Work&& work) -> decltype(std::forward<Work>(work)()) {
    try {
        return std::forward<Work>(work)();
    } catch (std::bad_alloc const&) {
        return out_of_memory();
    }
}

/// From now on a process that ends because memory ran out where nothing can go on without says so, without a
/// core file, and exits with 71 (EX_OSERR): whoever started it starts it again. One of the first things that
/// `main` does.
void end_clearly_without_memory();

} // namespace portico
