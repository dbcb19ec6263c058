#pragma once

#include <string>

namespace portico::central {

/// A reply of type T that its handler has as JSON already.
template <class T>
struct Rendered {
    std::string json;
};

} // namespace portico::central
