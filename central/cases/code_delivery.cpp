#include "central/cases/code_delivery.h"

#include "central/cases/caller_codes.h"
#include "central/changes/change_feed.h"

namespace portico::central {

Outbox::Listener code_listener(Vault const& vault, Clock const& clock, ChangeFeed& changes) {
    Outbox::Listener listener;
    listener.is_wanted = [&vault, &clock](storage::Database& database, std::string const& code) {
        return CallerCodes(vault, clock).is_waiting(database, code);
    };
    listener.lost = [&vault, &clock, &changes](storage::Database& database,
                                               std::string const& code) -> Result<void> {
        auto const desk = TRY(CallerCodes(vault, clock).set_unsent(database, code));
        return desk ? changes.tell(database, *desk, {"case_changed", ""}) : Result<void>(ok());
    };
    return listener;
}

} // namespace portico::central
