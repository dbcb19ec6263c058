#pragma once

#include "central/plan/prepared_record.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <optional>

namespace portico::central {

/// What became of a record.
enum class Applied : std::uint8_t {
    Added,
    Replaced,
    Unchanged, ///< the same content stands already
    Older,     ///< a later version stands, or this content was replaced before
};

/// Writes records inside one transaction. A later version replaces, an earlier one does not. Of two contents
/// with the same version the one read later stands, and the other is remembered, so that reading both again
/// changes nothing.
class PlanWriter {
public:
    static Result<PlanWriter> begin(storage::Database& database);
    Result<Applied> apply(PreparedRecord const& record);
    /// Moves the revisions on when something changed.
    Result<void> finish();

private:
    /// The statements of one table.
    struct Table {
        storage::Statement find;
        storage::Statement write;
    };
    struct Present {
        RecordVersion version;
        Bytes content_hash;
        Bytes member_key;
    };

    PlanWriter(storage::Database& database, Table member, Table coverage, Table eob, Table part, Table item,
               storage::Statement find_superseded, storage::Statement add_superseded);
    Table& table_of(PreparedRecord const& record);
    Result<std::optional<Present>> find(PreparedRecord const& record);
    Result<void> write(PreparedRecord const& record);
    Result<void> leave_former_member(PreparedRecord const& record, Bytes const& former);
    Result<void> write_index(PreparedRecord const& record);
    Result<bool> is_superseded(PreparedRecord const& record);
    Result<void> supersede(PreparedRecord const& record, Bytes const& content_hash);

    storage::Database* database_;
    Table member_, coverage_, eob_, part_, item_;
    storage::Statement find_superseded_, add_superseded_;
    bool personal_changed_ = false;
    bool parts_changed_ = false;
};

} // namespace portico::central
