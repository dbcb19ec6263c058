#include "central/operations/contact_checks.h"

#include "shared/base/encoding.h"
#include "shared/domain/directory.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::size_t line_max = 100;
constexpr std::size_t lines_max = 3;
constexpr std::size_t email_max = 254;

bool is_line(std::string const& text) {
    return !text.empty() && text.size() <= line_max && is_utf8(text) &&
           std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

} // namespace

Result<void> check_address(PostalAddress const& address) {
    bool const lines = !address.lines.empty() && address.lines.size() <= lines_max &&
                       std::all_of(address.lines.begin(), address.lines.end(), is_line);
    bool const state = address.state.size() == 2 && std::all_of(address.state.begin(), address.state.end(),
                                                                [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!lines || !is_line(address.city) || !state || zip5(address.zip).has_error())
        return error(ErrorKind::InvalidInput, "address_invalid",
                     "an address needs a street, a city, a state of two letters and a ZIP code");
    return ok();
}

Result<void> check_phone(std::string const& phone) {
    std::string digits;
    bool other = false;
    for (char c : phone) {
        if (c >= '0' && c <= '9')
            digits += c;
        else
            other = other || std::string_view("+-(). ").find(c) == std::string_view::npos;
    }
    if (digits.size() == 11 && digits.front() == '1')
        digits.erase(0, 1);
    if (other || digits.size() != 10 || digits[0] < '2' || digits[3] < '2')
        return error(ErrorKind::InvalidInput, "phone_invalid", "a phone number has ten digits");
    return ok();
}

Result<void> check_email(std::string const& email) {
    auto const at = email.find('@');
    bool const shape = at != std::string::npos && at > 0 && email.find('@', at + 1) == std::string::npos &&
                       email.size() <= email_max && at <= 64;
    // Also what must never get into a mail's head.
    bool const clean = std::all_of(email.begin(), email.end(), [](char c) {
        return c > 0x20 && c < 0x7F && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
    });
    auto const domain = shape ? email.substr(at + 1) : "";
    bool const dotted = domain.find('.') != std::string::npos && domain.front() != '.' &&
                        domain.back() != '.' && domain.find("..") == std::string::npos;
    if (!shape || !clean || !dotted)
        return error(ErrorKind::InvalidInput, "email_invalid",
                     "an email address looks like name@example.org");
    return ok();
}

} // namespace portico::central
