#include "shared/domain/card_barcode.h"

#include "shared/base/encoding.h"

#include <algorithm>
#include <array>
#include <vector>

namespace portico {

namespace {

// %80840...^version^member^name^dependant^birth^card?CC   (the frame of a magnetic track: % ^ ?)
constexpr char start_mark = '%';
constexpr char separator = '^';
constexpr char end_mark = '?';
constexpr std::string_view issuer_prefix = "80840";
constexpr std::string_view version = "P1";
constexpr std::size_t field_count = 7;
constexpr std::size_t issuer_digits_max = 19;
constexpr std::size_t member_id_max = 30;
constexpr std::size_t name_bytes_max = 60;
constexpr std::size_t card_number_max = 40;
constexpr std::size_t check_digits = 2;

Error invalid(char const* reason, char const* message) {
    return error(ErrorKind::InvalidInput, reason, message);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, is_digit);
}

/// Luhn's check digit, as on bank cards and in the NPI. Source: ISO/IEC 7812-1, annex B.
bool luhn_holds(std::string_view digits) {
    int sum = 0;
    bool doubled = false;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at) {
        int const digit = (*at - '0') * (doubled ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
        doubled = !doubled;
    }
    return sum % 10 == 0;
}

/// Two check digits over the whole payload that see any one ASCII character changed and any two neighbours
/// swapped: the remainder by 97 of the bytes read as a number to the base 256, as ISO 7064 MOD 97-10 does
/// with digits.
std::string check_of(std::string_view body) {
    unsigned remainder = 0;
    for (char const c : body)
        remainder = (remainder * 256U + static_cast<unsigned char>(c)) % 97U;
    return {static_cast<char>('0' + remainder / 10), static_cast<char>('0' + remainder % 10)};
}

bool month_and_day_exist(std::string_view yyyymmdd) {
    auto const number = [yyyymmdd](std::size_t at, std::size_t count) {
        int value = 0;
        for (char const c : yyyymmdd.substr(at, count))
            value = value * 10 + (c - '0');
        return value;
    };
    int const year = number(0, 4);
    int const month = number(4, 2);
    int const day = number(6, 2);
    static constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || year < 1850 || day < 1)
        return false;
    bool const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

Result<void> check_text(std::string_view payload) {
    if (payload.empty())
        return invalid("barcode_empty", "the barcode holds nothing");
    if (payload.size() > card_barcode_bytes_max)
        return invalid("barcode_too_long", "the barcode is longer than any of ours");
    bool const has_control = std::ranges::any_of(payload, [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
    if (has_control || !is_utf8(payload))
        return invalid("barcode_not_text", "the barcode is not plain text");
    return ok();
}

Result<void> check_issuer(std::string_view issuer) {
    if (issuer.size() < issuer_prefix.size() + 1 || issuer.size() > issuer_digits_max ||
        !all_digits(issuer) || !issuer.starts_with(issuer_prefix) || !luhn_holds(issuer))
        return invalid("barcode_issuer", "the issuer number is not one of a health plan, or was misread");
    return ok();
}

bool fields_hold(CardBarcode const& card) {
    auto const is_member_char = [](char c) { return is_upper(c) || is_digit(c) || c == '-'; };
    auto const is_card_char = [](char c) { return is_upper(c) || is_lower(c) || is_digit(c) || c == '-'; };
    auto const is_mark = [](char c) { return c == start_mark || c == separator || c == end_mark; };
    return !card.member_id.empty() && card.member_id.size() <= member_id_max &&
           std::ranges::all_of(card.member_id, is_member_char) && !card.name.empty() &&
           card.name.size() <= name_bytes_max && std::ranges::none_of(card.name, is_mark) &&
           card.dependent_number.size() == 2 && all_digits(card.dependent_number) &&
           (card.birth_date.empty() || (card.birth_date.size() == 8 && all_digits(card.birth_date) &&
                                        month_and_day_exist(card.birth_date))) &&
           !card.card_number.empty() && card.card_number.size() <= card_number_max &&
           std::ranges::all_of(card.card_number, is_card_char);
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> fields;
    while (true) {
        auto const end = text.find(separator);
        fields.push_back(text.substr(0, end));
        if (end == text.npos)
            return fields;
        text.remove_prefix(end + 1);
    }
}

} // namespace

Result<std::string> encode_card_barcode(CardBarcode const& card) {
    TRY(check_issuer(card.issuer));
    if (!fields_hold(card))
        return invalid("barcode_fields", "a field of the card cannot stand in its barcode");
    std::string body(1, start_mark);
    for (auto const& field : {card.issuer, std::string(version), card.member_id, card.name,
                              card.dependent_number, card.birth_date})
        body += field + separator;
    body += card.card_number;
    body += end_mark;
    TRY(check_text(body));
    return body + check_of(body);
}

Result<CardBarcode> parse_card_barcode(std::string_view payload) {
    TRY(check_text(payload));
    if (!payload.starts_with(start_mark) || payload.size() < check_digits + 2 ||
        payload[payload.size() - check_digits - 1] != end_mark)
        return invalid("barcode_not_ours", "this is another kind of barcode");
    auto const body = payload.substr(0, payload.size() - check_digits);
    auto const fields = split(body.substr(1, body.size() - 2));
    if (fields.size() < 2)
        return invalid("barcode_not_ours", "this is another kind of barcode");
    if (payload.substr(body.size()) != check_of(body))
        return invalid("barcode_check", "the barcode was misread or altered");
    TRY(check_issuer(fields[0]));
    if (fields[1] != version)
        return invalid("barcode_version", "the card's barcode is of a layout this program does not know");
    if (fields.size() != field_count)
        return invalid("barcode_fields", "the card's barcode does not have its fields");
    CardBarcode card{std::string(fields[0]), std::string(fields[2]), std::string(fields[3]),
                     std::string(fields[4]), std::string(fields[5]), std::string(fields[6])};
    if (!fields_hold(card))
        return invalid("barcode_fields", "a field of the card's barcode cannot be right");
    return card;
}

} // namespace portico
