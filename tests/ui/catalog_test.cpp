#include "shared/ui/catalog.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

using namespace portico;
using namespace portico::ui;
namespace fs = std::filesystem;

namespace {

fs::path source() {
    return PORTICO_SOURCE_DIR;
}

Catalog product() {
    auto loaded = Catalog::load(source() / "assets/messages");
    REQUIRE(loaded);
    return loaded.value();
}

std::string content(fs::path const& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Ids and families that the sources of the programs name.
void collect_used(std::set<std::string>& ids, std::set<std::string>& families, std::set<std::string>& words) {
    std::regex const id(R"re("([a-z0-9_.]+)"_msg\b)re");
    std::regex const family(R"re("([a-z0-9_.]+)"_msgs\b)re");
    // Ids named as plain words: formats of dates and money, letters, cards and mail; "document.category." is
    // a family that is put together at run time.
    std::regex const word(R"re("([a-z0-9_]+\.[a-z0-9_.]*)")re");
    for (char const* folder : {"shared", "kiosk", "agent", "central"}) {
        for (auto const& file : fs::recursive_directory_iterator(source() / folder)) {
            auto const extension = file.path().extension();
            if (extension != ".cpp" && extension != ".h")
                continue;
            if (file.path().filename() == "message.h" || file.path().filename() == "ui.h")
                continue;
            std::string const text = content(file.path());
            auto const add = [&](std::regex const& pattern, std::set<std::string>& to) {
                for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
                    to.insert((*it)[1]);
            };
            add(id, ids);
            add(family, families);
            add(word, words);
        }
    }
}

fs::path scratch(std::string const& name, std::string const& english) {
    auto const root = fs::path(PORTICO_BIN_DIR).parent_path() / "catalog-scratch" / name;
    fs::create_directories(root / "en");
    std::ofstream(root / "en" / "a.json") << english;
    return root;
}

} // namespace

TEST_CASE("catalog: English and Spanish have the same texts with the same arguments") {
    auto const catalog = product();
    auto const english = catalog.ids("en");
    CHECK(english.size() > 50);
    CHECK(english == catalog.ids("es"));
    for (auto const& id : english) {
        INFO(id);
        CHECK(catalog.arguments("en", id) == catalog.arguments("es", id));
    }
}

TEST_CASE("catalog: every text that the programs name is there, and none is unused") {
    auto const catalog = product();
    std::set<std::string> used;
    std::set<std::string> families;
    std::set<std::string> words;
    collect_used(used, families, words);
    CHECK(used.size() > 30);
    for (auto const& id : used) {
        INFO(id);
        CHECK(catalog.has("en", id));
    }
    for (auto const& id : catalog.ids("en")) {
        bool named = used.count(id) > 0;
        for (auto const& start : families)
            named = named || id.rfind(start, 0) == 0;
        named = named || words.count(id) > 0;
        for (auto const& start : words)
            named = named || ((start.back() == '_' || start.back() == '.') && id.rfind(start, 0) == 0);
        INFO("unused: " << id);
        CHECK(named);
    }
}

TEST_CASE("catalog: plural forms, money and dates are written as the language writes them") {
    auto const& catalog = test_catalog();
    auto const say = [&](Text const& text, char const* language) { return catalog.plain(text, language); };
    CHECK(say("gallery.new"_msg.with("count", 1), "en") == "one new");
    CHECK(say("gallery.new"_msg.with("count", 1234), "en") == "1,234 new");
    CHECK(say("gallery.new"_msg.with("count", 2), "es") == "2 nuevas");
    CHECK(say(money(114000), "en") == "$1,140.00");
    CHECK(say(money(5), "en") == "$0.05");
    CHECK(say(money(-100), "en") == "\u2212$1.00");
    CHECK(say(money(-9223372036854775807LL - 1), "en") == "\u2212$92,233,720,368,547,758.08");
    CHECK(say(money_taken_off(14200), "es") == "\u2212$142.00");
    CHECK(say(money_whole(114050), "en") == "$1,141");
    auto const day =
        std::chrono::year_month_day{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(3)};
    CHECK(say(date(day), "en") == "March 3, 2026");
    CHECK(say(date(day), "es") == "3 de marzo de 2026");
    CHECK(say(date(day, DateLength::MonthDay), "en") == "Mar 3");
    CHECK(say(Text::of_value(TimeOfDay{0, 5}), "en") == "12:05 am");
    CHECK(say(Text::of_value(TimeOfDay{13, 10}), "es") == "1:10 p. m.");
}

TEST_CASE("catalog: bold is marked by the text, never by an argument") {
    auto const& catalog = test_catalog();
    auto const bold =
        catalog.resolve("gallery.deductible_left"_msg.with("amount", whole_dollars(36000)), "en", nullptr);
    CHECK(bold.text == "$360 to go. Then the plan pays more.");
    REQUIRE(bold.bold.size() == 1);
    CHECK(bold.text.substr(bold.bold[0].first, bold.bold[0].second) == "$360");
    auto const hostile = catalog.resolve("gallery.hello"_msg.with("name", "<b>{x}</b>"), "en", nullptr);
    CHECK(hostile.text == "Hello, <b>{x}</b>");
    CHECK(hostile.bold.empty());
}

TEST_CASE("catalog: a missing text or argument is shown by its name and told") {
    auto const& catalog = test_catalog();
    std::vector<std::string> problems;
    CHECK(catalog.resolve("gallery.nowhere"_msg, "es", &problems).text == "[gallery.nowhere]");
    CHECK(problems.size() == 2);
    problems.clear();
    CHECK(catalog.resolve("gallery.hello"_msg, "en", &problems).text == "Hello, [name]");
    CHECK(problems.size() == 1);
}

TEST_CASE(
    "catalog: a family gives the message of a reason known at run time, and nothing for an unknown one") {
    auto const& catalog = test_catalog();
    auto const found = catalog.find("gallery."_msgs, "home");
    REQUIRE(found);
    CHECK(catalog.plain(*found, "es") == "Inicio");
    CHECK_FALSE(catalog.find("gallery."_msgs, "no_such_reason"));
}

TEST_CASE("catalog: files that are not flat objects of texts are refused, and the error names the id") {
    CHECK_FALSE(Catalog::load(source() / "no-such-folder"));
    CHECK_FALSE(Catalog::load(scratch("list", "[1]")));
    CHECK_FALSE(Catalog::load(scratch("number", R"({"a.b": 1})")));
    CHECK_FALSE(Catalog::load(scratch("id", R"({"A b": "x"})")));
    auto const open = Catalog::load(scratch("brace", R"({"a.b": "{count|one"})"));
    REQUIRE_FALSE(open);
    CHECK(open.error().message.find("a.b") != std::string::npos);
    CHECK(Catalog::load(scratch("good", R"({"a.b": "{n|one|{n} many}"})")));
}
