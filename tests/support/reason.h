#pragma once

#include "shared/base/result.h"

#include <string>

namespace portico::test {

template <class T>
std::string reason(Result<T> const& outcome) {
    return outcome.has_error() ? outcome.error().reason : "accepted";
}

} // namespace portico::test
