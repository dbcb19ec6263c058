#include "tests/attack/signature_mutation.h"

#include <algorithm>
#include <memory>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>

namespace portico::test {

namespace {

struct FreeNumber {
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

constexpr char const* p256_order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
/// Of Ed25519's main subgroup (RFC 8032, section 5.1), little-endian.
constexpr char const* ed25519_order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

Bytes bytes_of(BIGNUM const* number) {
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
    BN_bn2bin(number, bytes.data());
    return bytes;
}
Number number_of(ByteView bytes) {
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}
Bytes sum(ByteView left, ByteView right) {
    Number const total(BN_new());
    BN_add(total.get(), number_of(left).get(), number_of(right).get());
    return bytes_of(total.get());
}
/// `left - right`; left must be the greater.
Bytes difference(ByteView left, ByteView right) {
    Number const rest(BN_new());
    BN_sub(rest.get(), number_of(left).get(), number_of(right).get());
    return bytes_of(rest.get());
}
Bytes order() {
    return from_hex(p256_order).value();
}

Bytes tagged(std::uint8_t tag, Bytes const& content) {
    Bytes all{tag, static_cast<std::uint8_t>(content.size())};
    all.insert(all.end(), content.begin(), content.end());
    return all;
}
/// As DER wants it: a zero in front of a number whose first bit is set.
Bytes unsigned_content(Bytes number) {
    if (number.empty() || number[0] >= 0x80)
        number.insert(number.begin(), 0);
    return number;
}
Bytes sequence_of(Bytes const& r_content, Bytes const& s_content) {
    auto both = tagged(0x02, r_content);
    auto const second = tagged(0x02, s_content);
    both.insert(both.end(), second.begin(), second.end());
    return tagged(0x30, both);
}
Bytes with_zero_before(Bytes number) {
    number = unsigned_content(std::move(number));
    number.insert(number.begin(), 0);
    return number;
}
/// The content of a negative number: its first bit is set.
Bytes negative_content(Bytes number) {
    for (auto& byte : number)
        byte = static_cast<std::uint8_t>(~byte);
    if (!number.empty())
        number.back() = static_cast<std::uint8_t>(number.back() + 1);
    if (number.empty() || number[0] < 0x80)
        number.insert(number.begin(), 0xFF);
    return number;
}

/// The right numbers, not written as DER writes them.
Bytes in_other_bytes(Dice& dice, ByteView der, EcdsaNumbers const& numbers) {
    auto const r = unsigned_content(numbers.r);
    auto const s = unsigned_content(numbers.s);
    Bytes changed(der.begin(), der.end());
    switch (dice.below(11)) {
    case 0:
        return sequence_of(with_zero_before(numbers.r), s);
    case 1:
        return sequence_of(r, with_zero_before(numbers.s));
    case 2: // the length in its long form
        changed.insert(changed.begin() + 1, 0x81);
        return changed;
    case 3:
        changed.push_back(static_cast<std::uint8_t>(dice.below(256)));
        return changed;
    case 4: // a byte more inside
        changed.push_back(0);
        ++changed[1];
        return changed;
    case 5: // without a length
        changed[1] = 0x80;
        changed.insert(changed.end(), {0, 0});
        return changed;
    case 6:
        return sequence_of(negative_content(numbers.r), s);
    case 7:
        return sequence_of(r, negative_content(numbers.s));
    case 8: { // as JSON Web Signatures write it
        Bytes raw(32 - numbers.r.size(), 0);
        raw.insert(raw.end(), numbers.r.begin(), numbers.r.end());
        raw.insert(raw.end(), 32 - numbers.s.size(), 0);
        raw.insert(raw.end(), numbers.s.begin(), numbers.s.end());
        return raw;
    }
    case 9:
        return sequence_of(r, with_zero_before(negated(numbers.s)));
    default:
        changed[0] = static_cast<std::uint8_t>(dice.one_in(2) ? 0x31 : 0x10);
        return changed;
    }
}

/// Numbers that a careless check takes for the right ones, or for right in any case.
EcdsaNumbers other_numbers(Dice& dice, EcdsaNumbers const& numbers) {
    auto const& [r, s] = numbers;
    switch (dice.below(13)) {
    case 0:
        return {{}, s};
    case 1:
        return {r, {}};
    case 2:
        return {{}, {}};
    case 3:
        return {sum(r, order()), s};
    case 4:
        return {r, sum(s, order())};
    case 5:
        return {s, r};
    case 6:
        return {order(), s};
    case 7:
        return {r, order()};
    case 8:
        return {{1}, {1}};
    case 9:
        return {negated(r), s};
    case 10:
        return {negated(r), negated(s)};
    case 11:
        return {r, sum(s, Bytes{1})};
    default:
        return {r, r};
    }
}

} // namespace

EcdsaNumbers ecdsa_numbers(ByteView der) {
    auto const* from = der.data();
    std::unique_ptr<ECDSA_SIG, FreeNumber> const signature(
        d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(der.size())));
    if (!signature)
        return {};
    return {bytes_of(ECDSA_SIG_get0_r(signature.get())), bytes_of(ECDSA_SIG_get0_s(signature.get()))};
}

Bytes ecdsa_der(EcdsaNumbers const& numbers) {
    return sequence_of(unsigned_content(numbers.r), unsigned_content(numbers.s));
}

Bytes negated(ByteView number) {
    return difference(order(), number);
}

Bytes mutate_ecdsa(Dice& dice, ByteView der) {
    auto const numbers = ecdsa_numbers(der);
    auto const is_right = [](Bytes const& number) { return !number.empty() && number.size() <= 32; };
    if (!is_right(numbers.r) || !is_right(numbers.s)) // changed already
        return {der.begin(), der.end()};
    return dice.one_in(2) ? in_other_bytes(dice, der, numbers) : ecdsa_der(other_numbers(dice, numbers));
}

Bytes mutate_ed25519(Dice& dice, ByteView signature) {
    constexpr std::size_t half = 32;
    Bytes changed(signature.begin(), signature.end());
    auto const s = changed.begin() + half;
    switch (dice.below(7)) {
    case 0: { // S + L, which a check that reduces S takes for S
        auto const add = from_hex(ed25519_order).value();
        unsigned carry = 0;
        for (std::size_t i = 0; i < half; ++i) {
            carry += unsigned{changed[half + i]} + add[i];
            changed[half + i] = static_cast<std::uint8_t>(carry);
            carry >>= 8U;
        }
        return changed;
    }
    case 1: // the other of the two points of this height
        changed[half - 1] ^= 0x80;
        return changed;
    case 2:
        std::fill(s, changed.end(), 0);
        return changed;
    case 3: // the neutral point, and nothing times the base
        std::fill(changed.begin(), changed.end(), 0);
        changed[0] = 1;
        return changed;
    case 4:
        std::rotate(changed.begin(), s, changed.end());
        return changed;
    case 5:
        changed.back() |= static_cast<std::uint8_t>(0x20U << dice.below(3));
        return changed;
    default:
        changed.insert(changed.end(), signature.begin(), signature.end());
        return changed;
    }
}

Bytes mutate_rsa(Dice& dice, ByteView signature, ByteView modulus) {
    Bytes changed(signature.begin(), signature.end());
    switch (dice.below(7)) {
    case 0: // the same residue
        return sum(signature, modulus);
    case 1:
        return difference(modulus, signature);
    case 2:
        changed.insert(changed.begin(), 0);
        return changed;
    case 3:
        std::fill(changed.begin(), changed.end(), 0);
        return changed;
    case 4:
        std::fill(changed.begin(), changed.end(), 0);
        changed.back() = 1;
        return changed;
    case 5:
        return difference(modulus, Bytes{1});
    default:
        return {modulus.begin(), modulus.end()};
    }
}

} // namespace portico::test
