#pragma once

#include "central/plan/find_keys.h"
#include "central/plan/plan_records.h"
#include "central/store/vault.h"
#include "shared/base/encoding.h"

#include <string>
#include <vector>

namespace portico::central {

/// A record encoded, hashed and sealed, ready to be written. Made on any thread.
struct PreparedRecord {
    enum class Table : std::uint8_t { Member, Coverage, Eob, Part, FormularyItem };
    Table table{};
    RecordVersion version;
    Bytes content_hash;

    // Personal
    Bytes member_key;
    Bytes record_key;
    Bytes summary;
    Bytes sealed;
    std::vector<Bytes> index_keys;
    FindKeys find_keys; ///< of a member

    // Not personal
    std::string kind; ///< of a part: "practitioner", "organization", "location", "service", "role",
                      ///< "affiliation", "plan", "drug"
    std::string id;
    std::string lookup; ///< what else a part is found by
    std::string body;
    FormularyItemRecord item;

    std::size_t bytes() const { return sealed.size() + summary.size() + body.size() + 256; }
};

PreparedRecord prepare(PlanRecordBody const& body, RecordVersion const& version, Vault const& vault);

} // namespace portico::central
