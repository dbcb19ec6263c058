#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <optional>
#include <utility>
#include <variant>

namespace portico {

/// A CBOR value as CTAP2 uses it. Maps keep the order they are given in: write keys in canonical order.
class CborValue {
public:
    using Array = std::vector<CborValue>;
    using Map = std::vector<std::pair<CborValue, CborValue>>;

    CborValue() = default; // null
    CborValue(bool value) : value_(value) {}
    CborValue(int value) : value_(std::int64_t{value}) {}
    CborValue(std::int64_t value) : value_(value) {}
    CborValue(char const* text) : value_(std::string(text)) {}
    CborValue(std::string text) : value_(std::move(text)) {}
    CborValue(Bytes bytes) : value_(std::move(bytes)) {}
    CborValue(Array items) : value_(std::move(items)) {}
    CborValue(Map entries) : value_(std::move(entries)) {}

    /// Errors: InvalidInput "cbor_invalid": malformed, trailing bytes, nested past 8, or a type CTAP2 has no
    /// use for.
    static Result<CborValue> parse(ByteView bytes);
    Bytes encode() const;

    bool const* boolean() const { return std::get_if<bool>(&value_); }
    std::int64_t const* integer() const { return std::get_if<std::int64_t>(&value_); }
    std::string const* text() const { return std::get_if<std::string>(&value_); }
    Bytes const* bytes() const { return std::get_if<Bytes>(&value_); }
    Array const* array() const { return std::get_if<Array>(&value_); }
    Map const* map() const { return std::get_if<Map>(&value_); }

    /// The entry of a map; null when this is no map or has no such key.
    CborValue const* find(CborValue const& key) const;
    bool operator==(CborValue const&) const = default;

private:
    void append_to(Bytes& out) const;

    std::variant<std::monostate, bool, std::int64_t, std::string, Bytes, Array, Map> value_;
};

} // namespace portico
