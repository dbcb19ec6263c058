#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>

namespace portico::central {

/// One CBOR data item (RFC 8949); of an array or map only its head.
struct CborItem {
    enum class Kind : std::uint8_t { Unsigned, Negative, Bytes, Text, Array, Map, Other };
    Kind kind = Kind::Other;
    std::uint64_t value = 0; ///< Unsigned; Negative stands for -1 - value; Array, Map: how many follow
    ByteView bytes;          ///< Bytes, Text: into the input

    /// An integer in the range COSE uses; other kinds read as a number no label has.
    std::int64_t integer() const;
};

/// Reads CBOR from outside with bounds: definite lengths only, maps of at most 64 entries, at most 4 levels,
/// no tags; what is claimed must be there. libcbor decodes the items. Errors: InvalidInput "cbor_invalid".
class CborReader {
public:
    explicit CborReader(ByteView input) : rest_(input), size_(input.size()) {}

    Result<CborItem> next();
    /// Steps over one whole item with all that is in it.
    Result<void> skip();
    /// Reads a map whole: `entry` gets each key and must read or skip its value. Keys of one kind must not
    /// repeat.
    Result<void> map(std::function<Result<void>(CborItem const& key)> const& entry);

    bool at_end() const { return rest_.empty(); }
    std::size_t position() const { return size_ - rest_.size(); }

private:
    Result<void> skip(int depth);
    ByteView rest_;
    std::size_t size_;
};

} // namespace portico::central
