#include "shared/terminal/driver/device_hook.h"

#include <boost/json.hpp>

namespace portico::terminal {

ui::Text bench_notice() {
    using ui::operator""_msg;
    return "bench.notice"_msg;
}

std::string word_of(std::string const& json, char const* key) {
    boost::json::error_code failure;
    auto const value = boost::json::parse(json, failure);
    if (failure || !value.is_object())
        return {};
    auto const* found = value.get_object().if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::function<Result<std::string>(std::string const&)> device_hook(BenchDevices* bench) {
    return [bench](std::string const& request) -> Result<std::string> {
        if (bench == nullptr)
            return error(ErrorKind::Unavailable, "no_bench", "the configuration has no [bench]");
        TRY(bench->act(word_of(request, "device"), word_of(request, "action"), word_of(request, "value")));
        return std::string("{}");
    };
}

} // namespace portico::terminal
