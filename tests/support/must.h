#pragma once

#include "shared/base/result.h"

#include <stdexcept>
#include <utility>

namespace portico::test {

/// The value, or a test failure that names the reason.
template <class T>
T must(Result<T> result) {
    if (result.has_error())
        throw std::runtime_error(result.error().reason + ": " + result.error().message);
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

} // namespace portico::test
