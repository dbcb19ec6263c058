#pragma once

#include "shared/documents/texts.h"
#include "shared/domain/eob.h"

#include <string>
#include <vector>

namespace portico::documents {

/// A code on an EOB and what it says to a reader.
struct ReasonWords {
    std::string code;
    std::string words;
    bool operator==(ReasonWords const&) const = default;
};

/// Our words for the code (domain's `reason_meaning`) in the reader's language; else the sender's own; else a
/// sentence that says there were none. The code is always kept.
ReasonWords reason_words(Code const& reason, Texts const& texts);

/// The codes of one line, in order, each once.
std::vector<std::string> reason_codes(EobLine const& line);

/// Every reason on the EOB, each once, in order of appearance.
std::vector<ReasonWords> all_reasons(Eob const& eob, Texts const& texts);

} // namespace portico::documents
