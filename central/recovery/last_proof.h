#pragma once

#include "central/store/vault.h"
#include "shared/api/recovery.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <optional>
#include <string>

namespace portico::central {

/// By which proof the visit was opened that goes on now in a recovery, as a keyed hash of it with the kiosk
/// and the kiosk's own visit. Codes work once; a kiosk to which the answer was lost would else have used them
/// up for nothing. Inside the caller's write transaction. Errors: those of the store.
class LastProof {
public:
    LastProof(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    /// Takes the place of the one before. Of a request without a visit nothing is kept.
    Result<void> keep(storage::Database& database, std::string const& recovery, TerminalId const& kiosk,
                      api::ProveRecovery const& shown, SessionId const& opened) const;
    /// The session that was opened by the same: nothing for another kiosk, visit, code or way, and when the
    /// codes that were shown would have run out. What a key or chip card shows is not in it, for that is new
    /// each time.
    Result<std::optional<SessionId>> opened_by(storage::Database& database, std::string const& recovery,
                                               TerminalId const& kiosk,
                                               api::ProveRecovery const& shown) const;
    /// The recovery has ended.
    static Result<void> forget(storage::Database& database, std::string const& recovery);

private:
    Bytes hash_of(std::string const& recovery, TerminalId const& kiosk,
                  api::ProveRecovery const& shown) const;

    Vault const& vault_;
    Clock const& clock_;
};

} // namespace portico::central
