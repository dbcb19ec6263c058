#include "shared/base/encoding.h"

#include <array>

namespace portico {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::string encode_bits(ByteView bytes, std::string_view alphabet, unsigned bits_each) {
    std::string text;
    std::uint32_t window = 0;
    unsigned bits = 0;
    for (std::uint8_t byte : bytes) {
        window = (window << 8U) | byte;
        bits += 8;
        while (bits >= bits_each) {
            bits -= bits_each;
            text += alphabet[(window >> bits) & ((1U << bits_each) - 1)];
        }
        window &= (1U << bits) - 1;
    }
    if (bits > 0)
        text += alphabet[(window << (bits_each - bits)) & ((1U << bits_each) - 1)];
    return text;
}

/// Errors when a character is foreign, the length is impossible, or the unused low bits are set
/// (two texts for one value would defeat comparisons of ids).
Result<Bytes> decode_bits(std::string_view text, std::string_view alphabet, unsigned bits_each,
                          char const* reason) {
    Bytes bytes;
    std::uint32_t window = 0;
    unsigned bits = 0;
    for (char c : text) {
        auto const at = alphabet.find(c);
        if (at == std::string_view::npos)
            return error(ErrorKind::InvalidInput, reason);
        window = (window << bits_each) | static_cast<std::uint32_t>(at);
        bits += bits_each;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(window >> bits));
        }
        window &= (1U << bits) - 1;
    }
    if (bits >= bits_each || window != 0)
        return error(ErrorKind::InvalidInput, reason);
    return bytes;
}

} // namespace

std::string to_hex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (std::uint8_t byte : bytes) {
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 15U];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'F')
            c = static_cast<char>(c - 'A' + 'a');
    if (lower.size() % 2 != 0)
        return error(ErrorKind::InvalidInput, "hex_invalid");
    return decode_bits(lower, hex_digits, 4, "hex_invalid");
}

std::string to_base64url(ByteView bytes) {
    return encode_bits(bytes, base64url_alphabet, 6);
}

Result<Bytes> from_base64url(std::string_view text) {
    return decode_bits(text, base64url_alphabet, 6, "base64url_invalid");
}

std::string to_base64(ByteView bytes) {
    auto text = encode_bits(bytes, base64_alphabet, 6);
    while (text.size() % 4 != 0)
        text += '=';
    return text;
}

std::string to_base32(ByteView bytes) {
    return encode_bits(bytes, base32_alphabet, 5);
}

Result<Bytes> from_base32(std::string_view text) {
    std::string upper;
    for (char c : text) {
        if (c == ' ')
            continue;
        upper += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return decode_bits(upper, base32_alphabet, 5, "base32_invalid");
}

bool is_utf8(std::string_view text) {
    std::size_t i = 0;
    auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
    while (i < text.size()) {
        auto const lead = byte(i);
        std::size_t length = 1;
        std::uint32_t code = lead;
        if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            code = lead & 7U;
        } else if (lead >= 0xE0) {
            length = 3;
            code = lead & 15U;
        } else if (lead >= 0xC2) {
            length = 2;
            code = lead & 31U;
        } else if (lead >= 0x80) {
            return false;
        }
        if (lead > 0xF4 || i + length > text.size())
            return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80)
                return false;
            code = (code << 6U) | (byte(i + k) & 63U);
        }
        if ((length == 3 && code < 0x800) || (length == 4 && (code < 0x10000 || code > 0x10FFFF)) ||
            (code >= 0xD800 && code <= 0xDFFF))
            return false;
        i += length;
    }
    return true;
}

} // namespace portico
