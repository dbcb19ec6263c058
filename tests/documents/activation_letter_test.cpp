#include "shared/documents/activation_letter.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

namespace {

ActivationLetter letter() {
    return {"Sample Health Plan",   "Alex Sample",       {{"12 Sample Street"}, "Testville", "CT", "06500"},
            Secret("ABCDEFGHJKLM"), {2026, 4, 14},       {2026, 3, 14},
            "800-555-0100",         "sample.example.org"};
}

} // namespace

TEST_CASE("activation letter: the code in groups, its last day, and what to do, on one page") {
    auto const pdf = activation_letter_pdf(letter(), texts());
    REQUIRE(pdf.has_value());
    PdfFile const file(pdf.value(), "activation-en");
    CHECK(file.information("Pages") == "1");
    CHECK(file.information("Tagged") == "yes");
    auto const text = file.text();
    for (auto const* part : {"Alex Sample 12 Sample Street Testville, CT 06500", "ABCD-EFGH-JKLM",
                             "until April 14, 2026", "800-555-0100", "Keep this code to yourself"}) {
        INFO(part);
        CHECK(text.find(part) != std::string::npos);
    }
    // Titles show up in a viewer's window and in the printer's job list.
    CHECK(file.information("Title").find("ABCD") == std::string::npos);
}

TEST_CASE("activation letter: in Spanish") {
    auto const pdf = activation_letter_pdf(letter(), texts(DocumentLanguage::Spanish));
    REQUIRE(pdf.has_value());
    auto const text = PdfFile(pdf.value(), "activation-es").text();
    CHECK(text.find("hasta el 14 de abril de 2026") != std::string::npos);
    CHECK(text.find("ABCD-EFGH-JKLM") != std::string::npos);
}

TEST_CASE("activation letter: without code or last day none is made") {
    auto one = letter();
    one.code.clear();
    CHECK(activation_letter_pdf(one, texts()).error().reason == "letter_field_missing");
    auto other = letter();
    other.expires = {};
    CHECK(activation_letter_pdf(other, texts()).error().reason == "letter_field_missing");
}

TEST_CASE("activation letter: the buttons it names are the kiosk's") {
    auto const language = GENERATE(DocumentLanguage::English, DocumentLanguage::Spanish);
    auto const step = texts(language).text("document.activation.step2");
    std::string kiosk;
    for (auto const* name : {"kiosk_sign_in.json", "kiosk_register.json"}) {
        std::ifstream file(std::filesystem::path(portico::test::source_dir()) / "assets" / "messages" /
                           code(language) / name);
        kiosk += std::string(std::istreambuf_iterator<char>(file), {});
    }
    std::string const open = "\u201C";
    std::string const close = "\u201D";
    int named = 0;
    for (auto at = step.find(open); at != std::string::npos; at = step.find(open, at + 1)) {
        auto const start = at + open.size();
        auto const label = step.substr(start, step.find(close, start) - start);
        INFO(label);
        CHECK(kiosk.find("\"" + label + "\"") != std::string::npos);
        ++named;
    }
    CHECK(named == 2);
}
