#include "shared/domain/password_rules.h"
#include "shared/domain/pin_rules.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {
std::string reason(Result<void> const& result) {
    return result ? "accepted" : result.error().reason;
}
std::string alone(std::string const& password) {
    return reason(check_password(password, {false, {"Northwind Health Plan"}, "alex.sample", {}}));
}
std::string beside(std::string const& password) {
    return reason(check_password(password, {true, {"Northwind Health Plan"}, "alex.sample", {}}));
}
std::string pin(std::string const& digits, PinContext const& context = {}) {
    return reason(check_pin(digits, context));
}
} // namespace

TEST_CASE("password: fifteen characters alone, eight beside a second factor") {
    CHECK(alone("tango river owl") == "accepted"); // 15
    CHECK(alone("tango river ow") == "password_short");
    CHECK(beside("tanriver") == "accepted");
    CHECK(beside("tanrive") == "password_short");
    CHECK(alone("") == "password_short");
}

TEST_CASE("password: characters are counted, not bytes, and 64 of any script fit") {
    CHECK(beside("\xC3\xB1\xC3\xA1\xC3\xA9\xC3\xAD\xC3\xB3\xC3\xBA\xC3\xBC\xC2\xBF") ==
          "accepted");                                                     // 8, 16 bytes
    CHECK(beside("\xC3\xB1\xC3\xA1\xC3\xA9\xC3\xAD") == "password_short"); // 4, 8 bytes
    // The Thue-Morse sequence has no period: a password that only repeats itself is refused as common.
    std::string khmer;
    for (unsigned i = 0; i < 64; ++i)
        khmer += __builtin_popcount(i) % 2 == 0 ? "\xE1\x9E\x80" : "\xE1\x9E\x82";
    CHECK(alone(khmer) == "accepted");
    std::string words;
    while (words.size() < 240)
        words += "word" + std::to_string(words.size()) + " ";
    CHECK(alone(words.substr(0, 240)) == "accepted");
    CHECK(alone(words + std::string(257 - words.size(), 'x')) == "password_long");
}

TEST_CASE("password: no mixture of letters, figures and marks is asked for") {
    CHECK(alone("correct horse battery staple") == "accepted");
    CHECK(alone("                an elk") == "accepted");
}

TEST_CASE("password: what people try first is refused, with figures around it too") {
    for (auto const* text :
         {"password", "PassWord2024!", "12345678", "87654321", "1234567890", "abcdefgh", "aaaaaaaa",
          "abababab", "iloveyou!!", "qwertyuiop", "!!welcome1!!", "19840517", "abcabcabc"})
        CHECK(beside(text) == "password_common");
    CHECK(alone("1234512345123451") == "password_common");
    CHECK(alone("a passwordless door") == "accepted");
}

TEST_CASE("password: the operator's list is asked in lower case") {
    std::string asked;
    PasswordContext const context{true, {}, "", [&](std::string_view folded) {
                                      asked = folded;
                                      return folded == "breached one";
                                  }};
    CHECK(reason(check_password("Breached One", context)) == "password_common");
    CHECK(asked == "breached one");
    CHECK(reason(check_password("Another one", context)) == "accepted");
}

TEST_CASE(
    "password: a listed word stays one with figures around and in it, twice, backwards, or spaced out") {
    PasswordContext const context{true, {}, "", [](std::string_view word) { return word == "sunflower"; }};
    for (auto const* text : {"sunflower", "SunFlower", "sunflower2026!", "19sunflower84", "sunfl0w3r",
                             "$unfl0w3r99", "5unf10wer", "sunflowersunflower", "rewolfnus", "sun flower",
                             "s.u.n.f.l.o.w.e.r", "123 sun-flower 456", "r3w0lfnus!!"})
        CHECK(reason(check_password(text, context)) == "password_common");
    for (auto const* text : {"sunflowers grow", "my sunflower", "sunflowerx", "sun2flower2x"})
        CHECK(reason(check_password(text, context)) == "accepted");
}

TEST_CASE("password: figures for letters do not hide the plan's name or the username") {
    CHECK(beside("N0rthw1nd 77x") == "password_has_plan_name");
    CHECK(alone("hello 4lex.s4mple hello") == "password_has_username");
}

TEST_CASE("password: the longest one is held against a list in a bounded number of looks") {
    std::size_t looks = 0;
    PasswordContext const context{true, {}, "", [&](std::string_view) {
                                      ++looks;
                                      return false;
                                  }};
    std::string text(256, '7');
    for (std::size_t i = 0; i < text.size(); i += 3)
        text[i] = static_cast<char>('0' + i % 10);
    (void)check_password(text, context);
    CHECK(looks < 20'000);
}

TEST_CASE("password: the plan's name and the username are refused in any case") {
    CHECK(beside("NORTHWIND22") == "password_has_plan_name");
    CHECK(alone("my northwindhealthplan login") == "password_has_plan_name");
    CHECK(alone("good health to all of us") == "accepted");
    CHECK(alone("Alex.Sample in 2031 x") == "password_has_username");
}

TEST_CASE("password: bytes that are no text are refused") {
    CHECK(beside(std::string("abc\xFF") + "defgh") == "password_not_text");
    CHECK(beside(std::string("abcd\0efgh", 9)) == "password_not_text");
}

TEST_CASE("username: letters of any script, digits and a few marks, 3 to 64") {
    for (auto const* name :
         {"alex", "Alex.Sample-2", "a@example.org", "\xC3\xA1ngela", "\xE1\x9E\x80\xE1\x9E\x81\xE1\x9E\x82"})
        CHECK(reason(check_username(name)) == "accepted");
    for (auto const* name : {"", "al", "alex sample", "alex\n", "al\xFFx", "<alex>",
                             "alex\xC2\xA0"
                             "b",
                             "al\xE2\x80\x8B"
                             "ex"})
        CHECK(reason(check_username(name)) == "username_invalid");
    CHECK(reason(check_username(std::string(64, 'a'))) == "accepted");
    CHECK(reason(check_username(std::string(65, 'a'))) == "username_invalid");
}

TEST_CASE("pin: six to twelve digits") {
    CHECK(pin("283915") == "accepted");
    CHECK(pin("283915746208") == "accepted");
    CHECK(pin("28391") == "pin_short");
    CHECK(pin("") == "pin_short");
    CHECK(pin("2839157462083") == "pin_long");
    CHECK(pin("28391x") == "pin_not_digits");
    CHECK(pin("28391 ") == "pin_not_digits");
}

TEST_CASE("pin: one digit, runs and short patterns are weak") {
    for (auto const* digits : {"111111", "123456", "654321", "789012", "012345", "246802", "121212", "123123",
                               "000000000000", "12341234"})
        CHECK(pin(digits) == "pin_weak");
    CHECK(pin("112358") == "accepted");
}

TEST_CASE("pin: the birth date and numbers on file are weak") {
    PinContext const context{Date{1984, 5, 17}, {"PTC-0001-83920", "555-0142"}};
    for (auto const* digits : {"051784", "170584", "840517", "05171984", "19840517", "198405", "00018392"})
        CHECK(pin(digits, context) == "pin_weak");
    CHECK(pin("555014", context) == "pin_weak");
    CHECK(pin("283915", context) == "accepted");
    CHECK(pin("051784") == "accepted");
}
