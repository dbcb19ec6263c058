#include "shared/domain/decimal.h"

#include <array>
#include <cstdlib>

namespace portico {

namespace {

__extension__ using Wide = __int128;

constexpr int decimals_max = 18;
constexpr int significant_digits_max = 30;
/// |value| < 10^14: at 18 decimals that is below 10^32, and 10^6 of them still fit 127 bits.
constexpr int integer_digits_max = 14;
constexpr int exponent_digits_max = 6;
constexpr std::int64_t cents_max = 1'000'000'000'000'000;

Wide power_of_ten(int exponent) {
    Wide power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

/// Sums of parsed amounts cannot get here unless there are more than 10^6 of them.
[[noreturn]] void overflow() {
    std::abort();
}

Wide rescaled(Wide mantissa, int from_decimals, int to_decimals) {
    Wide out = 0;
    if (__builtin_mul_overflow(mantissa, power_of_ten(to_decimals - from_decimals), &out))
        overflow();
    return out;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The parts of a JSON number's text.
struct NumberText {
    bool negative = false;
    std::string digits; ///< integer and fraction digits, no point
    int fraction_digits = 0;
    int exponent = 0;
};

Error invalid_decimal() {
    return error(ErrorKind::InvalidInput, "decimal_invalid", "an amount is not a JSON number");
}
Error out_of_range() {
    return error(ErrorKind::InvalidInput, "decimal_out_of_range",
                 "an amount has more digits than money can have (14 before the point, 18 after, 30 in all)");
}

/// Reads the digits at `at` and moves it on; false when there is none.
bool take_digits(std::string_view text, std::size_t& at, std::string& out) {
    std::size_t const start = at;
    while (at < text.size() && is_digit(text[at]))
        ++at;
    out.append(text.substr(start, at - start));
    return at > start;
}

Result<int> take_exponent(std::string_view text, std::size_t& at) {
    bool const negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        ++at;
    std::string digits;
    if (!take_digits(text, at, digits))
        return invalid_decimal();
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.size() > static_cast<std::size_t>(exponent_digits_max))
        return out_of_range();
    int value = 0;
    for (char const c : digits)
        value = value * 10 + (c - '0');
    return negative ? -value : value;
}

Result<NumberText> split_number(std::string_view text) {
    NumberText parts;
    std::size_t at = 0;
    if (at < text.size() && text[at] == '-') {
        parts.negative = true;
        ++at;
    }
    std::size_t const integer_at = at;
    if (!take_digits(text, at, parts.digits))
        return invalid_decimal();
    if (at - integer_at > 1 && text[integer_at] == '0')
        return invalid_decimal(); // JSON allows no leading zero
    if (at < text.size() && text[at] == '.') {
        ++at;
        std::size_t const fraction_at = at;
        if (!take_digits(text, at, parts.digits))
            return invalid_decimal();
        // The whole text is bounded by `parse`, so this fits.
        parts.fraction_digits = static_cast<int>(at - fraction_at);
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        parts.exponent = TRY(take_exponent(text, at));
    }
    if (at != text.size())
        return invalid_decimal();
    return parts;
}

/// No amount is written with more characters; a longer text is refused before it is looked at.
constexpr std::size_t text_bytes_max = 1000;

} // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
    if (text.size() > text_bytes_max)
        return out_of_range();
    NumberText parts = TRY(split_number(text));

    Decimal out;
    out.source_ = std::string(text);
    std::size_t const first = parts.digits.find_first_not_of('0');
    if (first == std::string::npos)
        return out; // zero, whatever its exponent
    std::size_t const last = parts.digits.find_last_not_of('0');
    int const dropped_zeros = static_cast<int>(parts.digits.size() - 1 - last);
    std::string const significant = parts.digits.substr(first, last - first + 1);
    int const count = static_cast<int>(significant.size());
    int const decimals = parts.fraction_digits - parts.exponent - dropped_zeros;
    if (count > significant_digits_max || decimals > decimals_max || count - decimals > integer_digits_max)
        return out_of_range();

    for (char const c : significant)
        out.mantissa_ = out.mantissa_ * 10 + (c - '0');
    if (decimals >= 0) {
        out.decimals_ = decimals;
    } else {
        out.mantissa_ = rescaled(out.mantissa_, decimals, 0);
    }
    if (parts.negative)
        out.mantissa_ = -out.mantissa_;
    return out;
}

Decimal Decimal::from_cents(std::int64_t cents) {
    Decimal out;
    out.mantissa_ = cents;
    out.decimals_ = 2;
    return out;
}

std::string Decimal::text() const {
    if (!source_.empty())
        return source_;
    int decimals = decimals_ < 2 ? 2 : decimals_;
    Wide mantissa = rescaled(mantissa_, decimals_, decimals);
    while (decimals > 2 && mantissa % 10 == 0) {
        mantissa /= 10;
        --decimals;
    }
    bool const negative = mantissa < 0;
    std::string reversed;
    for (int written = 0; mantissa != 0 || written <= decimals; ++written) {
        if (written == decimals)
            reversed += '.';
        int const digit = static_cast<int>(mantissa % 10);
        reversed += static_cast<char>('0' + (digit < 0 ? -digit : digit));
        mantissa /= 10;
    }
    if (negative)
        reversed += '-';
    return {reversed.rbegin(), reversed.rend()};
}

Result<std::int64_t> Decimal::to_cents() const {
    Wide cents = 0;
    if (decimals_ <= 2) {
        cents = rescaled(mantissa_, decimals_, 2);
    } else {
        Wide const unit = power_of_ten(decimals_ - 2);
        cents = mantissa_ / unit;
        Wide const rest = mantissa_ % unit;
        Wide const twice = 2 * (rest < 0 ? -rest : rest);
        bool const away = twice > unit || (twice == unit && cents % 2 != 0);
        if (away)
            cents += mantissa_ < 0 ? -1 : 1;
    }
    if (cents > cents_max || cents < -cents_max)
        return error(ErrorKind::InvalidInput, "amount_out_of_range", "an amount is beyond 10^15 cents");
    return static_cast<std::int64_t>(cents);
}

bool Decimal::is_whole_cents() const {
    return decimals_ <= 2 || mantissa_ % power_of_ten(decimals_ - 2) == 0;
}

Decimal Decimal::operator-() const {
    Decimal out;
    out.mantissa_ = -mantissa_;
    out.decimals_ = decimals_;
    return out;
}

Decimal operator+(Decimal const& a, Decimal const& b) {
    Decimal out;
    out.decimals_ = a.decimals_ > b.decimals_ ? a.decimals_ : b.decimals_;
    if (__builtin_add_overflow(rescaled(a.mantissa_, a.decimals_, out.decimals_),
                               rescaled(b.mantissa_, b.decimals_, out.decimals_), &out.mantissa_))
        overflow();
    return out;
}

Decimal operator-(Decimal const& a, Decimal const& b) {
    return a + -b;
}

std::strong_ordering operator<=>(Decimal const& a, Decimal const& b) {
    int const decimals = a.decimals_ > b.decimals_ ? a.decimals_ : b.decimals_;
    Wide const left = rescaled(a.mantissa_, a.decimals_, decimals);
    Wide const right = rescaled(b.mantissa_, b.decimals_, decimals);
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

} // namespace portico
