#include "tests/kiosk/sample_screens.h"
#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

/// What the page that is shown says to wait for.
std::optional<Field> waits_for(Kiosk const& kiosk) {
    return std::visit(
        [](auto const& screen) -> std::optional<Field> {
            if constexpr (requires { screen.missing; })
                return screen.missing;
            else
                return std::nullopt;
        },
        kiosk.app.screen);
}

void stroke_all(Kiosk& kiosk, Field field, std::string_view characters) {
    for (std::size_t at = 0; at < characters.size(); ++at)
        kiosk.want(Stroked{field, ui::KeyStroke::add(characters.substr(at, 1))});
}

std::string missing_words(std::size_t typed, char const* language) {
    return catalog().plain(missing_text(Field::OneTimeCode, Field::OneTimeCode, typed), language);
}

} // namespace

TEST_CASE("missing: a code app's code that is not whole is said to be, and keeps what was typed") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::TotpCode});
    REQUIRE(kiosk.screen() == "totp");
    kiosk.want(Continue{});
    CHECK(waits_for(kiosk) == Field::OneTimeCode);
    stroke_all(kiosk, Field::OneTimeCode, "12345");
    CHECK_FALSE(waits_for(kiosk));
    kiosk.want(Continue{});
    CHECK(waits_for(kiosk) == Field::OneTimeCode);
    CHECK(kiosk.asked<SignInWithTotp>() == nullptr);
    stroke_all(kiosk, Field::OneTimeCode, "6");
    kiosk.want(Stroked{Field::OneTimeCode, ui::KeyStroke::submit()});
    REQUIRE(kiosk.asked<SignInWithTotp>() != nullptr);
    CHECK(kiosk.asked<SignInWithTotp>()->code.reveal() == "123456");
    CHECK_FALSE(waits_for(kiosk));
}

TEST_CASE("missing: a letter's code waits for the birth date, and a staff code for nothing else") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::RegisterCode});
    kiosk.want(Continue{});
    CHECK(waits_for(kiosk) == Field::ActivationCode);
    kiosk.want(Typed{Field::ActivationCode, "ABCD-EFGH-JKMN-PQRS"});
    kiosk.want(Continue{});
    CHECK(waits_for(kiosk) == Field::BirthDate);
    CHECK(kiosk.asked<RegisterByCode>() == nullptr);
    Kiosk of_staff;
    of_staff.want(ChooseLanguage{"en"});
    of_staff.want(Open{Place::RegisterStaff});
    of_staff.want(Typed{Field::ActivationCode, "ABCD-EFGH-JKMN-PQRS"});
    of_staff.want(Continue{});
    CHECK_FALSE(waits_for(of_staff));
    CHECK(of_staff.asked<RegisterByCode>() != nullptr);
}

TEST_CASE("missing: a username, a password and a PIN that nobody typed are asked for") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::Password});
    kiosk.want(Continue{});
    CHECK(waits_for(kiosk) == Field::Username);
    kiosk.want(Typed{Field::Username, "alex.sample"});
    kiosk.want(Continue{});
    CHECK(waits_for(kiosk) == Field::Password);
    Kiosk with_key;
    with_key.want(ChooseLanguage{"en"});
    with_key.insert_key();
    with_key.want(Continue{});
    CHECK(waits_for(with_key) == Field::Pin);
    // Pulled out, it waits for the key.
    with_key.happens(KeyChanged{KeyAbsent{}});
    CHECK_FALSE(waits_for(with_key));
    with_key.want(Continue{});
    CHECK_FALSE(waits_for(with_key));
}

TEST_CASE("missing: the words say how long a code is and how much of it is typed") {
    CHECK(missing_words(0, "en") == "The code has 6 digits. Please type them.");
    CHECK(missing_words(1, "en") == "The code has 6 digits. One is typed.");
    CHECK(missing_words(5, "en") == "The code has 6 digits. 5 are typed.");
    CHECK(missing_words(1, "es") == "El código tiene 6 dígitos. Ha escrito uno.");
    CHECK(missing_words(2, "ar") == "الرمز من 6 أرقام. كُتب رقمان.");
    CHECK(missing_text(std::nullopt, Field::Pin).empty());
    CHECK(missing_text(Field::Username, Field::Pin).empty());
    CHECK(missing_text(Field::Pin, Field::Pin).id() == "part.fill_in");
}
