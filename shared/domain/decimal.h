#pragma once

#include "shared/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace portico {

/// An exact decimal number as it stood in the source text (FHIR `decimal`), for checks.
/// Never a double: 103.32800000000002 stays that. At most 30 significant digits and 18 decimals.
class Decimal {
public:
    Decimal() = default;
    /// `text` is a JSON number: optional minus, digits, optional fraction, optional exponent.
    /// Errors: InvalidInput "decimal_invalid", "decimal_out_of_range" (such as 1e400).
    static Result<Decimal> parse(std::string_view text);
    static Decimal from_cents(std::int64_t cents);

    /// The source text where it was parsed, else the shortest exact text with two places or more ("86.00").
    std::string text() const;
    /// Integer cents, half to even (issue of record: each amount is rounded by itself).
    /// Errors: InvalidInput "amount_out_of_range" beyond +-10^15 cents.
    Result<std::int64_t> to_cents() const;
    bool is_whole_cents() const;
    bool is_zero() const { return mantissa_ == 0; }
    bool is_negative() const { return mantissa_ < 0; }

    Decimal operator-() const;
    /// Exact; saturates never: out of range stops the program, and `parse` bounds what goes in
    /// (sums of up to 10^6 amounts fit).
    friend Decimal operator+(Decimal const& a, Decimal const& b);
    friend Decimal operator-(Decimal const& a, Decimal const& b);
    friend std::strong_ordering operator<=>(Decimal const& a, Decimal const& b);
    friend bool operator==(Decimal const& a, Decimal const& b) { return (a <=> b) == 0; }

private:
    __extension__ __int128 mantissa_ = 0;
    int decimals_ = 0;
    std::string source_;
};

} // namespace portico
