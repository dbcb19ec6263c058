#include "central/auth/totp.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace portico::central {

namespace {

constexpr std::uint32_t code_modulus = 1'000'000;

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            encoded += c;
            continue;
        }
        std::array<char, 4> hex{};
        static_cast<void>(
            std::snprintf(hex.data(), hex.size(), "%%%02X", unsigned{static_cast<std::uint8_t>(c)}));
        encoded += hex.data();
    }
    return encoded;
}

} // namespace

Secret totp_code(Secret const& secret, std::int64_t step) {
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * (7 - i)));
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    if (HMAC(EVP_sha1(), secret.bytes().data(), static_cast<int>(secret.size()), counter.data(),
             counter.size(), mac.data(), &size) == nullptr ||
        size != 20)
        std::abort(); // no SHA-1 in this OpenSSL: the build is broken
    std::size_t const offset = mac[19] & 0x0FU;
    std::uint32_t const number = (std::uint32_t{mac[offset]} & 0x7FU) << 24U |
                                 std::uint32_t{mac[offset + 1]} << 16U |
                                 std::uint32_t{mac[offset + 2]} << 8U | std::uint32_t{mac[offset + 3]};
    std::array<char, 8> digits{};
    static_cast<void>(std::snprintf(digits.data(), digits.size(), "%06u", number % code_modulus));
    Secret code{std::string_view(digits.data())};
    wipe(mac.data(), mac.size());
    wipe(digits.data(), digits.size());
    return code;
}

std::optional<std::int64_t> totp_match(Secret const& secret, Secret const& code, UtcTime now,
                                       std::int64_t after_step) {
    auto const present = to_micros(now) / 1'000'000 / totp_step_s;
    std::optional<std::int64_t> matched;
    for (auto step = present - totp_steps_either_side; step <= present + totp_steps_either_side; ++step) {
        bool const same = equal_constant_time(totp_code(secret, step).bytes(), code.bytes());
        if (same && step > after_step && !matched)
            matched = step;
    }
    return matched;
}

std::string totp_uri(Secret const& secret_base32, std::string_view plan_name, std::string_view username) {
    auto const issuer = percent_encoded(plan_name);
    return "otpauth://totp/" + issuer + ":" + percent_encoded(username) +
           "?secret=" + std::string(secret_base32.reveal()) + "&issuer=" + issuer +
           "&algorithm=SHA1&digits=6&period=30";
}

} // namespace portico::central
