#include "central/import/json_tree.h"
#include "central/import/resource_splitter.h"
#include "tests/support/catch.h"

using namespace portico::central;
using Shape = ResourceSplitter::Shape;
using Problem = SplitResource::Problem;

namespace {

std::vector<SplitResource> split(Shape shape, std::string_view text, std::size_t chunk = 1000) {
    std::vector<SplitResource> pieces;
    ResourceSplitter splitter(shape, [&](SplitResource piece) { pieces.push_back(std::move(piece)); });
    for (std::size_t at = 0; at < text.size(); at += chunk)
        splitter.feed(text.substr(at, chunk));
    splitter.finish();
    return pieces;
}

std::vector<std::string> texts(std::vector<SplitResource> const& pieces) {
    std::vector<std::string> out;
    for (auto const& each : pieces)
        out.push_back(each.text);
    return out;
}

} // namespace

TEST_CASE("import split: a Bundle is taken apart into its entries, whatever the chunks are") {
    std::string const text =
        "\xEF\xBB\xBF{\n\"id\":\"entry\", \"note\":\"entry\",\"entry\":[\n"
        "{\"fullUrl\":\"resource\",\"resource\":{\"a\":\"}]\\\"\",\"entry\":[{\"resource\":{}}]}},\n"
        "{\"search\":{\"mode\":\"match\"},\"resource\":\n{\"b\":[1,{\"c\":{}}]}},{\"request\":{}}],"
        "\"resourceType\":\"Bundle\"}\n{\"single\":1}";
    for (std::size_t chunk = 1; chunk < text.size(); ++chunk) {
        CAPTURE(chunk);
        auto const pieces = split(Shape::Documents, text, chunk);
        REQUIRE(texts(pieces) == std::vector<std::string>{"{\"a\":\"}]\\\"\",\"entry\":[{\"resource\":{}}]}",
                                                          "{\"b\":[1,{\"c\":{}}]}", "{\"single\":1}"});
        REQUIRE(pieces[0].line == 3);
        REQUIRE(pieces[1].line == 5);
        REQUIRE(pieces[2].line == 6);
    }
}

TEST_CASE("import split: an array called entry that is no Bundle's stays in its resource") {
    std::string const list = R"({"resourceType":"List","entry":[{"item":{"reference":"Patient/1"}}]})";
    CHECK(texts(split(Shape::Documents, list)) == std::vector<std::string>{list});
    std::string const inner = R"({"x":{"entry":[{"resource":{"a":1}}]},"y":{"resource":{"z":{}}}})";
    CHECK(texts(split(Shape::Documents, inner)) == std::vector<std::string>{inner});
}

TEST_CASE("import split: in NDJSON a broken line spoils only itself") {
    auto const pieces = split(Shape::Lines, "{\"a\":1}\r\n{\"b\":{\n\n{\"c\":3}\nrubbish\n{\"d\":");
    CHECK(texts(pieces) ==
          std::vector<std::string>{"{\"a\":1}\r", "{\"b\":{", "{\"c\":3}", "rubbish", "{\"d\":"});
    CHECK(pieces[2].line == 4);
    CHECK(pieces[4].problem == Problem::Cut);
}

TEST_CASE("import split: a document that ends early is told as cut, with what there was") {
    auto const single = split(Shape::Documents, "{\"a\":{\"b\":1}");
    REQUIRE(single.size() == 1);
    CHECK(single[0].problem == Problem::Cut);
    auto const bundle = split(Shape::Documents, R"({"entry":[{"resource":{"a":1}},{"resource":{"b":)");
    REQUIRE(bundle.size() == 2);
    CHECK(bundle[0].problem == Problem::None);
    CHECK(bundle[1].problem == Problem::Cut);
    CHECK(bundle[1].text == "{\"b\":");
}

TEST_CASE("import split: a resource over 16 MiB is dropped while it streams, and those after it are found") {
    std::string const large =
        "{\"resourceType\":\"Binary\",\"data\":\"" + std::string(resource_bytes_max, 'x') + "\"}";
    SECTION("as an entry of a Bundle") {
        auto const pieces = split(
            Shape::Documents, "{\"entry\":[{\"resource\":" + large + "},{\"resource\":{\"a\":1}}]}", 1 << 16);
        REQUIRE(pieces.size() == 2);
        CHECK(pieces[0].problem == Problem::TooLarge);
        CHECK(pieces[0].text.size() < 10'000);
        CHECK(pieces[1].text == "{\"a\":1}");
    }
    SECTION("as a line of NDJSON") {
        auto const pieces = split(Shape::Lines, large + "\n{\"a\":1}\n", 1 << 16);
        REQUIRE(pieces.size() == 2);
        CHECK(pieces[0].problem == Problem::TooLarge);
        CHECK(pieces[1].text == "{\"a\":1}");
        CHECK(pieces[1].line == 2);
    }
    SECTION("exactly 16 MiB is taken") {
        std::string const frame = "{\"data\":\"\"}";
        auto const pieces =
            split(Shape::Documents,
                  "{\"data\":\"" + std::string(resource_bytes_max - frame.size(), 'x') + "\"}", 1 << 16);
        REQUIRE(pieces.size() == 1);
        CHECK(pieces[0].problem == Problem::None);
        CHECK(pieces[0].text.size() == resource_bytes_max);
    }
}

TEST_CASE("import split: a Bundle of more than 16 MiB in one line of NDJSON is taken apart") {
    std::string line = "{\"resourceType\":\"Bundle\",\"entry\":[";
    for (int i = 0; i < 20; ++i)
        line += (i == 0 ? "" : ",") + std::string("{\"resource\":{\"data\":\"") + std::string(1 << 20, 'x') +
                "\"}}";
    auto const pieces = split(Shape::Lines, line + "]}\n{\"a\":1}", 1 << 16);
    CHECK(pieces.size() == 21);
    CHECK(pieces.back().text == "{\"a\":1}");
}

TEST_CASE("import split: NDJSON without its name is told by a first line that is whole") {
    CHECK(ResourceSplitter::guess("{\"a\":{}}\n{\"b\":1}\n") == Shape::Lines);
    CHECK(ResourceSplitter::guess("\xEF\xBB\xBF{\"a\":\"{\"}\n") == Shape::Lines);
    CHECK(ResourceSplitter::guess("{\n\"a\":1}\n") == Shape::Documents);
    CHECK(ResourceSplitter::guess("{\"a\":1}") == Shape::Documents);
}
