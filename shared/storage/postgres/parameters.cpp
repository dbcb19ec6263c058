#include "shared/storage/postgres/connection.h"
#include "shared/storage/postgres/types.h"

namespace portico::storage {

void PostgresParameters::put(int index, Oid type, std::string bytes) {
    auto const at = static_cast<std::size_t>(index - 1);
    if (values_.size() <= at)
        values_.resize(at + 1);
    values_[at] = Value{type, std::move(bytes)};
}

void PostgresParameters::integer(int index, std::int64_t value) {
    auto const bits = static_cast<std::uint64_t>(value);
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        bytes[i] = static_cast<char>(bits >> (56 - 8 * i));
    put(index, postgres_type::int8, std::move(bytes));
}

void PostgresParameters::text(int index, std::string_view value) {
    put(index, postgres_type::text, std::string(value));
}

void PostgresParameters::blob(int index, ByteView value) {
    put(index, postgres_type::bytea, std::string(as_text(value)));
}

void PostgresParameters::null(int index) {
    put(index, 0, {});
}

std::string PostgresParameters::signature() const {
    std::string letters;
    for (auto const& value : values_)
        letters += value.type == postgres_type::int8   ? 'i'
                   : value.type == postgres_type::text ? 't'
                   : value.type == 0                   ? 'n'
                                                       : 'b';
    return letters;
}

std::vector<Oid> PostgresParameters::types() const {
    std::vector<Oid> types;
    for (auto const& value : values_)
        types.push_back(value.type);
    return types;
}

std::vector<char const*> PostgresParameters::pointers() const {
    std::vector<char const*> pointers;
    for (auto const& value : values_)
        pointers.push_back(value.type == 0 ? nullptr : value.bytes.data());
    return pointers;
}

std::vector<int> PostgresParameters::lengths() const {
    std::vector<int> lengths;
    for (auto const& value : values_)
        lengths.push_back(static_cast<int>(value.bytes.size()));
    return lengths;
}

} // namespace portico::storage
