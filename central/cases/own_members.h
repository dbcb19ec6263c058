#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <vector>

namespace portico::central {

/// On whom a staff member never works: the member that they are, and whoever stands under one subscriber's
/// number with that one, by a coverage that is or was good. Nobody for who is no member. Read anew for each
/// decision: the plan's data changes.
class OwnMembers {
public:
    /// Errors: those of the store; Corrupt "record_seal_broken".
    static Result<OwnMembers> of(storage::Database& database, Vault const& vault, Clock const& clock,
                                 StaffId const& staff);

    bool has(PatientId const& patient) const;
    std::vector<PatientId> const& all() const { return all_; }

private:
    std::vector<PatientId> all_;
};

/// Refused "own_matter".
Error own_matter();

} // namespace portico::central
