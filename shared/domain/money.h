#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace portico {

/// Integer US cents for display and sums for people. Everything Portico shows is in USD; an amount in
/// another currency keeps its code in the EOB and is not added to these.
struct Money {
    std::int64_t cents = 0;

    auto operator<=>(Money const&) const = default;
    Money operator-() const { return {-cents}; }
    Money& operator+=(Money other) {
        cents += other.cents;
        return *this;
    }
    friend Money operator+(Money a, Money b) { return {a.cents + b.cents}; }
    friend Money operator-(Money a, Money b) { return {a.cents - b.cents}; }
};

/// "1140.00", "-86.05": plain, for documents that machines read. People see the catalog's format.
std::string plain_text(Money amount);

} // namespace portico
