#include "shared/base/language.h"
#include "shared/ui/catalog.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
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
    return test::source_dir();
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

/// A choice need not name the number in each form, and some languages name it in none that another does.
std::set<std::string> comparable(std::set<std::string> arguments) {
    std::set<std::string> out;
    for (auto const& each : arguments)
        if (each.ends_with('|') || arguments.count(each + "|") == 0)
            out.insert(each);
    return out;
}

std::set<std::string> ids_of_file(std::string const& language, std::string const& file) {
    std::string const text = content(source() / "assets/messages" / language / file);
    std::regex const id(R"re("([a-z0-9_.]+)"\s*:)re");
    std::set<std::string> out;
    for (std::sregex_iterator it(text.begin(), text.end(), id), end; it != end; ++it)
        out.insert((*it)[1]);
    return out;
}

fs::path scratch(std::string const& name, std::string const& english) {
    auto const root = fs::path(test::bin_dir()).parent_path() / "catalog-scratch" / name;
    fs::create_directories(root / "en");
    std::ofstream(root / "en" / "a.json") << english;
    return root;
}

} // namespace

TEST_CASE("catalog: there is a folder for each language that is offered, and no other") {
    std::set<std::string> offered;
    for (auto const& language : offered_languages())
        offered.emplace(language.code);
    auto const folders = product().languages();
    CHECK(std::set<std::string>(folders.begin(), folders.end()) == offered);
}

TEST_CASE("catalog: every complete language has the same texts with the same arguments") {
    auto const catalog = product();
    auto const english = catalog.ids("en");
    CHECK(english.size() > 50);
    int complete = 0;
    for (auto const& language : offered_languages()) {
        if (!language.is_complete())
            continue;
        ++complete;
        INFO(language.code);
        CHECK(english == catalog.ids(language.code));
        for (auto const& id : english) {
            INFO(id);
            CHECK(comparable(catalog.arguments("en", id)) ==
                  comparable(catalog.arguments(language.code, id)));
        }
    }
    CHECK(complete == 3);
}

TEST_CASE("catalog: a language in part has the files it names, whole, and nothing else") {
    auto const catalog = product();
    int in_part = 0;
    for (auto const& language : offered_languages()) {
        if (language.is_complete())
            continue;
        ++in_part;
        INFO(language.code);
        std::set<std::string> files;
        std::set<std::string> wanted;
        for (auto const name : language.files) {
            files.emplace(std::string(name) + ".json");
            auto const ids = ids_of_file("en", std::string(name) + ".json");
            CHECK(ids.size() > 5);
            wanted.insert(ids.begin(), ids.end());
        }
        CHECK(catalog.ids(language.code) == wanted);
        std::set<std::string> there;
        for (auto const& file : fs::directory_iterator(source() / "assets/messages" / language.code))
            there.insert(file.path().filename());
        CHECK(there == files);
        for (auto const& id : wanted) {
            INFO(id);
            CHECK(comparable(catalog.arguments("en", id)) ==
                  comparable(catalog.arguments(language.code, id)));
        }
    }
    CHECK(in_part == 1);
}

TEST_CASE("catalog: what a language in part lacks is English, dates too, and says so") {
    auto const catalog = product();
    std::vector<std::string> problems;
    auto const day =
        std::chrono::year_month_day{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(3)};
    auto const there = catalog.resolve("language.title"_msg, "km", &problems);
    CHECK(there.language == "km");
    auto const lacking = catalog.resolve("methods.added"_msg.with("date", date(day)), "km", &problems);
    CHECK(lacking == catalog.resolve("methods.added"_msg.with("date", date(day)), "en", nullptr));
    CHECK(lacking.language == "en");
    CHECK(problems.empty());
    // Nested in a text that is there, it stays what it is.
    auto const outer = catalog.resolve(
        "home.hello"_msg.with("name", Text("methods.added"_msg.with("date", date(day)))), "km", &problems);
    CHECK(outer.text.ends_with("Added March 3, 2026"));
    CHECK(outer.language == "km");
}

TEST_CASE("catalog: Arabic chooses by its six plural forms, and figures stay figures") {
    auto const catalog = product();
    auto const doctors = [&](int count) {
        return without_direction_marks(catalog.plain("find.count"_msg.with("count", count), "ar"));
    };
    CHECK(doctors(0) == "لا أطباء");
    CHECK(doctors(1) == "طبيب واحد");
    CHECK(doctors(2) == "طبيبان");
    CHECK(doctors(3) == "3 أطباء");
    CHECK(doctors(11) == "11 طبيبًا");
    CHECK(doctors(100) == "100 طبيب");
    CHECK(doctors(1103) == "1,103 أطباء");
}

TEST_CASE("catalog: how soon a call comes is said in the forms of the language") {
    auto const catalog = product();
    auto const within = [&](int minutes, char const* language) {
        return without_direction_marks(
            catalog.plain("call_back_place.within"_msg.with("to", minutes), language));
    };
    CHECK(within(1, "en") == "We will call you within about one minute.");
    CHECK(within(20, "en") == "We will call you within about 20 minutes.");
    CHECK(within(1, "es") == "Le llamaremos en un minuto o menos.");
    CHECK(within(5, "ar") == "سنتصل بك خلال نحو 5 دقائق.");
    CHECK(within(20, "ar") == "سنتصل بك خلال نحو 20 دقيقة.");
    CHECK(catalog.plain("close_case.draft"_msg, "es") == "Algo escrito para el afiliado no se ha enviado");
}

TEST_CASE("catalog: in Arabic what is put into a text is set apart, a text of ours inside of it keeps that") {
    auto const catalog = product();
    CHECK(catalog.plain("home.hello"_msg.with("name", "Alex"), "ar") == "مرحبًا، \u2066Alex\u2069");
    CHECK(catalog.plain("home.hello"_msg.with("name", "A\u2069\u202eB"), "ar") == "مرحبًا، \u2066AB\u2069");
    CHECK(catalog.plain("home.hello"_msg.with("name", Text(data("A\u2069B"))), "ar") ==
          "مرحبًا، \u2066AB\u2069");
    auto const nested =
        catalog.plain("home.hello"_msg.with("name", Text("doctor.miles"_msg.with("miles", "2.5"))), "ar");
    CHECK(nested == "مرحبًا، \u2067\u20662.5\u2069 ميل\u2069");
    // An amount alone is itself.
    CHECK(catalog.plain(money_taken_off(14200), "ar") == "\u2212$142.00");
    auto const day =
        std::chrono::year_month_day{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(3)};
    CHECK(catalog.plain(date(day), "ar") == "3 مارس 2026");
    CHECK(catalog.plain(Text::of_value(TimeOfDay{13, 10}), "ar") == "1:10 م");
}

TEST_CASE("catalog: a choice that has not the forms of its language is refused") {
    auto const arabic = [](std::string const& name, std::string const& text) {
        auto const root = scratch(name, R"({"a.b": "{n|one|{n} many}"})");
        fs::create_directories(root / "ar");
        std::ofstream(root / "ar" / "a.json") << text;
        return Catalog::load(root);
    };
    CHECK_FALSE(arabic("two-forms", R"({"a.b": "{n|one|{n} many}"})"));
    CHECK(arabic("six-forms", R"({"a.b": "{n|0|1|2|few|many|other}"})"));
    CHECK_FALSE(Catalog::load(scratch("three-forms", R"({"a.b": "{n|one|two|many}"})")));
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
