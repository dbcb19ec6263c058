#include "central/cases/protected_record.h"

#include "central/auth/accounts.h"
#include "shared/domain/plain_text.h"

#include <algorithm>

namespace portico::central {

Result<bool> is_protected(storage::Database& database, MemberRecord const& record) {
    auto query = TRY(database.prepare("SELECT 1 FROM auth_account WHERE own_patient = $1"));
    query.bind(1, record.member.id.text());
    bool const colleague = TRY(query.step());
    return colleague || record.restricted.value_or(false);
}

Result<bool> glass_is_broken(storage::Database& database, CaseFile const& file) {
    auto query = TRY(database.prepare("SELECT 1 FROM case_glass WHERE case_id = $1 AND staff = $2"));
    query.bind(1, file.id).bind(2, file.owner.text());
    return query.step();
}

Result<bool> glass_was_broken(storage::Database& database, std::string const& case_id, StaffId const& staff,
                              UtcTime at) {
    auto query =
        TRY(database.prepare("SELECT 1 FROM case_glass WHERE case_id = $1 AND staff = $2 AND at_us <= $3"));
    query.bind(1, case_id).bind(2, staff.text()).bind(3, to_micros(at));
    return query.step();
}

Result<bool> break_glass_of(storage::Database& database, Vault const& vault, Clock const& clock,
                            CaseFile const& file, std::string_view reason) {
    // What is only blanks is no reason.
    auto const letters =
        character_count(reason) - static_cast<std::size_t>(std::count(reason.begin(), reason.end(), ' '));
    if (!is_plain_text(reason) || letters < glass_reason_characters_min ||
        character_count(reason) > glass_reason_characters_max)
        return error(ErrorKind::InvalidInput, "glass_reason_invalid",
                     "say in 10 to 500 characters, on one line, why this record must be opened");
    if (TRY(glass_is_broken(database, file)))
        return false;
    auto insert = TRY(database.prepare(
        "INSERT INTO case_glass (case_id, staff, at_us, reason_sealed) VALUES ($1, $2, $3, $4)"));
    insert.bind(1, file.id).bind(2, file.owner.text()).bind(3, to_micros(clock.now()));
    auto const place = "case_glass " + file.id + " " + file.owner.text();
    TRY(insert.bind(4, ByteView(seal_text(vault, place, reason))).run());
    return true;
}

} // namespace portico::central
