#include "shared/documents/provider_list_document.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

TEST_CASE("doctor list: every doctor with address, phone and whether new patients are taken") {
    auto const pdf = provider_list_pdf(sample_list(40), PrintSize::Standard, texts());
    REQUIRE(pdf.has_value());
    PdfFile const file(pdf.value(), "list-en");
    auto const text = file.text();
    CHECK(text.find("You looked for: Pediatrics near 06500") != std::string::npos);
    CHECK(text.find("40 places on this list.") != std::string::npos);
    for (int number = 1; number <= 40; ++number) {
        auto const name = "Dr. Robin Example-" + std::to_string(number) + " Pediatrics, Family medicine " +
                          std::to_string(number) + " Sample Street, Testville, CT 06500 Phone: 203-555-0123";
        INFO(name);
        CHECK(text.find(name) != std::string::npos);
    }
    CHECK(text.find("Takes new patients") != std::string::npos);
    CHECK(text.find("Takes no new patients") != std::string::npos);
    CHECK(text.find("Languages: English, Spanish · Access: Ramp, Elevator") != std::string::npos);
    CHECK(file.information("Tagged") == "yes");
}

TEST_CASE("doctor list: large print is 18 points and takes more pages") {
    auto const standard =
        provider_list_pdf(sample_list(12), PrintSize::Standard, texts(DocumentLanguage::Spanish));
    auto const large = provider_list_pdf(sample_list(12), PrintSize::Large, texts(DocumentLanguage::Spanish));
    REQUIRE(standard.has_value());
    REQUIRE(large.has_value());
    PdfFile const small_file(standard.value(), "list-es");
    PdfFile const large_file(large.value(), "list-large-es");
    CHECK(std::stoi(large_file.information("Pages")) > std::stoi(small_file.information("Pages")));
    CHECK(large_file.text().find("Su lista de médicos") != std::string::npos);
}

TEST_CASE("doctor list: no doctors found says what to do") {
    auto const pdf = provider_list_pdf(sample_list(0), PrintSize::Standard, texts());
    REQUIRE(pdf.has_value());
    CHECK(PdfFile(pdf.value(), "list-none")
              .text()
              .find("We found no doctors for this search. Call 800-555-0100") != std::string::npos);
}

TEST_CASE("doctor list: a plan that has told no phone prints its doctors all the same") {
    auto list = sample_list(2);
    list.service_phone.clear();
    list.web.clear();
    auto const pdf = provider_list_pdf(list, PrintSize::Standard, texts());
    REQUIRE(pdf.has_value());
    auto const text = PdfFile(pdf.value(), "list-no-phone").text();
    CHECK(text.find("Dr. Robin Example-2") != std::string::npos);
    CHECK(text.find("Tell us at a kiosk.") != std::string::npos);
    CHECK(text.find("call") == std::string::npos);
    CHECK(text.find("Questions?") == std::string::npos);
}

TEST_CASE("doctor list: part of a longer search says so") {
    auto list = sample_list(3);
    list.found_count = 214;
    auto const pdf = provider_list_pdf(list, PrintSize::Standard, texts());
    REQUIRE(pdf.has_value());
    CHECK(PdfFile(pdf.value(), "list-part").text().find("The first 3 of 214.") != std::string::npos);
}

TEST_CASE("doctor list: too many doctors are refused") {
    auto const pdf = provider_list_pdf(sample_list(501), PrintSize::Standard, texts());
    REQUIRE(!pdf.has_value());
    CHECK(pdf.error().reason == "provider_list_too_long");
}
