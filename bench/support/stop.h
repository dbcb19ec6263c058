#pragma once

#include "shared/base/result.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace portico::bench {

/// A bench that cannot measure says why, and has no figure.
[[noreturn]] inline void stop(std::string const& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::_Exit(1);
}

template <class T>
T must(Result<T> result) {
    if (result.has_error())
        stop(result.error().message);
    return std::move(result).value();
}
inline void must(Result<void> const& result) {
    if (result.has_error())
        stop(result.error().message);
}

} // namespace portico::bench
