#pragma once

#include "shared/documents/id_card_document.h"
#include "shared/documents/texts.h"

#include <filesystem>
#include <string>

namespace portico::documents::test {

/// The catalog of the source tree.
Texts texts(DocumentLanguage language = DocumentLanguage::English);

/// A made-up family's card with every field given.
IdCard sample_card();
CardSymbols sample_symbols();

} // namespace portico::documents::test
