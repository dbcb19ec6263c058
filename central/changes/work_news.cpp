#include "central/changes/work_news.h"

namespace portico::central {

Result<void> note_work_changed(storage::Database& database) {
    TRY(next_count(database, work_feed));
    return ok();
}

} // namespace portico::central
