#pragma once

#include <optional>
#include <string>

namespace portico::bench {

enum class Better : std::uint8_t { Lower, Higher };

/// One measured value beside what it is held against: a peer measured in the same run, or a limit.
struct Figure {
    std::string name; ///< "eob_read_cpu"
    double value = 0;
    std::string unit;
    std::string yardstick; ///< "nginx, the same bytes as a file", "limit"
    double yardstick_value = 0;
    std::optional<double> goal; ///< of value / yardstick_value
    Better better = Better::Lower;
};

/// Writes the figure on a line of its own for bench/run.py, which works out the ratio and whether it meets
/// its goal.
void report(Figure const& figure);
/// A figure against a limit: the ratio's goal is 1.
void report_limit(std::string const& name, double value, std::string const& unit, double limit);

} // namespace portico::bench
