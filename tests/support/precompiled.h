#pragma once

// What nearly every test reads and nobody here changes: compiled once for all tests of a part.

#include "shared/base/result.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <variant>
#include <vector>
