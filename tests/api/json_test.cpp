#include "shared/api/domain_described.h"
#include "shared/api/json.h"
#include "tests/support/catch.h"

#include <string>

namespace portico::test {

struct Everything {
    bool yes = true;
    double ratio = 0.5;
    std::string text;
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::uint8_t small = 255;
    Money money{-1250};
    Date day;
    Decimal amount;
    EobId id;
    NetworkStatus word = NetworkStatus::OutOfNetwork;
    std::optional<std::string> there;
    std::optional<std::string> left_out;
    std::vector<std::optional<int>> list;
    std::vector<bool> flags;
    std::vector<Code> codes;
    boost::json::object free;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (yes, ratio, text, least, small, money, day, amount, id, word, there, left_out, list,
                       flags, codes, free))

struct OnlyOptional {
    std::optional<int> first;
    std::optional<int> second;
};
BOOST_DESCRIBE_STRUCT(OnlyOptional, (), (first, second))

namespace {

Everything example() {
    Everything all;
    for (int byte = 0; byte < 128; ++byte)
        all.text += static_cast<char>(byte);
    all.text += "año 見本 \xF0\x9F\xA9\xBA";
    all.day = Date::parse("2025-02-28").value();
    all.amount = Decimal::parse("1.250e2").value();
    all.id = EobId("eob-\"1\"");
    all.there = "";
    all.list = {1, std::nullopt, -3};
    all.flags = {true, false};
    all.codes = {{"s", "c", "d"}, {}};
    all.free["n"] = nullptr;
    return all;
}

} // namespace

TEST_CASE("json: what is written at once is what the value written by Boost.JSON would be") {
    auto const all = example();
    CHECK(api::to_json(all) == boost::json::serialize(api::to_value(all)));
    CHECK(api::to_json(OnlyOptional{}) == "{}");
    CHECK(api::to_json(OnlyOptional{{}, 2}) == R"({"second":2})");
    CHECK(api::to_json(static_cast<NetworkStatus>(99)) == R"("unknown")");
}

TEST_CASE("json: what is written is read back the same") {
    auto const all = example();
    auto const text = api::to_json(all);
    auto const back = api::from_json<Everything>(text, api::UnknownFields::Refuse).value();
    CHECK(back.text == all.text);
    CHECK(back.amount.text() == "1.250e2");
    CHECK(back.list == all.list);
    CHECK(!back.left_out);
    CHECK(api::to_json(back) == text);
}

/// How many values the type has that say their name.
template <class Enum>
int count_of_named() {
    int count = 0;
    try {
        while (name(static_cast<Enum>(count)) != nullptr)
            ++count;
    } catch (std::out_of_range const&) {
    }
    return count;
}

TEMPLATE_TEST_CASE("json: every value of a word is written as its name and read again", "", OperationKind,
                   OperationState, Assurance, FindingKind) {
    auto const count = count_of_named<TestType>();
    REQUIRE(count > 2);
    for (int i = 0; i < count; ++i) {
        auto const value = static_cast<TestType>(i);
        CAPTURE(name(value));
        CHECK(api::word_of(value) == name(value));
    }
}

TEST_CASE("json: an error names the path of the field that is wrong") {
    auto const wrong = api::from_json<Eob>(R"({"id":"e","lines":[{"sequence":1},{"sequence":"x"}]})",
                                           api::UnknownFields::Ignore);
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().message.find("must be") != std::string::npos);
    auto text = api::to_json(example());
    auto const at = text.find(R"("codes":[{"system":"s")");
    REQUIRE(at != std::string::npos);
    text.replace(at, 22, R"("codes":[{"system":123)");
    auto const second = api::from_json<Everything>(text, api::UnknownFields::Refuse);
    REQUIRE(second.has_error());
    CHECK(second.error().message == "codes[0].system must be text");
}

} // namespace portico::test
