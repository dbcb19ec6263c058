#include "shared/documents/texts.h"

#include "shared/base/encoding.h"
#include "shared/base/uuid.h"
#include "shared/domain/eob.h"
#include "shared/domain/finding.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <fstream>

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

namespace {

/// A catalog of its own with this content; gone with it.
class Folder {
public:
    explicit Folder(std::string const& json)
        : path_(std::filesystem::temp_directory_path() / ("portico-texts-" + to_hex(random_bytes(8)))) {
        std::filesystem::create_directories(path_ / "messages" / "en");
        std::ofstream(path_ / "messages" / "en" / "documents.json") << json;
        std::ofstream(path_ / "messages" / "en" / "findings.json")
            << R"({"finding.other": "Not <b>right</b>."})";
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    Result<Texts> load() const { return Texts::load(path_, DocumentLanguage::English); }

private:
    std::filesystem::path path_;
};

} // namespace

TEST_CASE("document texts: every language has the same messages with the same arguments") {
    auto const english = texts(DocumentLanguage::English);
    for (auto const language : document_languages) {
        INFO(code(language));
        auto const other = texts(language);
        CHECK(english.ids() == other.ids());
        for (auto const& id : english.ids()) {
            INFO(id);
            CHECK(english.arguments(id) == other.arguments(id));
            CHECK(!other.text(id).empty());
        }
    }
}

TEST_CASE(
    "document texts: every complete language has its documents, and who uses another one gets English") {
    for (auto const& language : offered_languages())
        CHECK(code(document_language(language.code)) ==
              (language.is_complete() ? std::string(language.code) : std::string("en")));
    CHECK(document_language("es-US") == DocumentLanguage::Spanish);
    CHECK(document_language("xx") == DocumentLanguage::English);
    auto const all = AllTexts::load(std::filesystem::path(portico::test::source_dir()) / "assets");
    REQUIRE(all.has_value());
    CHECK(all.value().in("ar").language() == DocumentLanguage::Arabic);
    CHECK(all.value().in("km").language() == DocumentLanguage::English);
}

TEST_CASE("document texts: Arabic chooses by its six plural forms and sets apart what is put in") {
    auto const arabic = texts(DocumentLanguage::Arabic);
    auto const people = [&](char const* count) {
        return without_direction_marks(arabic.text("document.card.people", {{"count", count}}));
    };
    CHECK(people("1") == "شخص واحد");
    CHECK(people("2") == "شخصان");
    CHECK(people("3") == "3 أشخاص");
    CHECK(people("11") == "11 شخصًا");
    CHECK(people("100") == "100 شخص");
    CHECK(arabic.text("document.card.help", {{"phone", "(555) 555-0100"}}) ==
          "هاتف: \u2066(555) 555-0100\u2069");
    CHECK(arabic.set_apart("A\u2069B") == "\u2066AB\u2069");
    CHECK(texts(DocumentLanguage::Spanish).set_apart("A") == "A");
}

TEST_CASE("document texts: every finding, claim kind and amount that a letter names has words") {
    auto const words = texts();
    for (auto kind = 0; kind <= static_cast<int>(FindingKind::ReplacedStillCounted); ++kind)
        CHECK(words.has(std::string("finding.") + name(static_cast<FindingKind>(kind))));
    for (auto kind = 0; kind <= static_cast<int>(ClaimKind::Unknown); ++kind)
        CHECK(words.has(std::string("document.eob.kind.") + name(static_cast<ClaimKind>(kind))));
}

TEST_CASE("document texts: arguments and choices by number") {
    Folder const folder(R"({"a": "Hello {name}.", "b": "{count|One line|{count} lines} for {name}"})");
    auto const words = folder.load();
    REQUIRE(words.has_value());
    auto const& loaded = words.value();
    CHECK(loaded.text("a", {{"name", "Alex"}}) == "Hello Alex.");
    CHECK(loaded.text("b", {{"count", "1"}, {"name", "Alex"}}) == "One line for Alex");
    CHECK(loaded.text("b", {{"count", "12"}, {"name", "Alex"}}) == "12 lines for Alex");
    CHECK(loaded.arguments("b") == std::set<std::string>{"count", "count|", "name"});
    SECTION("an argument is never read as markup") {
        CHECK(loaded.text("a", {{"name", "{name} | {count}"}}) == "Hello {name} | {count}.");
    }
    SECTION("the words of findings are there too, without what only a screen draws") {
        CHECK(loaded.text("finding.other") == "Not right.");
    }
    SECTION("what is missing shows in brackets") {
        CHECK(loaded.text("a") == "Hello [name].");
        CHECK(loaded.text("c") == "[c]");
    }
}

TEST_CASE("document texts: a broken catalog is refused by file and id") {
    auto const json = GENERATE("", "[]", R"({"a": 1})", R"({"a": "open {name"})", R"({"a": "close } it"})",
                               R"({"a": "{n|one|two|many}"})");
    INFO(json);
    auto const words = Folder(json).load();
    REQUIRE(!words.has_value());
    CHECK(words.error().reason == "messages_malformed");
    CHECK(words.error().message.find("documents.json") != std::string::npos);
}

TEST_CASE("document texts: an id that stands in both files is refused") {
    auto const words = Folder(R"({"finding.other": "again"})").load();
    REQUIRE(!words.has_value());
    CHECK(words.error().message == "messages/en/findings.json: finding.other stands twice");
}

TEST_CASE("document texts: a missing catalog is not found") {
    auto const words = Texts::load("no-such-folder", DocumentLanguage::Spanish);
    REQUIRE(!words.has_value());
    CHECK(words.error().kind == ErrorKind::NotFound);
}

TEST_CASE("document texts: amounts and dates as people in the US write them") {
    auto const english = texts(DocumentLanguage::English);
    auto const spanish = texts(DocumentLanguage::Spanish);
    CHECK(english.money({1'140'00}) == "$1,140.00");
    CHECK(spanish.money({1'140'00}) == "$1,140.00");
    CHECK(english.money({5}) == "$0.05");
    CHECK(english.money({-86'05}) == "\u2212$86.05");
    CHECK(english.money({123'456'789'01}) == "$123,456,789.01");
    CHECK(english.money({std::numeric_limits<std::int64_t>::min()}) == "\u2212$92,233,720,368,547,758.08");
    CHECK(english.short_money({25'00}) == "$25");
    CHECK(english.short_money({60'50}) == "$60.50");
    CHECK(english.date({2026, 3, 3}) == "March 3, 2026");
    CHECK(spanish.date({2026, 3, 3}) == "3 de marzo de 2026");
    auto const arabic = texts(DocumentLanguage::Arabic);
    CHECK(arabic.money({-86'05}) == "\u2212$86.05");
    CHECK(arabic.date({2026, 3, 3}) == "3 مارس 2026");
    CHECK(arabic.date({2026, 3, 0}) == "مارس 2026");
    CHECK(english.date({2026, 3, 0}) == "March 2026");
    CHECK(spanish.date({2026, 3, 0}) == "marzo de 2026");
    CHECK(english.date({2026, 0, 0}) == "2026");
    CHECK(english.date({}).empty());
    CHECK(Texts::short_date({2026, 3, 12}) == "03/12/2026");
}
