#pragma once

#include "central/store/vault.h"
#include "shared/base/encoding.h"

#include <string>
#include <string_view>

/// How personal records are found and what their seals are bound to.
namespace portico::central {

/// Keyed hashes are cut to so many bytes: enough that two of 10^9 never meet by chance.
inline constexpr std::size_t plan_key_bytes = 16;

/// The key of `text` among things of one kind ("member", "coverage", "eob", "number", "subscriber").
inline Bytes plan_key(Vault const& vault, std::string_view kind, std::string_view text) {
    auto hash = crypto::keyed_hash(vault.index, std::string(kind) + "/" + std::string(text));
    hash.resize(plan_key_bytes);
    return hash;
}

/// A sealed record opens only in the row it was written for.
inline std::string seal_context(std::string_view table, ByteView member_key, ByteView record_key) {
    return std::string(table) + "/" + to_hex(member_key) + "/" + to_hex(record_key);
}

/// Member numbers are compared without blanks and without regard to case.
inline std::string plain_number(std::string_view number) {
    std::string out;
    for (char const c : number)
        if (c != ' ')
            out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    return out;
}

} // namespace portico::central
