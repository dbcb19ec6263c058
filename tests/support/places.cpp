#include "tests/support/places.h"

namespace portico::test {

std::string source_dir() {
    return PORTICO_SOURCE_DIR;
}

std::string bin_dir() {
    return PORTICO_BIN_DIR;
}

} // namespace portico::test
