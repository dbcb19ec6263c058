#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <string>
#include <vector>

namespace portico::documents {

/// What a PDF tells reading software beyond the tags that Cairo 1.16 can write.
struct PdfAccess {
    std::string language;                  ///< BCP 47, of the whole document
    std::vector<std::string> figure_words; ///< for the "Figure" elements, in reading order
};

/// The same document with its language, with the title shown instead of the file name, with words in place of
/// each figure, and with each table heading marked as heading of its row or of its column. The same input
/// gives the same bytes. Source: ISO 32000-1, 7.7.2 (Lang, ViewerPreferences), 14.9.3 (Alt), 14.8.5.7
/// (Scope). Errors: Internal "pdf_failed" for what is no PDF, or when figures and words are not as many.
Result<Bytes> with_access(Bytes const& pdf, PdfAccess const& access);

} // namespace portico::documents
