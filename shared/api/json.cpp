#include "shared/api/json.h"

#include <array>
#include <charconv>

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

namespace {

/// What stands for a character in a JSON text; 0: itself, 'u': its number.
constexpr std::array<char, 256> json_escapes = [] {
    std::array<char, 256> all{};
    for (std::size_t control = 0; control < 0x20; ++control)
        all[control] = 'u';
    all['\b'] = 'b';
    all['\f'] = 'f';
    all['\n'] = 'n';
    all['\r'] = 'r';
    all['\t'] = 't';
    all['"'] = '"';
    all['\\'] = '\\';
    return all;
}();

} // namespace

void append_json_text(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    std::size_t plain_from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const byte = static_cast<unsigned char>(text[at]);
        char const escape = json_escapes[byte];
        if (escape == 0)
            continue;
        out.append(text, plain_from, at - plain_from);
        plain_from = at + 1;
        out += '\\';
        out += escape;
        if (escape == 'u') {
            out += "00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    out.append(text, plain_from);
    out += '"';
}

void append_json_integer(std::string& out, std::int64_t value) {
    std::array<char, 24> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

Result<std::int64_t> Reader::integer(boost::json::value const& json) const {
    if (json.is_int64())
        return json.get_int64();
    if (json.is_uint64())
        return wrong("a number in range");
    return wrong("a whole number");
}

Error Reader::wrong(char const* wanted) const {
    std::string path;
    for (auto const& part : path_)
        if (part.name == nullptr)
            path += "[" + std::to_string(part.index) + "]";
        else
            path += (path.empty() ? "" : ".") + std::string(part.name);
    return error(ErrorKind::InvalidInput, "json_shape",
                 (path.empty() ? std::string("the body") : path) + " must be " + wanted);
}

Result<boost::json::value> parse_json(std::string_view text, boost::json::storage_ptr storage) {
    boost::json::parse_options options;
    options.max_depth = json_depth_max;
    boost::json::error_code failure;
    auto value = boost::json::parse({text.data(), text.size()}, failure, std::move(storage), options);
    if (failure)
        return error(ErrorKind::InvalidInput, "json_invalid", "not JSON: " + failure.message());
    return value;
}

} // namespace portico::api
