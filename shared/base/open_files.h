#pragma once

#include <cstddef>

namespace portico {

/// Lets this process hold `wanted` files and connections open at once, or as many of them as the system
/// allows at all (RLIMIT_NOFILE, systemd's LimitNOFILE=); never fewer than before. How many it may hold from
/// now on. For programs that call no select(2): it cannot tell handles from 1024 on.
std::size_t allow_open_files(std::size_t wanted);

} // namespace portico
