#include "central/cases/caller_facts.h"

#include "central/plan/personal_reads.h"
#include "shared/domain/directory.h"
#include "shared/domain/plain_text.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr int facts_min = 2;
constexpr std::size_t member_id_characters_max = 64;
constexpr std::size_t name_characters_max = 100;

Error invalid(char const* reason, char const* message) {
    return error(ErrorKind::InvalidInput, reason, message);
}

Result<std::string> member_id_of(std::string const& text) {
    auto number = plain_number(text);
    bool const printed = std::all_of(number.begin(), number.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '/';
    });
    if (!printed || number.empty() || number.size() > member_id_characters_max)
        return invalid("member_id_invalid", "member_id: the letters and digits as they stand on the card");
    return number;
}

bool is_name_part(std::string const& part) {
    return part.size() <= 4 * name_characters_max && is_plain_text(part) &&
           character_count(part) <= name_characters_max && part.find_first_of("*?%_\"<>") == part.npos;
}

Result<std::string> name_of(api::CallerName const& name) {
    auto found = is_name_part(name.given) && is_name_part(name.family) ? find_name(name.given, name.family)
                                                                       : std::string();
    if (found.empty())
        return invalid("name_invalid", "name: all given names and the family name, each in full");
    return found;
}

Result<std::string> birth_date_of(std::string const& text) {
    auto const day = Date::parse(text);
    if (day.has_error() || !day.value().has_day() || day.value().text() != text)
        return invalid("birth_date_invalid", "birth_date: a day of the calendar, YYYY-MM-DD");
    return text;
}

Result<std::string> zip_of(std::string const& text) {
    auto zip = zip5(text);
    if (zip.has_error())
        return invalid("zip_invalid", "zip: five digits, or nine");
    return zip;
}

struct Lookup {
    std::string_view where;
    std::int64_t key = 0; ///< of two facts
    Bytes number;         ///< of a member id
};

/// By the facts that the fewest people share.
Lookup lookup_of(Vault const& vault, CallerFacts const& facts) {
    if (!facts.member_id.empty())
        return {"record_key IN (SELECT member_key FROM plan_member_index WHERE index_key = $1)", 0,
                plan_key(vault, "number", facts.member_id)};
    auto const keys = find_keys(vault, facts.others);
    if (keys.name_birth)
        return {"name_birth = $1", *keys.name_birth, {}};
    if (keys.birth_zip)
        return {"birth_zip = $1", *keys.birth_zip, {}};
    return {"name_zip = $1", keys.name_zip.value_or(0), {}};
}

bool fits(Member const& member, FindFacts const& said) {
    auto const has = find_facts(member);
    return (said.name.empty() || said.name == has.name) &&
           (said.birth_date.empty() || said.birth_date == has.birth_date) &&
           (said.zip.empty() || said.zip == has.zip);
}

} // namespace

Result<CallerFacts> caller_facts(api::IdentifyCaller const& request) {
    CallerFacts facts;
    if (request.member_id)
        facts.member_id = TRY(member_id_of(*request.member_id));
    if (request.name)
        facts.others.name = TRY(name_of(*request.name));
    if (request.birth_date)
        facts.others.birth_date = TRY(birth_date_of(*request.birth_date));
    if (request.zip)
        facts.others.zip = TRY(zip_of(*request.zip));
    auto const said = int{request.member_id.has_value()} + int{request.name.has_value()} +
                      int{request.birth_date.has_value()} + int{request.zip.has_value()};
    if (said < facts_min)
        return invalid("facts_few", "ask for two facts at least: member ID, full name, birth date, ZIP");
    return facts;
}

Result<std::optional<PatientId>> find_caller(storage::Database& database, Vault const& vault,
                                             CallerFacts const& facts) {
    auto const lookup = lookup_of(vault, facts);
    auto query = TRY(database.prepare("SELECT record_key, sealed FROM plan_member WHERE " +
                                      std::string(lookup.where) + " LIMIT $2"));
    if (lookup.number.empty())
        query.bind(1, lookup.key);
    else
        query.bind(1, ByteView(lookup.number));
    query.bind(2, static_cast<std::int64_t>(candidates_max + 1));
    std::optional<PatientId> found;
    std::size_t fitting = 0;
    std::size_t candidates = 0;
    while (TRY(query.step())) {
        auto const key = query.blob(0);
        auto const record =
            TRY(open_sealed_record<MemberRecord>(vault, "plan_member", key, key, query.blob(1)));
        ++candidates;
        if (!fits(record.member, facts.others))
            continue;
        ++fitting;
        found = record.member.id;
    }
    if (fitting != 1 || candidates > candidates_max)
        return std::optional<PatientId>();
    return found;
}

} // namespace portico::central
