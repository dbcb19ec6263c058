#pragma once

#include "central/audit/record.h"
#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/crypto/sealing.h"
#include "shared/storage/database.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// The append-only audit: one chain of records a node, each sealed and carrying the hash of the one before it
/// (HMAC-SHA256 under a key outside the database). `append` belongs into the transaction of the change that
/// it records; a read's record is written before the reply leaves.
/// Safe from any thread that holds a database of its own.
class AuditLog {
public:
    AuditLog(Clock& clock, crypto::RecordKey const& records, crypto::RecordKey const& index,
             std::string node);

    /// Schema of the audit. Safe to call again.
    static Result<void> migrate(storage::Database& database);

    /// Adds one record inside the caller's write transaction.
    Result<void> append(storage::Database& database, AuditRecord record) const;

    /// Calls `each` for every record of every chain in order, with the hash that stands beside it. The record
    /// is empty when it does not open. Errors: of the store, or that of `each`.
    using EachRecord = std::function<Result<void>(std::string const& node, std::int64_t sequence,
                                                  ByteView stored_hash, std::optional<AuditRecord> const&)>;
    Result<void> each_record(storage::Database& database, EachRecord const& each) const;

    /// Whether the first record of all opens under these keys; true when there is none.
    Result<bool> opens_first_record(storage::Database& database) const;

    /// Where a chain ends.
    struct Head {
        std::string node;
        std::int64_t sequence = 0;
        Bytes hash;
    };
    Result<std::vector<Head>> heads(storage::Database& database) const;

    /// HMAC that a checkpoint line carries, so that a line cannot be made up.
    Bytes checkpoint_mac(std::string_view line) const;
    /// The hash that stands beside a record in the store.
    Bytes record_hash(AuditRecord const& record) const;

    std::string const& node() const { return node_; }
    Clock& clock() const { return clock_; }

private:
    Clock& clock_;
    crypto::RecordKey sealing_key_;
    crypto::RecordKey chain_key_;
    crypto::RecordKey checkpoint_key_;
    std::string node_;
};

/// What a verification found.
struct AuditVerdict {
    std::int64_t record_count = 0;
    std::int64_t checkpoint_count = 0;
    std::vector<std::string> faults; ///< one sentence each: chain, sequence, what is wrong
};
/// Checks every chain from its first record on: nothing edited, deleted, reordered; and against `checkpoints`
/// (text of the file, may be empty) nothing cut off.
Result<AuditVerdict> verify_audit(AuditLog const& log, storage::Database& database,
                                  std::string_view checkpoints);

} // namespace portico::central
