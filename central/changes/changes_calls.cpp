#include "central/changes/changes_calls.h"

#include "central/changes/change_feed.h"
#include "central/services.h"

#include <algorithm>

namespace portico::central {

Result<api::ChangesPage> get_changes(Call& call, api::ChangesQuery const& query) {
    if (query.limit < 1 || query.limit > ChangeFeed::page_max || query.wait < 0)
        return error(ErrorKind::InvalidInput, "query_invalid", "limit is 1 to 500, wait is 0 or more");
    ChangeFeed::Puller const puller{call.caller.terminal, call.caller.program == "agent"};
    auto page = TRY(call.services.changes->page(puller, query.after, query.limit));
    if (page.changes.empty() && !page.restart)
        call.wait_s = std::min(query.wait, ChangeFeed::wait_max_s);
    return page;
}

} // namespace portico::central
