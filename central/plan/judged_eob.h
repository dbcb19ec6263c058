#pragma once

#include "shared/base/encoding.h"
#include "shared/domain/eob_alone.h"

#include <string>
#include <string_view>

namespace portico::central {

/// What an EOB says without a look at anything else, worked out when it is imported and sealed beside it
/// (StoredSummary::judged), so that a list of claims opens no EOB.
struct JudgedEob {
    int version = 0;        ///< eob_alone_version of the program that judged
    std::string of;         ///< `eob_seal` of the record that was judged
    bool sensitive = false; ///< Eob::sensitive
    EobAlone alone;
};

/// What tells one sealing of a record from every other: the tag of AES-256-GCM at its end. Without the key
/// nobody makes another record of the same tag that opens.
ByteView eob_seal_tag(ByteView sealed);
/// The tag in hex; given the record or its tag alone.
std::string eob_seal(ByteView sealed);
/// The tag of plan_eob.sealed, in words that both engines read.
inline constexpr std::string_view eob_seal_tag_sql = "substr(sealed, length(sealed) - 15)";

JudgedEob judge(Eob const& eob, ByteView sealed);

/// Whether it is what this program would say of the record with that seal. It is not when the EOB was
/// replaced since, when somebody put an older summary back, or when other rules judged.
bool counts_for(JudgedEob const& judged, std::string_view seal);

} // namespace portico::central
