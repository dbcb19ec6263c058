#include "shared/documents/device_test_page.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

TEST_CASE("printer test page: names the terminal and carries a barcode that reads back") {
    auto const media = GENERATE(TestPageMedia::Card, TestPageMedia::Letter);
    auto const pdf =
        device_test_page_pdf({media, "kiosk-test-1", "2026-03-14 10:42"}, texts(DocumentLanguage::English));
    REQUIRE(pdf.has_value());
    PdfFile const file(pdf.value(), media == TestPageMedia::Card ? "test-card" : "test-letter");
    CHECK(file.information("Pages") == (media == TestPageMedia::Card ? "2" : "1"));
    CHECK(file.text().find("kiosk-test-1") != std::string::npos);
    CHECK(decode(file.picture(1, 300), SymbolKind::Pdf417) ==
          std::vector<std::string>{"PORTICO TEST 0123456789"});
}
