#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/documents/texts.h"
#include "shared/domain/directory.h"

#include <string>
#include <vector>

namespace portico::documents {

enum class PrintSize : std::uint8_t { Standard, Large };

/// A list of doctors to take home. Holds nothing about the person who printed it.
struct ProviderList {
    std::string plan_name;
    std::string searched_for; ///< in the reader's words: "Pediatrics near 06511"; may be empty
    std::vector<ProviderListing> providers;
    std::size_t found_count = 0; ///< how many the search found; more than `providers` is said
    Date directory_date;         ///< when the directory was last brought up to date; empty when unknown
    std::string service_phone;   ///< may be empty: a plan that has told no phone yet has doctors all the same
    std::string web;             ///< may be empty
};

inline constexpr std::size_t provider_list_rows_max = 500;

/// US letter, tagged; body 10 pt, or 18 pt in large print. Errors: InvalidInput "provider_list_too_long",
/// "letter_field_missing". Safe from any thread.
Result<Bytes> provider_list_pdf(ProviderList const& list, PrintSize size, Texts const& texts);

} // namespace portico::documents
