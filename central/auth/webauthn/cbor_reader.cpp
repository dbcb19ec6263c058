#include "central/auth/webauthn/cbor_reader.h"

#include <algorithm>
#include <cbor.h>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace portico::central {

namespace {

using Kind = CborItem::Kind;
constexpr int depth_max = 4;
constexpr std::uint64_t entries_max = 64;

Error invalid_cbor() {
    return error(ErrorKind::InvalidInput, "cbor_invalid", "not the CBOR that WebAuthn defines");
}

struct Decoded {
    CborItem item;
    bool refused = false;
};

void put(void* context, Kind kind, std::uint64_t value) {
    auto& decoded = *static_cast<Decoded*>(context);
    decoded.item.kind = kind;
    decoded.item.value = value;
}

void put_string(void* context, Kind kind, cbor_data data, std::uint64_t size) {
    put(context, kind, size);
    static_cast<Decoded*>(context)->item.bytes = ByteView(data, static_cast<std::size_t>(size));
}

void refuse(void* context) {
    static_cast<Decoded*>(context)->refused = true;
}

/// Written over libcbor's empty callbacks; generic, because sizes are size_t in libcbor 0.8 and uint64_t
/// later.
cbor_callbacks callbacks() {
    auto table = cbor_empty_callbacks;
    auto const number = [](void* context, auto value) { put(context, Kind::Unsigned, value); };
    table.uint8 = number;
    table.uint16 = number;
    table.uint32 = number;
    table.uint64 = number;
    auto const negative = [](void* context, auto value) { put(context, Kind::Negative, value); };
    table.negint8 = negative;
    table.negint16 = negative;
    table.negint32 = negative;
    table.negint64 = negative;
    table.byte_string = [](void* context, cbor_data data, auto size) {
        put_string(context, Kind::Bytes, data, size);
    };
    table.string = [](void* context, cbor_data data, auto size) {
        put_string(context, Kind::Text, data, size);
    };
    table.array_start = [](void* context, auto size) { put(context, Kind::Array, size); };
    table.map_start = [](void* context, auto size) { put(context, Kind::Map, size); };
    table.byte_string_start = refuse;
    table.string_start = refuse;
    table.indef_array_start = refuse;
    table.indef_map_start = refuse;
    table.indef_break = refuse;
    table.tag = [](void* context, auto) { refuse(context); };
    return table;
}

} // namespace

std::int64_t CborItem::integer() const {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max());
    if (value > most || (kind != Kind::Unsigned && kind != Kind::Negative))
        return std::numeric_limits<std::int64_t>::min();
    auto const number = static_cast<std::int64_t>(value);
    return kind == Kind::Unsigned ? number : -1 - number;
}

Result<CborItem> CborReader::next() {
    static cbor_callbacks const table = callbacks();
    Decoded decoded;
    if (rest_.empty())
        return invalid_cbor();
    auto const result = cbor_stream_decode(rest_.data(), rest_.size(), &table, &decoded);
    if (result.status != CBOR_DECODER_FINISHED || result.read == 0 || result.read > rest_.size() ||
        decoded.refused)
        return invalid_cbor();
    bool const holds_items = decoded.item.kind == Kind::Array || decoded.item.kind == Kind::Map;
    if (holds_items && decoded.item.value > entries_max)
        return invalid_cbor();
    rest_ = rest_.subspan(result.read);
    return decoded.item;
}

Result<void> CborReader::skip() {
    return skip(0);
}

Result<void> CborReader::skip(int depth) {
    if (depth > depth_max)
        return invalid_cbor();
    auto const item = TRY(next());
    auto const inside = item.kind == Kind::Array ? item.value : item.kind == Kind::Map ? 2 * item.value : 0;
    for (std::uint64_t i = 0; i < inside; ++i)
        TRY(skip(depth + 1));
    return ok();
}

Result<void> CborReader::map(std::function<Result<void>(CborItem const& key)> const& entry) {
    auto const head = TRY(next());
    if (head.kind != Kind::Map)
        return invalid_cbor();
    std::vector<std::pair<Kind, std::string>> seen;
    for (std::uint64_t i = 0; i < head.value; ++i) {
        auto const key = TRY(next());
        if (key.kind == Kind::Array || key.kind == Kind::Map || key.kind == Kind::Other)
            return invalid_cbor();
        bool const is_number = key.kind == Kind::Unsigned || key.kind == Kind::Negative;
        auto name =
            std::pair(key.kind, is_number ? std::to_string(key.value) : std::string(as_text(key.bytes)));
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            return invalid_cbor();
        seen.push_back(std::move(name));
        TRY(entry(key));
    }
    return ok();
}

} // namespace portico::central
