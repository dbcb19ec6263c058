#include "central/import/json_tree.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::central;

namespace {

std::string reason(std::string text) {
    JsonTree tree;
    auto const parsed = tree.parse(text);
    return parsed.has_error() ? parsed.error().reason : "";
}

} // namespace

TEST_CASE("import json: a number keeps every digit of its source text") {
    JsonTree tree;
    std::string text = R"({"a":103.32800000000002,"b":1e400,"c":-0.10,"d":[20.0, 7 ]})";
    auto const root = tree.parse(text).value();
    CHECK(root["a"].number() == "103.32800000000002");
    CHECK(root["b"].number() == "1e400");
    CHECK(root["c"].number() == "-0.10");
    std::vector<std::string> numbers;
    for (auto const each : root["d"])
        numbers.emplace_back(each.number());
    CHECK(numbers == std::vector<std::string>{"20.0", "7"});
}

TEST_CASE("import json: strings are unescaped and what is absent has empty answers all the way down") {
    JsonTree tree;
    std::string text = R"({"name":"\u00c1ngela \"X\" \n","list":[{"k":"v"}],"no":null,"yes":true})";
    auto const root = tree.parse(text).value();
    CHECK(root["name"].text() == "\xC3\x81ngela \"X\" \n");
    CHECK(root["list"].first()["k"].text() == "v");
    CHECK(root["yes"].is_true());
    CHECK_FALSE(root["no"].exists());
    CHECK(root["nowhere"]["deeper"].first()["still"].text().empty());
}

TEST_CASE("import json: text that is not one JSON object is refused") {
    for (char const* text : {"",
                             " ",
                             "[1]",
                             "17",
                             "\"x\"",
                             "nul",
                             "{",
                             "{\"a\":1",
                             "{\"a\":1,}",
                             "{\"a\" 1}",
                             "{\"a\":1} x",
                             "{\"a\":1}{\"b\":2}",
                             "{\"a\":[1 2]}",
                             "{\"a\":1]}",
                             "{\"a\":tru}",
                             "{\"a\":nulL}",
                             "{\"a\":01}",
                             "{\"a\":1.}",
                             "{\"a\":.5}",
                             "{\"a\":1e}",
                             "{\"a\":+1}",
                             "{\"a\":NaN}",
                             "{\"a\":\"\\x\"}",
                             "{\"a\":\"\\ud800\"}",
                             "{a:1}",
                             "{\"a\":'b'}"}) {
        CAPTURE(text);
        CHECK(reason(text) == "json_invalid");
    }
}

TEST_CASE("import json: invalid UTF-8 is refused wherever it stands") {
    CHECK(reason("{\"a\":\"\xFF\"}") == "utf8_invalid");
    CHECK(reason("{\"\xC3\":1}") == "utf8_invalid");
    CHECK(reason("{\"a\":\"\xED\xA0\x80\"}") == "utf8_invalid");
}

TEST_CASE("import json: a key that stands twice in one object is refused, small and large objects alike") {
    CHECK(reason(R"({"a":1,"b":2,"a":1})") == "duplicate_key");
    CHECK(reason(R"({"x":{"a":1,"\u0061":2}})") == "duplicate_key");
    CHECK(reason(R"({"x":{"a":1},"y":{"a":1}})").empty());
    std::string large = "{";
    for (int i = 0; i < 1000; ++i)
        large += "\"key" + std::to_string(i) + "\":0,";
    CHECK(reason(large + "\"last\":0}").empty());
    CHECK(reason(large + "\"key500\":0}") == "duplicate_key");
}

TEST_CASE("import json: nesting of ten thousand levels is refused and leaves the parser usable") {
    JsonTree tree;
    std::string deep = "{\"a\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
    CHECK(tree.parse(deep).error().reason == "nesting_too_deep");
    std::string objects;
    for (int i = 0; i < 10'000; ++i)
        objects += "{\"a\":";
    objects += "1" + std::string(10'000, '}');
    CHECK(tree.parse(objects).error().reason == "nesting_too_deep");
    std::string fine = R"({"a":[[[{"b":1}]]]})";
    CHECK(tree.parse(fine).has_value());
}

TEST_CASE("import json: U+0000 in a text and a document of too many values are refused") {
    CHECK(reason(R"({"a":"\u0000"})") == "control_character");
    std::string many = "{\"a\":[0";
    for (std::size_t i = 0; i <= json_node_count_max; ++i)
        many += ",0";
    CHECK(reason(many + "]}") == "resource_too_large");
}
