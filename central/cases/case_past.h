#pragma once

#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <string>
#include <string_view>

/// Who had a case from when on, who spoke in it, and what was shown: rows that are added to and never
/// changed. Writes run inside the caller's write transaction.
namespace portico::central {

Result<void> note_holder(storage::Database& database, std::string const& case_id, StaffId const& staff,
                         UtcTime from);

struct CaseProof {
    StaffId staff;
    std::string_view way;
    UtcTime at;
};
Result<void> note_proof(storage::Database& database, std::string const& case_id, CaseProof const& proof);

struct CaseSpeaker {
    std::string_view authority; ///< empty: the member
    Bytes prover_hash;
    Bytes prover_sealed;
    UtcTime from;
};
/// Who speaks from now on; proofs that were noted before are none of theirs.
Result<void> note_speaker(storage::Database& database, std::string const& case_id,
                          CaseSpeaker const& speaker);

} // namespace portico::central
