#pragma once

#include "shared/base/encoding.h"
#include "tests/support/rounds.h"

namespace portico::test {

/// An ECDSA signature's two numbers, big-endian without leading zeros.
struct EcdsaNumbers {
    Bytes r;
    Bytes s;
};
EcdsaNumbers ecdsa_numbers(ByteView der);
Bytes ecdsa_der(EcdsaNumbers const& numbers);
/// `n - number`, n being the order of P-256. With s so replaced a signature stays one of the same message:
/// that is how ECDSA is (SEC 1, section 4.1.4), and keys may answer with either.
Bytes negated(ByteView number);

/// Writes a signature anew: the same numbers in other bytes, or other numbers that stand near the right ones.
/// Never by the negation above alone.
Bytes mutate_ecdsa(Dice& dice, ByteView der);
Bytes mutate_ed25519(Dice& dice, ByteView signature);
Bytes mutate_rsa(Dice& dice, ByteView signature, ByteView modulus);

} // namespace portico::test
