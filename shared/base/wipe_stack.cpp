#include "shared/base/wipe_stack.h"

#include <alloca.h>
#include <cstddef>
#include <cstring>

namespace portico {

namespace {
constexpr std::size_t covered_bytes = 1024UL * 1024;
} // namespace

// Not inlined: its own frame must lie where the others' lay.
[[gnu::noinline]] void wipe_unused_stack() {
    explicit_bzero(alloca(covered_bytes), covered_bytes);
}

} // namespace portico
