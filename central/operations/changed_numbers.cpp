#include "central/operations/changed_numbers.h"

#include "central/operations/rule.h"
#include "central/plan/find_keys.h"
#include "central/plan/plan_keys.h"
#include "shared/api/json.h"
#include "shared/domain/phone_number.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace portico::central {

namespace {

struct Unnumbered {
    Bytes patient_hash;
    std::string operation;
    api::ChangeContactDetails change;
    std::optional<PatientId> patient;
};

Result<std::vector<Unnumbered>> unnumbered(storage::Database& database, Vault const& vault, int changes_max) {
    auto query = TRY(database.prepare("SELECT patient_hash, operation, body_sealed FROM contact_change"
                                      " WHERE numbered = 0 LIMIT $1"));
    query.bind(1, std::int64_t{changes_max});
    std::vector<Unnumbered> changes;
    while (TRY(query.step())) {
        Unnumbered change{query.blob(0), query.text(1), {}, {}};
        auto const plain =
            crypto::open_record(vault.records, "contact_change/" + change.operation, query.blob(2));
        if (plain.has_value()) {
            auto read =
                api::from_json<api::ChangeContactDetails>(as_text(plain.value()), api::UnknownFields::Ignore);
            if (read.has_value())
                change.change = std::move(read).value();
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

/// Who made a change was signed in: their account names them, where the change has a hash alone.
Result<void> name_patients(storage::Database& database, Vault const& vault,
                           std::vector<Unnumbered>& changes) {
    std::multimap<Bytes, Unnumbered*> wanted;
    for (auto& change : changes)
        wanted.emplace(change.patient_hash, &change);
    auto query = TRY(database.prepare("SELECT patient FROM auth_account WHERE patient IS NOT NULL"));
    while (TRY(query.step())) {
        PatientId const patient(query.text(0));
        auto const [from, to] = wanted.equal_range(patient_hash(vault, patient));
        for (auto each = from; each != to; ++each)
            each->second->patient = patient;
    }
    return ok();
}

} // namespace

void bind_changed_number(storage::Statement& statement, int from, Vault const& vault,
                         api::ChangeContactDetails const& change, PatientId const& patient) {
    auto const key = phone_key(vault, e164(change.phone.value_or("")));
    if (key)
        statement.bind(from, *key);
    else
        statement.bind_null(from);
    statement.bind(from + 1, ByteView(plan_key(vault, "member", patient.text())));
}

Result<int> fill_changed_numbers(Store& store, Vault const& vault, int changes_max) {
    auto const changes = TRY(store.read<std::vector<Unnumbered>>(
        [&](storage::Database& database) -> Result<std::vector<Unnumbered>> {
            auto found = TRY(unnumbered(database, vault, changes_max));
            if (!found.empty())
                TRY(name_patients(database, vault, found));
            return found;
        }));
    if (changes.empty())
        return 0;
    TRY(store.write([&](storage::Database& database) -> Result<void> {
        auto number = TRY(database.prepare("UPDATE contact_change SET phone_key = $3, member_key = $4,"
                                           " numbered = 1 WHERE patient_hash = $1 AND operation = $2"));
        auto none = TRY(database.prepare("UPDATE contact_change SET numbered = 1 WHERE patient_hash = $1"
                                         " AND operation = $2"));
        for (auto const& each : changes) {
            auto& update = each.patient ? number : none;
            update.bind(1, ByteView(each.patient_hash)).bind(2, each.operation);
            if (each.patient)
                bind_changed_number(update, 3, vault, each.change, *each.patient);
            TRY(update.run());
        }
        return ok();
    }));
    return static_cast<int>(changes.size());
}

} // namespace portico::central
