#include "shared/ui/speech/spoken_text.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;

namespace {

std::string english(std::string const& shown) {
    return spoken_text(shown, "en", test_catalog());
}
std::string spanish(std::string const& shown) {
    return spoken_text(shown, "es", test_catalog());
}

} // namespace

TEST_CASE("speech: money is said as words of the screen's language") {
    CHECK(english("$86.00") == "86 dollars");
    CHECK(english("You pay $1,140.50 of $1.00") == "You pay 1140 dollars and 50 cents of one dollar");
    CHECK(english("$0.01") == "one cent");
    CHECK(english("\u2212$142.00") == "minus 142 dollars");
    CHECK(english("$1,140 of $1,500.") == "1140 dollars of 1500 dollars.");
    CHECK(spanish("$1,140.50") == "1140 dólares con 50 centavos");
    CHECK(spanish("\u2212$1.01") == "menos un dólar con un centavo");
    CHECK(english("$ and $x") == "$ and $x");
    CHECK(english("$99999999999999999999").find("dollars") == std::string::npos);
}

TEST_CASE("speech: amounts as the catalog writes them are all known again") {
    for (char const* language : {"en", "es"})
        for (std::int64_t cents : {0LL, 1LL, 99LL, 100LL, 101LL, 114050LL, -8600LL, 123456789012LL}) {
            auto const shown = test_catalog().plain(money(cents), language);
            INFO(shown);
            CHECK(spoken_text(shown, language, test_catalog()).find('$') == std::string::npos);
        }
}

TEST_CASE("speech: dates written short are said in full") {
    CHECK(english("Mar 3, 2026") == "March 3, 2026");
    CHECK(english("On Mar 3.") == "On March 3.");
    CHECK(english("Market 3, Mayor 4") == "Market 3, Mayor 4");
    CHECK(spanish("3 mar 2026") == "3 de marzo de 2026");
    CHECK(spanish("Atendido el 9 sept") == "Atendido el 9 de septiembre");
    CHECK(spanish("3 de marzo de 2026") == "3 de marzo de 2026");
}

TEST_CASE("speech: numbers that name something are said digit by digit, others as numbers") {
    CHECK(english("02999") == "0 2 9 9 9");
    CHECK(english("ID ending 0042") == "ID ending 0 0 4 2");
    CHECK(english("617-555-0142") == "6 1 7, 5 5 5, 0 1 4 2");
    CHECK(english("SAMPLE0001") == "SAMPLE 0 0 0 1");
    CHECK(english("1,234 doctors") == "1234 doctors");
    CHECK(english("2.5 miles \u00b7 open") == "2 point 5 miles , open");
    CHECK(spanish("2.5") == "2 punto 5");
    CHECK(english("Page 1 of 3") == "Page 1 of 3");
    CHECK(english("").empty());
}
