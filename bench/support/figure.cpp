#include "bench/support/figure.h"

#include <boost/json.hpp>
#include <cstdio>

namespace portico::bench {

void report(Figure const& figure) {
    boost::json::object line{{"figure", figure.name},
                             {"value", figure.value},
                             {"unit", figure.unit},
                             {"yardstick", figure.yardstick},
                             {"yardstick_value", figure.yardstick_value},
                             {"goal", nullptr},
                             {"better", figure.better == Better::Lower ? "lower" : "higher"}};
    if (figure.goal)
        line["goal"] = *figure.goal;
    std::printf("%s\n", boost::json::serialize(line).c_str());
    std::fflush(stdout);
}

void report_limit(std::string const& name, double value, std::string const& unit, double limit) {
    report({name, value, unit, "limit", limit, 1.0, Better::Lower});
}

} // namespace portico::bench
