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

TEST_CASE("printer test page: a letter is the report of a kiosk's self-test, in each language") {
    auto const language =
        GENERATE(DocumentLanguage::English, DocumentLanguage::Spanish, DocumentLanguage::Arabic);
    auto const& words = texts(language);
    DeviceTestPage page{TestPageMedia::Letter, "kiosk-test-1", "2026-03-14 10:42"};
    page.build = "0123456789abcdef0123456789abcdef01234567";
    page.central = "central.example.org:8443";
    page.devices = {
        {TestedPart::SecurityKey, TestOutcome::Works},   {TestedPart::ChipCard, TestOutcome::NotTried},
        {TestedPart::Barcode, TestOutcome::Faulty},      {TestedPart::Sound, TestOutcome::Works},
        {TestedPart::CardPrinter, TestOutcome::NotUsed}, {TestedPart::LetterPrinter, TestOutcome::Works},
        {TestedPart::Central, TestOutcome::Works}};
    auto const pdf = device_test_page_pdf(page, words);
    REQUIRE(pdf.has_value());
    PdfFile const file(pdf.value(), "self-test");
    CHECK(file.information("Pages") == "1");
    auto const text = file.text();
    CHECK(text.find(page.build) != std::string::npos);
    CHECK(text.find(page.central) != std::string::npos);
    if (language == DocumentLanguage::Arabic)
        return; // pdftotext gives its words in the order of the page
    for (auto const* line :
         {"key", "chip_card", "barcode_reader", "sound", "card_printer", "letter_printer", "central_answers",
          "works", "not_tried", "faulty", "not_used", "signed", "self_test"})
        CHECK(text.find(words.text(std::string("document.test.") + line)) != std::string::npos);
    CHECK(text.find(words.text("document.test.barcode_reader") + ": " + words.text("document.test.faulty")) !=
          std::string::npos);
}

TEST_CASE("printer test page: a card has no room for the report and is as before") {
    DeviceTestPage page{TestPageMedia::Card, "kiosk-test-1", "2026-03-14 10:42"};
    page.devices = {{TestedPart::SecurityKey, TestOutcome::Works}};
    auto const& words = texts(DocumentLanguage::English);
    auto const pdf = device_test_page_pdf(page, words);
    REQUIRE(pdf.has_value());
    PdfFile const file(pdf.value(), "test-card-alone");
    CHECK(file.information("Pages") == "2");
    CHECK(file.text().find(words.text("document.test.self_test")) == std::string::npos);
}
