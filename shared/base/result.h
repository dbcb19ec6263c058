#pragma once

#include "shared/base/error.h"

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/terminate.hpp>
#include <boost/outcome/success_failure.hpp>
#include <boost/outcome/try.hpp>

namespace portico {

/// A value or an `Error`. Dropping one is a compile error (nodiscard, warnings are errors).
/// Asking a failed result for its value stops the program: that is a broken invariant.
template <class T>
using Result = boost::outcome_v2::basic_result<T, Error, boost::outcome_v2::policy::terminate>;

inline auto ok() {
    return boost::outcome_v2::success();
}

} // namespace portico

/// The value of a Result, or return its error from this function.
#define TRY(expression) BOOST_OUTCOME_TRYX(expression)
