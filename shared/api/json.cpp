#include "shared/api/json.h"

namespace portico::api {

namespace {
constexpr std::size_t json_depth_max = 64;
}

std::string snake_case(std::string_view pascal_case) {
    std::string text;
    for (char c : pascal_case) {
        bool const upper = c >= 'A' && c <= 'Z';
        if (upper && !text.empty())
            text += '_';
        text += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

Result<std::int64_t> Reader::integer(boost::json::value const& json) const {
    if (json.is_int64())
        return json.get_int64();
    if (json.is_uint64())
        return wrong("a number in range");
    return wrong("a whole number");
}

Error Reader::wrong(char const* wanted) const {
    return error(ErrorKind::InvalidInput, "json_shape",
                 (path_.empty() ? std::string("the body") : path_) + " must be " + wanted);
}

Result<boost::json::value> parse_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = json_depth_max;
    boost::json::error_code failure;
    auto value = boost::json::parse({text.data(), text.size()}, failure, {}, options);
    if (failure)
        return error(ErrorKind::InvalidInput, "json_invalid", "not JSON: " + failure.message());
    return value;
}

} // namespace portico::api
