#pragma once

#include "shared/documents/eob_letter.h"
#include "shared/documents/id_card_document.h"
#include "shared/documents/provider_list_document.h"
#include "shared/documents/texts.h"

#include <filesystem>
#include <string>

namespace portico::documents::test {

/// The catalog of the source tree.
Texts texts(DocumentLanguage language = DocumentLanguage::English);

/// A made-up family's card with every field given.
IdCard sample_card();
CardSymbols sample_symbols();

/// $420.00 asked, $142.00 discount, $192.00 paid, $86.00 share; three lines, the last a duplicate, with a
/// finding, codes, notes and the year's accumulators.
EobLetter sample_letter();
Adjudication amount(AmountCategory category, std::string_view decimal, std::string_view reason = {});

ProviderListing sample_provider(int number);
ProviderList sample_list(int count);

} // namespace portico::documents::test
