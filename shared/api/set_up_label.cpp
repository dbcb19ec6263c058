#include "shared/api/set_up_label.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace portico::api {

namespace {

constexpr std::string_view label_mark = "PORTICO-SETUP";
constexpr std::string_view label_version = "1";
constexpr std::string_view pin_mark = "sha256//";
constexpr std::size_t pin_size = 52; ///< 32 bytes in base64 behind the mark
constexpr std::size_t fingerprint_digits = 64;
constexpr std::size_t code_characters = 16;
constexpr std::size_t host_name_max = 253;

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) {
    return is_digit(c) || (small(c) >= 'a' && small(c) <= 'f');
}

bool is_host_name(std::string_view host) {
    auto const known = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.'; };
    return !host.empty() && host.size() <= host_name_max && std::all_of(host.begin(), host.end(), known) &&
           host.front() != '.' && host.front() != '-' && host.find("..") == std::string_view::npos;
}
bool is_bracketed_v6(std::string_view host) {
    constexpr std::size_t shortest = 4; // "[::]"
    return host.size() >= shortest && host.front() == '[' && host.back() == ']' &&
           std::all_of(host.begin() + 1, host.end() - 1,
                       [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
    unsigned value = 0;
    auto const* const end = digits.data() + digits.size();
    auto const read = std::from_chars(digits.data(), end, value);
    if (digits.empty() || read.ec != std::errc() || read.ptr != end || value < 1 || value > 65535)
        return std::nullopt;
    return static_cast<std::uint16_t>(value);
}

/// Where the host ends and ":port" begins, or the text ends.
std::size_t host_end(std::string_view address) {
    if (address.starts_with('['))
        return std::min(address.find(']'), address.size() - 1) + 1;
    return std::min(address.find(':'), address.size());
}

Error label_fault(char const* reason) {
    return error(ErrorKind::InvalidInput, reason);
}

} // namespace

Result<std::string> central_address(std::string_view typed, std::uint16_t port_usual) {
    auto const invalid =
        error(ErrorKind::InvalidInput, "central_address_invalid", "an address is written host or host:port");
    std::string text(typed);
    std::transform(text.begin(), text.end(), text.begin(), small);
    std::erase(text, ' ');
    constexpr std::string_view scheme = "https://";
    if (text.starts_with(scheme))
        text.erase(0, scheme.size());
    if (text.ends_with('/'))
        text.pop_back();
    if (text.empty())
        return invalid;
    auto const end = host_end(text);
    auto const host = text.substr(0, end);
    if (!is_host_name(host) && !is_bracketed_v6(host))
        return invalid;
    if (end == text.size())
        return host + ":" + std::to_string(port_usual);
    auto const port = text[end] == ':' ? port_of(std::string_view(text).substr(end + 1)) : std::nullopt;
    if (!port)
        return invalid;
    return host + ":" + std::to_string(*port);
}

std::string at_port(std::string const& address, std::uint16_t port) {
    return address.substr(0, host_end(address)) + ":" + std::to_string(port);
}

Result<std::string> certificate_fingerprint(std::string_view typed) {
    std::string text(typed);
    std::erase(text, ' ');
    if (text.starts_with(pin_mark) && text.size() == pin_size)
        return text;
    std::erase(text, ':');
    std::transform(text.begin(), text.end(), text.begin(), small);
    if (text.size() != fingerprint_digits || !std::all_of(text.begin(), text.end(), is_hex))
        return error(ErrorKind::InvalidInput, "fingerprint_invalid",
                     "a fingerprint has 64 hexadecimal digits");
    return text;
}

bool is_enrollment_code(std::string_view typed) {
    std::size_t characters = 0;
    for (char const c : typed) {
        if (c == '-' || c == ' ')
            continue;
        char const plain = capital(c);
        if (!((plain >= 'A' && plain <= 'Z') || (plain >= '2' && plain <= '7')))
            return false;
        ++characters;
    }
    return characters == code_characters;
}

Result<Secret> encode_set_up_label(SetUpLabel const& label) {
    std::string plain;
    for (auto const* part : {&label.enroll_at, &label.serve_at}) {
        plain += "/";
        std::transform(part->begin(), part->end(), std::back_inserter(plain), capital);
    }
    std::string fingerprint = label.fingerprint;
    std::transform(fingerprint.begin(), fingerprint.end(), fingerprint.begin(), capital);
    Secret text(std::string(label_mark) + "/" + std::string(label_version) + plain + "/");
    text.append(label.code.reveal());
    text.append("/" + fingerprint);
    TRY(parse_set_up_label(text.reveal()));
    return text;
}

Result<SetUpLabel> parse_set_up_label(std::string_view text) {
    if (!text.starts_with(label_mark) || text.size() > set_up_label_bytes_max)
        return label_fault("set_up_label_not_ours");
    constexpr std::size_t field_count = 6;
    std::array<std::string_view, field_count> fields;
    std::size_t found = 0;
    while (true) {
        auto const end = std::min(text.find('/'), text.size());
        if (found < field_count)
            fields.at(found) = text.substr(0, end);
        ++found;
        if (end == text.size())
            break;
        text.remove_prefix(end + 1);
    }
    if (fields[0] != label_mark)
        return label_fault("set_up_label_not_ours");
    if (fields[1] != label_version)
        return label_fault("set_up_label_version");
    auto enroll_at = central_address(fields[2], enroll_port_usual);
    auto serve_at = central_address(fields[3], serve_port_usual);
    auto fingerprint = certificate_fingerprint(fields[5]);
    if (found != field_count || !enroll_at || !serve_at || !fingerprint || !is_enrollment_code(fields[4]))
        return label_fault("set_up_label_fields");
    return SetUpLabel{.enroll_at = std::move(enroll_at).value(),
                      .serve_at = std::move(serve_at).value(),
                      .code = Secret(fields[4]),
                      .fingerprint = std::move(fingerprint).value()};
}

} // namespace portico::api
