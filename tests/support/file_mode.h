#pragma once

#include "tests/support/catch.h"

#include <filesystem>
#include <sys/stat.h>

namespace portico::test {

/// Who may do what with a file: the lower nine bits of its mode.
inline mode_t mode_of(std::filesystem::path const& file) {
    struct stat found {};
    REQUIRE(::lstat(file.c_str(), &found) == 0);
    return found.st_mode & 07777;
}
} // namespace portico::test
