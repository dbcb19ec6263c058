#include "central/plan/find_keys.h"

#include "central/plan/plan_keys.h"
#include "shared/domain/directory.h"
#include "shared/domain/name_folding.h"
#include "shared/domain/phone_number.h"

namespace portico::central {

namespace {

std::int64_t short_key(Vault const& vault, std::string_view kind, std::string const& text) {
    auto const hash = plan_key(vault, kind, text);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeof bits; ++i)
        bits = bits << 8U | hash[i];
    return static_cast<std::int64_t>(bits);
}

std::optional<std::int64_t> pair_key(Vault const& vault, std::string_view kind, std::string const& one,
                                     std::string const& other) {
    if (one.empty() || other.empty())
        return std::nullopt;
    // Two line feeds, which no fact has: no two pairs are one text.
    return short_key(vault, kind, one + "\n\n" + other);
}

} // namespace

std::string find_name(std::string_view given, std::string_view family) {
    auto const first = folded_name(given);
    auto const last = folded_name(family);
    return first.empty() || last.empty() ? std::string() : first + "\n" + last;
}

FindFacts find_facts(Member const& member) {
    FindFacts facts;
    facts.name = find_name(member.name.given, member.name.family);
    if (member.birth_date.has_day())
        facts.birth_date = member.birth_date.text();
    if (auto zip = zip5(member.address.zip); zip.has_value())
        facts.zip = std::move(zip).value();
    facts.phone = e164(member.phone);
    return facts;
}

FindKeys find_keys(Vault const& vault, FindFacts const& facts) {
    return {pair_key(vault, "name_birth", facts.name, facts.birth_date),
            pair_key(vault, "name_zip", facts.name, facts.zip),
            pair_key(vault, "birth_zip", facts.birth_date, facts.zip), phone_key(vault, facts.phone)};
}

std::optional<std::int64_t> phone_key(Vault const& vault, std::string const& number) {
    if (number.empty())
        return std::nullopt;
    return short_key(vault, "phone", number);
}

} // namespace portico::central
