#pragma once

#include "shared/documents/texts.h"
#include "shared/domain/eob.h"

#include <string>
#include <vector>

namespace portico::documents {

/// A code on an EOB and what it means to a reader.
struct ReasonMeaning {
    std::string code;
    std::string meaning;
    bool operator==(ReasonMeaning const&) const = default;
};

/// Plain words for the common X12 claim adjustment reasons (CARC); else the sender's own words; else a
/// sentence that says there were none. The code is always kept.
ReasonMeaning reason_meaning(Code const& reason, Texts const& texts);

/// The codes of one line, in order, each once.
std::vector<std::string> reason_codes(EobLine const& line);

/// Every reason on the EOB, each once, in order of appearance.
std::vector<ReasonMeaning> all_reasons(Eob const& eob, Texts const& texts);

} // namespace portico::documents
