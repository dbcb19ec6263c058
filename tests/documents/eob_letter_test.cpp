#include "shared/documents/eob_letter.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

namespace {

Bytes print(EobLetter const& letter, DocumentLanguage language = DocumentLanguage::English) {
    auto pdf = eob_letter_pdf(letter, texts(language));
    REQUIRE(pdf.has_value());
    return pdf.value();
}

} // namespace

TEST_CASE("eob letter: a tagged letter with every field of the model notice") {
    PdfFile const file(print(sample_letter()), "eob-en");
    CHECK(file.information("Tagged") == "yes");
}
TEST_CASE("eob letter: the same in Spanish") {
    PdfFile const file(print(sample_letter(), DocumentLanguage::Spanish), "eob-es");
    CHECK(file.information("Tagged") == "yes");
}
