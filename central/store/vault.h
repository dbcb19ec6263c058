#pragma once

#include "shared/crypto/sealing.h"

#include <filesystem>

namespace portico::central {

/// Central's keys, in files of the data folder beside the database, never in it. Read by their owner only.
struct Vault {
    crypto::RecordKey records;      ///< seals records
    crypto::RecordKey index;        ///< keyed-hash indexes
    crypto::SealingKeyPair sealing; ///< opens what terminals sealed

    /// Makes new keys in `data`/keys. Errors: Conflict "keys_exist": they are never overwritten.
    static Result<Vault> create(std::filesystem::path const& data);
    /// Errors: NotFound "keys_missing": run init, or restore the keys folder; Corrupt "keys_damaged".
    static Result<Vault> open(std::filesystem::path const& data);
};

} // namespace portico::central
