#pragma once

#include "central/store/vault.h"
#include "shared/domain/member.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What finds a member by facts that a caller says of themselves.
namespace portico::central {

/// Facts as they are compared; empty: not known.
struct FindFacts {
    std::string name;       ///< given and family, each folded (`folded_name`), a line feed between
    std::string birth_date; ///< YYYY-MM-DD
    std::string zip;        ///< five digits
    std::string phone = {}; ///< E.164
};
FindFacts find_facts(Member const& member);
/// Empty when one of the two is.
std::string find_name(std::string_view given, std::string_view family);

/// The first 64 bits of keyed hashes of two facts each; nothing where one of them is not known. Never of a
/// birth date or a ZIP alone: whoever reads the database could count its people by them. A phone number has
/// no second fact beside it when it rings; it tells who shares one, and no more.
struct FindKeys {
    std::optional<std::int64_t> name_birth;
    std::optional<std::int64_t> name_zip;
    std::optional<std::int64_t> birth_zip;
    std::optional<std::int64_t> phone;
};
FindKeys find_keys(Vault const& vault, FindFacts const& facts);
/// Of a number as `e164` gives it; nothing for an empty one.
std::optional<std::int64_t> phone_key(Vault const& vault, std::string const& number);

} // namespace portico::central
