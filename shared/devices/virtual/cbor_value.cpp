#include "shared/devices/virtual/cbor_value.h"

#include <cbor.h>
#include <limits>

namespace portico {

namespace {

constexpr int depth_max = 8;
constexpr std::size_t entries_max = 256;

Error invalid_cbor() {
    return error(ErrorKind::InvalidInput, "cbor_invalid", "not the CBOR that CTAP2 uses");
}

void append_head(Bytes& out, unsigned major, std::uint64_t count) {
    unsigned char head[9];
    auto const size = cbor_encode_uint(count, head, sizeof head);
    head[0] = static_cast<unsigned char>(head[0] | (major << 5U));
    out.insert(out.end(), head, head + size);
}

Result<CborValue> convert(cbor_item_t* item, int depth);

Result<CborValue> convert_array(cbor_item_t* item, int depth) {
    if (!cbor_array_is_definite(item) || cbor_array_size(item) > entries_max)
        return invalid_cbor();
    CborValue::Array items;
    for (std::size_t i = 0; i < cbor_array_size(item); ++i)
        items.push_back(TRY(convert(cbor_array_handle(item)[i], depth + 1)));
    return CborValue(std::move(items));
}

Result<CborValue> convert_map(cbor_item_t* item, int depth) {
    if (!cbor_map_is_definite(item) || cbor_map_size(item) > entries_max)
        return invalid_cbor();
    CborValue::Map entries;
    for (std::size_t i = 0; i < cbor_map_size(item); ++i) {
        auto key = TRY(convert(cbor_map_handle(item)[i].key, depth + 1));
        entries.emplace_back(std::move(key), TRY(convert(cbor_map_handle(item)[i].value, depth + 1)));
    }
    return CborValue(std::move(entries));
}

Result<CborValue> convert_int(cbor_item_t* item) {
    auto const value = cbor_get_int(item);
    if (value > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
        return invalid_cbor();
    auto const number = static_cast<std::int64_t>(value);
    return CborValue(cbor_isa_negint(item) ? -1 - number : number);
}

Result<CborValue> convert(cbor_item_t* item, int depth) {
    if (depth > depth_max)
        return invalid_cbor();
    switch (cbor_typeof(item)) {
    case CBOR_TYPE_UINT:
    case CBOR_TYPE_NEGINT:
        return convert_int(item);
    case CBOR_TYPE_BYTESTRING:
        if (!cbor_bytestring_is_definite(item))
            return invalid_cbor();
        return CborValue(
            Bytes(cbor_bytestring_handle(item), cbor_bytestring_handle(item) + cbor_bytestring_length(item)));
    case CBOR_TYPE_STRING:
        if (!cbor_string_is_definite(item))
            return invalid_cbor();
        return CborValue(std::string(as_text({cbor_string_handle(item), cbor_string_length(item)})));
    case CBOR_TYPE_ARRAY:
        return convert_array(item, depth);
    case CBOR_TYPE_MAP:
        return convert_map(item, depth);
    case CBOR_TYPE_FLOAT_CTRL:
        if (cbor_is_bool(item))
            return CborValue(cbor_get_bool(item));
        return invalid_cbor();
    default:
        return invalid_cbor();
    }
}

} // namespace

Result<CborValue> CborValue::parse(ByteView bytes) {
    cbor_load_result loaded{};
    auto* item = cbor_load(bytes.data(), bytes.size(), &loaded);
    if (item == nullptr)
        return invalid_cbor();
    auto value = loaded.read == bytes.size() ? convert(item, 0) : Result<CborValue>(invalid_cbor());
    cbor_decref(&item);
    return value;
}

Bytes CborValue::encode() const {
    Bytes out;
    append_to(out);
    return out;
}

void CborValue::append_to(Bytes& out) const {
    if (auto const* flag = boolean()) {
        out.push_back(*flag ? 0xF5 : 0xF4);
    } else if (auto const* number = integer()) {
        if (*number >= 0)
            append_head(out, 0, static_cast<std::uint64_t>(*number));
        else
            append_head(out, 1, static_cast<std::uint64_t>(-1 - *number));
    } else if (auto const* data = bytes()) {
        append_head(out, 2, data->size());
        out.insert(out.end(), data->begin(), data->end());
    } else if (auto const* words = text()) {
        append_head(out, 3, words->size());
        out.insert(out.end(), words->begin(), words->end());
    } else if (auto const* items = array()) {
        append_head(out, 4, items->size());
        for (auto const& item : *items)
            item.append_to(out);
    } else if (auto const* entries = map()) {
        append_head(out, 5, entries->size());
        for (auto const& [key, value] : *entries) {
            key.append_to(out);
            value.append_to(out);
        }
    } else {
        out.push_back(0xF6);
    }
}

CborValue const* CborValue::find(CborValue const& key) const {
    if (auto const* entries = map()) {
        for (auto const& [name, value] : *entries)
            if (name == key)
                return &value;
    }
    return nullptr;
}

} // namespace portico
