#pragma once

#include "shared/domain/code.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace portico {

/// What a reason or remark code on an EOB means, for a member. Our own words.
struct ReasonMeaning {
    std::string_view code;
    std::string_view text_en;
    std::string_view text_es;
    std::string_view text_ar;
};

/// The meaning of an X12 claim adjustment reason code (CARC: "45", "CO-45") or remittance remark code (RARC:
/// "N130"); nothing for a code we have no words for, or of another system: then the code itself is shown,
/// with the payer's own text. The system counts: "1" of some payer's list is not CARC 1.
std::optional<ReasonMeaning> reason_meaning(Code const& code);

/// Whether the code says why an amount is as it is. Those of C4BBPayerAdjudicationStatus (CARIN Blue Button)
/// stand in the same FHIR element and say something else: the network's status, or paid and denied, each
/// shown in its own place.
bool says_why(Code const& code);

std::size_t reason_meaning_count();
/// Of `reason_meaning_count()`; for tests and the documentation.
ReasonMeaning const& reason_meaning_at(std::size_t index);

} // namespace portico
