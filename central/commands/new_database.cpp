#include "central/commands/new_database.h"

namespace portico::central {

Result<void> check_new_database(StoreAddress const& address) {
    if (address.server() == nullptr)
        return ok();
    auto database = TRY(address.connect());
    auto query = TRY(database.prepare(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'schema_version'"));
    TRY(query.step());
    if (query.integer(0) == 0)
        return ok();
    // The keys of a new data folder do not open what another's sealed.
    return error(
        ErrorKind::Conflict, "database_in_use",
        "the database at " + address.server()->shown() +
            " holds a central already. For another node of it run portico-central node add beside the "
            "first; for a new central name an empty database");
}

} // namespace portico::central
