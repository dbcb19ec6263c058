#include "shared/documents/id_card_document.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

namespace {

Bytes print(IdCard const& card, DocumentLanguage language = DocumentLanguage::English) {
    auto pdf = id_card_pdf(card, sample_symbols(), texts(language));
    REQUIRE(pdf.has_value());
    return pdf.value();
}

} // namespace

TEST_CASE("card: two CR80 sides of 1011 x 638 pixels at 300 dpi") {
    PdfFile const file(print(sample_card()), "card-en");
    CHECK(file.information("Pages") == "2");
    for (int page = 1; page <= 2; ++page) {
        auto const picture = file.picture(page, 300);
        CHECK(picture.width == 1011);
        CHECK(picture.height == 638);
    }
}
