#include "central/calls/candidates.h"

#include "central/cases/protected_record.h"
#include "central/operations/contact_details.h"
#include "central/plan/find_keys.h"
#include "central/plan/personal_reads.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/domain/masking.h"
#include "shared/domain/phone_number.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace portico::central {

namespace {

/// Whose number it is or was, as imported or changed; one more than is looked at, when there are more.
Result<std::vector<Bytes>> members_behind(storage::Database& database, std::int64_t key,
                                          std::int64_t now_us) {
    auto query = TRY(database.prepare(
        "SELECT record_key FROM plan_member WHERE phone = $1 UNION"
        " SELECT member_key FROM contact_change WHERE phone_key = $1 AND member_key IS NOT NULL"
        " AND withdrawn = 0 AND in_force_us <= $2 LIMIT $3"));
    query.bind(1, key).bind(2, now_us).bind(3, callers_max + 1);
    std::vector<Bytes> members;
    while (TRY(query.step()))
        members.push_back(query.blob(0));
    return members;
}

/// "A. S."; empty for who has another number now, and for a protected record.
Result<std::string> initials(storage::Database& database, RuleTools const& tools, Bytes const& member_key,
                             std::string const& number) {
    auto const record = TRY(read_member(database, tools.vault, member_key));
    if (!record || TRY(is_protected(database, *record)))
        return std::string();
    auto const contact = TRY(current_contact(tools, database, record->member.id));
    if (!contact || e164(contact->phone) != number)
        return std::string();
    auto const& name = record->member.name;
    auto const given = initial(name.given);
    auto const family = initial(name.family);
    return given + (given.empty() || family.empty() ? "" : " ") + family;
}

} // namespace

Result<api::Candidates> candidates_of(storage::Database& database, RuleTools const& tools,
                                      std::string const& number) {
    api::Candidates candidates;
    auto const key = phone_key(tools.vault, number);
    if (!key)
        return candidates;
    auto members = TRY(members_behind(database, *key, to_micros(tools.clock.now())));
    bool const many = static_cast<std::int64_t>(members.size()) > callers_max;
    if (many)
        members.pop_back();
    for (auto const& member : members)
        if (auto name = TRY(initials(database, tools, member, number)); !name.empty())
            candidates.names.push_back(std::move(name));
    // No order that tells anything.
    std::sort(candidates.names.begin(), candidates.names.end());
    candidates.more = candidates.names.size() > candidates_shown_max || (many && !candidates.names.empty());
    candidates.names.resize(std::min(candidates.names.size(), candidates_shown_max));
    return candidates;
}

Result<void> count_ring(storage::Database& database, Clock const& clock, StaffId const& staff) {
    auto const now_us = to_micros(clock.now());
    auto forget = TRY(database.prepare("DELETE FROM call_ring WHERE staff = $1 AND at_us <= $2"));
    TRY(forget.bind(1, staff.text()).bind(2, now_us - hour_us).run());
    auto count =
        TRY(database.prepare("SELECT count(*), coalesce(min(at_us), 0) FROM call_ring WHERE staff = $1"));
    count.bind(1, staff.text());
    TRY(count.step());
    if (count.integer(0) >= hour_candidates_max) {
        auto full = error(ErrorKind::TooMany, "candidates_hour_full",
                          "so many numbers are enough for an hour: ask the caller who they are");
        full.retry_after_s = (count.integer(1) + hour_us - now_us) / second_us + 1;
        return full;
    }
    count.reset();
    auto insert = TRY(database.prepare("INSERT INTO call_ring (id, staff, at_us) VALUES ($1, $2, $3)"));
    return insert.bind(1, make_uuid_v7(clock)).bind(2, staff.text()).bind(3, now_us).run();
}

} // namespace portico::central
