#pragma once

#include "central/audit/audit_log.h"
#include "central/store/store.h"

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace portico::central {

/// Where a chain stood at a moment, kept outside the store: what was cut off later is missed by it.
struct Checkpoint {
    std::string node;
    std::int64_t sequence = 0;
    std::string hash; ///< hexadecimal
    std::string at;   ///< UTC, RFC 3339
    std::string mac;  ///< HMAC-SHA256 over the other fields, hexadecimal
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (node, sequence, hash, at, mac))

/// One line of JSON without its line end.
std::string write_checkpoint(AuditLog const& log, AuditLog::Head const& head);
/// Errors: InvalidInput, Corrupt "checkpoint_forged".
Result<Checkpoint> read_checkpoint(AuditLog const& log, std::string_view line);
/// The lines of a checkpoint file that are not empty.
std::vector<std::string> checkpoint_lines(std::string_view text);

/// Appends a checkpoint for each chain that moved to a file outside the store, every `period` and at the end.
class CheckpointWriter {
public:
    /// How often checkpoints leave the store.
    static constexpr int checkpoint_period_s = 10;

    CheckpointWriter(AuditLog const& log, Store& store, std::filesystem::path file);
    CheckpointWriter(CheckpointWriter const&) = delete;
    CheckpointWriter& operator=(CheckpointWriter const&) = delete;
    ~CheckpointWriter();

    /// Writes now. Errors: Unavailable "checkpoint_unwritable"; those of the store.
    Result<void> write_now();

private:
    void run();

    AuditLog const& log_;
    Store& store_;
    std::filesystem::path file_;
    std::mutex guard_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::mutex writing_;
    std::map<std::string, std::int64_t> written_;
    std::thread thread_;
};

} // namespace portico::central
