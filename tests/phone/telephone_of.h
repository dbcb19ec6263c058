#pragma once

#include "tests/phone/phone_bench.h"
#include "tests/support/bench.h"

#include <filesystem>
#include <string>

namespace portico::test {

/// The telephone of a desk that `bench` knows by this id, certified by its central; its sockets are in `run`.
PhoneBench::Settings telephone_of(Bench& bench, std::string const& desk_terminal,
                                  std::filesystem::path const& run);

} // namespace portico::test
