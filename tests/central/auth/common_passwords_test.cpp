#include "central/auth/common_passwords.h"
#include "shared/domain/password_rules.h"
#include "tests/support/catch.h"

#include <string>

using namespace portico;
using namespace portico::central;

namespace {
std::string alone(std::string const& password) {
    auto const outcome = check_password(
        password, {false, {"Northwind Health Plan", "Portico"}, "alex.sample", is_common_password});
    return outcome ? "accepted" : outcome.error().reason;
}
} // namespace

TEST_CASE("common passwords: the lists have what breaches show, everyday words and names, and long walks") {
    // Well-known entries of the lists: first, last and between.
    for (auto const* word :
         {"password", "12345678", "sunshine", "trustno1", "butterfly", "1qaz2wsx3edc4rfv", "photography",
          "christopher", "elizabeth", "rodriguez", "correcthorsebatterystaple"})
        CHECK(is_common_password(word));
    for (auto const* word : {"", "q", "Password", "tangoriverowl", "purple kites over testville"})
        CHECK_FALSE(is_common_password(word));
}

TEST_CASE("common passwords: one of them made long enough is refused, a phrase of several words is welcome") {
    for (auto const* text :
         {"sunshine1234567", "Butterfly!!!!!!!", "photography2026!", "Chr1st0ph3r1984!!",
          "elizabethelizabeth", "monkey123456789", "correct horse battery staple", "yhpargotohp 2026",
          "1qaz2wsx3edc4rfv!", "qwertyuiop123456", "estrella12345678", "iloveyou iloveyou"}) {
        INFO(text);
        CHECK(alone(text) == "password_common");
    }
    for (auto const* text :
         {"seven quiet herons at dawn", "purple kites over testville", "eleven brown rivers run",
          "monkeys write sonnets", "lluvia sobre el tejado azul"}) {
        INFO(text);
        CHECK(alone(text) == "accepted");
    }
    CHECK(alone("my N0rthw1nd words 7") == "password_has_plan_name");
    CHECK(alone("p0rtic0 p0rtic0 open") == "password_has_plan_name");
    CHECK(alone("4lex.sample is my name") == "password_has_username");
}
