#include "central/plan/household.h"

#include "central/plan/plan_data.h"

namespace portico::central {

Result<std::vector<Bytes>> household(storage::Database& database, Vault const& vault,
                                     std::string const& subscriber) {
    auto query = TRY(
        database.prepare("SELECT DISTINCT member_key FROM plan_member_index WHERE index_key = $1 LIMIT $2"));
    auto const key = plan_key(vault, "subscriber", subscriber);
    query.bind(1, ByteView(key)).bind(2, std::int64_t{PlanData::family_size_max} + 1);
    std::vector<Bytes> keys;
    while (TRY(query.step()))
        keys.push_back(query.blob(0));
    if (keys.size() > PlanData::family_size_max)
        keys.clear();
    return keys;
}

} // namespace portico::central
