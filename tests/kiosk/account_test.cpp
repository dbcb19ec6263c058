#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

/// Signed in by a key, on the screen that shows a code app's secret.
struct CodeAppSetup : Kiosk {
    CodeAppSetup() {
        sign_in_with_key();
        want(Open{Place::Methods});
        answer(Loaded<api::Credentials>{sample::credentials()});
        want(Open{Place::AddCodeApp});
        REQUIRE(asked<BeginTotp>() != nullptr);
        answer(Loaded<api::TotpBegun>{sample::code_app()});
    }
    TotpSetup& setup() { return std::get<TotpSetup>(app.screen); }
    void type_code(char const* digits) {
        for (char const* digit = digits; *digit != '\0'; ++digit)
            want(Stroked{Field::OneTimeCode, ui::KeyStroke::add(std::string_view(digit, 1))});
        want(Continue{});
    }
};

} // namespace

TEST_CASE("code app: the secret is kept while a wrong code is corrected, and goes with the right one") {
    CodeAppSetup kiosk;
    kiosk.want(Continue{});
    kiosk.type_code("123");
    CHECK(kiosk.asked<ConfirmTotp>() == nullptr); // six digits make a code
    kiosk.type_code("456");
    REQUIRE(kiosk.asked<ConfirmTotp>() != nullptr);
    CHECK(kiosk.asked<ConfirmTotp>()->code.reveal() == "123456");
    kiosk.answer(AccountChanged{failure(ErrorKind::Refused, "totp_code_wrong")});
    CHECK(kiosk.setup().typing);
    CHECK(kiosk.setup().code.empty());
    CHECK(kiosk.setup().begun.value.has_value());
    kiosk.want(StepBack{});
    CHECK_FALSE(kiosk.setup().typing);
    kiosk.want(Continue{});
    kiosk.type_code("654321");
    kiosk.answer(AccountChanged{ok()});
    CHECK(kiosk.screen() == "methods");
    CHECK(kiosk.asked<FetchCredentials>() != nullptr);
}

TEST_CASE("code app: a secret that got too old is replaced, and the member is told to scan again") {
    CodeAppSetup kiosk;
    kiosk.want(Continue{});
    kiosk.type_code("123456");
    kiosk.answer(AccountChanged{failure(ErrorKind::Refused, "totp_not_begun")});
    CHECK(kiosk.asked<BeginTotp>() != nullptr);
    CHECK(kiosk.setup().timed_out);
    CHECK_FALSE(kiosk.setup().typing);
    CHECK_FALSE(kiosk.setup().begun.value.has_value());
}

TEST_CASE("lockout: a session that had begun ends with the lock, and the screen keeps its ticket") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"es"});
    kiosk.want(Open{Place::Password});
    auto one_factor = Kiosk::session();
    one_factor.assurance = Assurance::OneFactor;
    one_factor.step_up_ways = {"totp"};
    kiosk.want(Typed{Field::Username, "alex.sample"});
    kiosk.want(Stroked{Field::Password, ui::KeyStroke::add("words")});
    kiosk.want(Continue{});
    kiosk.answer(SignedIn{one_factor});
    REQUIRE(kiosk.screen() == "totp");
    for (char const* digit : {"1", "2", "3", "4", "5", "6"})
        kiosk.want(Stroked{Field::OneTimeCode, ui::KeyStroke::add(digit)});
    kiosk.want(Continue{});
    auto locked = failure(ErrorKind::Locked, "account_locked");
    locked.ticket = "ticket-9";
    kiosk.answer(SignedIn{locked});
    CHECK(kiosk.screen() == "locked");
    CHECK(kiosk.asked<EndSession>() != nullptr);
    CHECK(kiosk.asked<CoverAndForget>() != nullptr);
    CHECK_FALSE(kiosk.app.session.signed_in());
    CHECK(kiosk.app.session.given_name.empty());
    CHECK(kiosk.app.settings.language == "es");
    kiosk.happens(CentralTold{{.event = "account_unlocked", .ticket = "ticket-9"}});
    CHECK(std::get<LockedOut>(kiosk.app.screen).unlocked);
}

TEST_CASE("lockout: a key signs in from the locked screen and leads home") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::Password});
    kiosk.want(Typed{Field::Username, "alex.sample"});
    kiosk.want(Stroked{Field::Password, ui::KeyStroke::add("words")});
    kiosk.want(Continue{});
    kiosk.answer(SignedIn{failure(ErrorKind::Locked, "account_locked")});
    REQUIRE(kiosk.screen() == "locked");
    kiosk.want(Open{Place::KeySignIn});
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    kiosk.answer(SignedIn{Kiosk::session()});
    CHECK(kiosk.screen() == "home");
}

TEST_CASE("registration: a slow reply under the idle countdown leads to the next step and not past it") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::RegisterCode});
    kiosk.want(Typed{Field::ActivationCode, "ABCD-EFGH-JKMN-PQRS"});
    kiosk.want(Typed{Field::BirthDate, "05171984"});
    kiosk.want(Continue{});
    kiosk.answer(SignedIn{Kiosk::session()});
    REQUIRE(kiosk.screen() == "choose_username");
    kiosk.want(Typed{Field::Username, "alex.sample"});
    kiosk.want(Stroked{Field::Password, ui::KeyStroke::add("words")});
    kiosk.want(Continue{});
    auto const request = kiosk.app.last_request;
    kiosk.pass(idle_timeout_s);
    REQUIRE(kiosk.screen() == "still_there");
    kiosk.happens(AccountChanged{ok()}, request, kiosk.app.session.stamp);
    CHECK(kiosk.screen() == "still_there");
    kiosk.want(StillHere{});
    CHECK(kiosk.screen() == "choose_pin");
}

TEST_CASE(
    "keys: one that is registered already is told so, unless the try before was kept and its answer lost") {
    auto const already = error(ErrorKind::Conflict, "key_already_registered");
    auto const lost = error(ErrorKind::Unavailable, "central_unreachable");
    auto const untouched = error(ErrorKind::TimedOut, "key_touch_timeout");
    for (auto const& first : {lost, untouched}) {
        Kiosk kiosk;
        kiosk.sign_in_with_key();
        kiosk.want(Open{Place::Methods});
        kiosk.want(Open{Place::AddKey});
        auto const try_it = [&](Error const& failure) {
            kiosk.type_pin("123456");
            kiosk.want(Continue{});
            kiosk.answer(TouchWanted{});
            kiosk.answer(AccountChanged{failure});
        };
        try_it(first);
        CHECK(kiosk.screen() == "key");
        try_it(already);
        CHECK(kiosk.screen() == (first.reason == lost.reason ? "methods" : "key"));
    }
}

TEST_CASE("keys: who comes back from adding one waits for the new list, and does not see that of before") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::Methods});
    kiosk.answer(Loaded<api::Credentials>{sample::credentials()});
    kiosk.want(Open{Place::AddKey});
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    kiosk.answer(TouchWanted{});
    kiosk.answer(AccountChanged{ok()});
    REQUIRE(kiosk.screen() == "methods");
    auto const& credentials = std::get<Methods>(kiosk.app.screen).credentials;
    CHECK(credentials.waiting());
    CHECK_FALSE(credentials.value.has_value());
}

TEST_CASE("chip cards: one that is added already is told so, unless the answer to the try before was lost") {
    auto const already = error(ErrorKind::Conflict, "chip_card_registered_already");
    for (auto const* first : {"central_unreachable", "chip_card_pin_wrong"}) {
        Kiosk kiosk;
        kiosk.sign_in_with_key();
        kiosk.want(Open{Place::Methods});
        kiosk.want(Open{Place::AddChip});
        kiosk.happens(ChipChanged{ChipCardReady{.label = "Sample card", .certificate = {}, .insertion = 1}});
        auto const try_it = [&](Error const& failure) {
            kiosk.type_pin("135790");
            kiosk.want(Continue{});
            REQUIRE(kiosk.asked<AddChip>() != nullptr);
            kiosk.answer(AccountChanged{failure});
        };
        try_it(error(ErrorKind::Unavailable, first));
        CHECK(kiosk.screen() == "chip_card");
        try_it(already);
        CHECK(kiosk.screen() == (std::string_view(first) == "central_unreachable" ? "methods" : "chip_card"));
    }
}

TEST_CASE("chip cards: what is typed outlasts the card's word on its tries, and goes with the card") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    auto const card = [](std::uint64_t insertion, ChipCardPin pin) {
        return ChipChanged{
            ChipCardReady{.label = "Sample card", .certificate = {}, .pin = pin, .insertion = insertion}};
    };
    auto const typed = [&] { return std::get<ChipSignIn>(kiosk.app.screen).pin.size(); };
    kiosk.happens(card(1, ChipCardPin::Ready));
    REQUIRE(kiosk.screen() == "chip_card");
    kiosk.type_pin("1357");
    kiosk.happens(card(1, ChipCardPin::LastTry));
    CHECK(typed() == 4);
    kiosk.happens(card(2, ChipCardPin::Ready));
    CHECK(typed() == 0);
    kiosk.type_pin("1357");
    kiosk.happens(ChipChanged{ChipCardAbsent{}});
    CHECK(typed() == 0);
}

TEST_CASE("registration: a key whose product is no plain text is added without a name") {
    for (auto const& product :
         {std::string("Key \u202Eyek"), std::string("Key\xFF"), std::string(200, 'k')}) {
        Kiosk kiosk;
        kiosk.want(ChooseLanguage{"en"});
        kiosk.want(Open{Place::RegisterStaff});
        kiosk.want(Typed{Field::ActivationCode, "ABCD-EFGH-JKMN-PQRS"});
        kiosk.want(Continue{});
        auto staff = Kiosk::session();
        staff.is_staff = true;
        kiosk.answer(SignedIn{staff});
        kiosk.happens(KeyChanged{
            KeyReady{.product = product, .pin_set = true, .has_fingerprint = false, .insertion = 1}});
        kiosk.type_pin("123456");
        kiosk.want(Continue{});
        REQUIRE(kiosk.asked<AddKey>() != nullptr);
        CHECK(kiosk.asked<AddKey>()->label.empty());
    }
}

TEST_CASE("staff: their code leads to a key alone, and their key opens nothing") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::RegisterStaff});
    kiosk.want(Typed{Field::ActivationCode, "ABCD-EFGH-JKMN-PQRS"});
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<RegisterByCode>() != nullptr); // without a birth date
    auto staff = Kiosk::session();
    staff.is_staff = true;
    kiosk.answer(SignedIn{staff});
    CHECK(kiosk.screen() == "key");
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<AddKey>() != nullptr);
    CHECK(kiosk.asked<AddKey>()->label == "Sample Key");
    kiosk.answer(AccountChanged{ok()});
    CHECK(kiosk.screen() == "register_done");
    kiosk.want(Continue{});
    CHECK(kiosk.screen() == "visit_end");
    kiosk.want(Continue{});
    kiosk.happens(KeyChanged{KeyAbsent{}});

    kiosk.want(ChooseLanguage{"en"});
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    kiosk.answer(TouchWanted{});
    kiosk.answer(SignedIn{staff});
    CHECK(kiosk.screen() == "key");
    CHECK_FALSE(std::get<KeySignIn>(kiosk.app.screen).touch_wanted);
    CHECK(std::get<KeySignIn>(kiosk.app.screen).doing.failure->reason == "staff_key");
    CHECK(kiosk.asked<EndSession>() != nullptr);
    CHECK_FALSE(kiosk.app.session.signed_in());
}

TEST_CASE("terminal: one that central says is withdrawn ends the visit, says so, and comes back when told") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.happens(OnlineChanged{client::Online::Withdrawn});
    CHECK(kiosk.screen() == "out_of_order");
    CHECK(std::get<OutOfOrder>(kiosk.app.screen).withdrawn);
    CHECK(kiosk.asked<EndSession>() != nullptr);
    CHECK_FALSE(kiosk.app.session.signed_in());
    kiosk.happens(OnlineChanged{client::Online::No}); // the network out as well: nothing new to say
    CHECK(kiosk.screen() == "out_of_order");
    kiosk.happens(OnlineChanged{client::Online::Yes});
    CHECK(kiosk.screen() == "attract");
}
