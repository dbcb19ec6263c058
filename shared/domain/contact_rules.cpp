#include "shared/domain/contact_rules.h"

#include "shared/domain/claim_filter.h"
#include "shared/domain/directory.h"
#include "shared/domain/phone_number.h"
#include "shared/domain/plain_text.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

Error invalid(char const* reason, char const* message) {
    return error(ErrorKind::InvalidInput, reason, message);
}

bool has_text(std::string_view text) {
    return text.find_first_not_of(' ') != std::string_view::npos;
}

std::string digits_of(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

/// A number the way it is dialled, so that two ways to write it are one.
std::string dialled(std::string_view phone) {
    auto digits = digits_of(phone);
    if (digits.size() == 11 && digits.front() == '1')
        digits.erase(0, 1);
    return digits;
}

/// Lower case, no accents, single blanks, no full stops or commas.
std::string folded(std::string_view text) {
    std::string out;
    for (char const c : search_text(text)) {
        if (c == '.' || c == ',')
            continue;
        if (c == ' ' && (out.empty() || out.back() == ' '))
            continue;
        out += c;
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

std::string place_of(PostalAddress const& address) {
    std::string out;
    for (auto const& line : address.lines)
        if (has_text(line))
            out += folded(line) + '\n';
    auto const zip = zip5(address.zip);
    return out + folded(address.city) + '\n' + folded(address.state) + '\n' +
           (zip ? zip.value() : address.zip);
}

bool is_domain(std::string_view domain) {
    if (domain.size() < 3 || domain.find('.') == std::string_view::npos)
        return false;
    char previous = '.';
    for (char const c : domain) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            (static_cast<unsigned char>(c) & 0x80U) != 0;
        bool const label_edge = previous == '.';
        if (!letter && c != '-' && c != '.')
            return false;
        if ((label_edge && !letter) || (c == '.' && previous == '-'))
            return false;
        previous = c;
    }
    return previous != '.' && previous != '-';
}

} // namespace

Result<void> check_zip(std::string_view zip) {
    TRY(zip5(zip));
    return ok();
}

Result<void> check_state(std::string_view state) {
    static constexpr std::string_view states =
        "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC "
        "ND OH OK "
        "OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP AA AE AP ";
    bool const letters = state.size() == 2 &&
                         std::all_of(state.begin(), state.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!letters || states.find(std::string(state) + ' ') == std::string_view::npos)
        return invalid("state_invalid", "a state is its two capital letters");
    return ok();
}

Result<void> check_phone(std::string_view phone) {
    if (phone.empty())
        return ok();
    auto const refused = invalid("phone_invalid", "a phone number has ten digits, seven without its area");
    bool const allowed =
        phone.size() <= 25 && std::all_of(phone.begin(), phone.end(), [](char c) {
            return (c >= '0' && c <= '9') || std::string_view("()-.+ ").find(c) != std::string_view::npos;
        });
    auto const digits = dialled(phone);
    if (!allowed || phone.find('+', 1) != std::string_view::npos ||
        (digits.size() != 10 && digits.size() != 7))
        return refused;
    // Area codes and exchanges begin with 2 to 9.
    bool const area = digits.size() == 7 || digits[0] >= '2';
    if (!area || digits[digits.size() - 7] < '2')
        return refused;
    return ok();
}

std::string text_number(std::string_view phone) {
    static constexpr std::array<std::string_view, 10> no_subscribers{"800", "822", "833", "844", "855",
                                                                     "866", "877", "888", "900", "710"};
    auto const digits = dialled(phone);
    if (digits.size() != 10 || check_phone(phone).has_error() ||
        std::find(no_subscribers.begin(), no_subscribers.end(), digits.substr(0, 3)) != no_subscribers.end())
        return "";
    return "+1" + digits;
}

std::string callable_number(std::string_view phone) {
    auto number = e164(phone);
    auto const home = "+" + std::string(country_code);
    // An extension is keyed by hand, and a number with one is not whose it is without.
    if (number.substr(0, home.size()) != home || check_phone(phone).has_error())
        return "";
    auto const digits = std::string_view(number).substr(home.size());
    auto const area = digits.substr(0, 3);
    auto const exchange = digits.substr(3, 3);
    bool const service = area.substr(1) == "11" || exchange.substr(1) == "11";
    if (service || area == "900" || exchange == "976")
        return "";
    return number;
}

Result<void> check_email(std::string_view email) {
    if (email.empty())
        return ok();
    if (email.size() > email_characters_max)
        return invalid("email_long", "an email address has at most 254 characters");
    auto const at = email.find('@');
    auto const local = email.substr(0, at);
    bool const whole = at != std::string_view::npos && !local.empty() && local.size() <= 64 &&
                       email.find('@', at + 1) == std::string_view::npos && is_plain_text(email) &&
                       email.find_first_of(" <>\"(),:;[]\\") == std::string_view::npos &&
                       local.front() != '.' && local.back() != '.' &&
                       local.find("..") == std::string_view::npos;
    if (!whole || !is_domain(email.substr(at + 1)))
        return invalid("email_invalid", "an email address looks like name@example.org");
    return ok();
}

Result<void> check_address(PostalAddress const& address) {
    bool const any = std::any_of(address.lines.begin(), address.lines.end(), has_text);
    if (!any)
        return invalid("address_missing", "an address needs a street or a box");
    if (address.lines.size() > address_lines_max)
        return invalid("address_long", "an address has at most three lines before the city");
    for (auto const& line : address.lines) {
        if (!is_plain_text(line))
            return invalid("address_invalid", "an address is text");
        if (character_count(line) > address_line_characters_max)
            return invalid("address_long", "a line of an address has at most 60 characters");
    }
    if (!has_text(address.city))
        return invalid("city_missing", "an address needs a city");
    if (!is_plain_text(address.city))
        return invalid("address_invalid", "a city is text");
    if (character_count(address.city) > city_characters_max)
        return invalid("address_long", "a city has at most 40 characters");
    TRY(check_state(address.state));
    TRY(check_zip(address.zip));
    return ok();
}

Result<void> check_contact(ContactFields const& fields) {
    TRY(check_address(fields.address));
    TRY(check_phone(fields.phone));
    TRY(check_email(fields.email));
    return ok();
}

std::vector<ContactChange> changes_between(ContactFields const& before, ContactFields const& after) {
    std::vector<ContactChange> out;
    if (place_of(before.address) != place_of(after.address))
        out.push_back(ContactChange::Address);
    if (dialled(before.phone) != dialled(after.phone))
        out.push_back(ContactChange::Phone);
    // The part before the @ may be case-sensitive in theory and is not in practice.
    if (search_text(before.email) != search_text(after.email))
        out.push_back(ContactChange::Email);
    return out;
}

bool is_risky(ContactFields const& before, ContactFields const& after) {
    auto const changes = changes_between(before, after);
    return std::any_of(changes.begin(), changes.end(), [&](ContactChange change) {
        switch (change) {
        case ContactChange::Phone:
            return !after.phone.empty();
        case ContactChange::Email:
            return !after.email.empty();
        default:
            return true;
        }
    });
}

} // namespace portico
