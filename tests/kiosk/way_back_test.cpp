#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

/// Somebody who has said who they are, and was asked for two proofs.
struct Returning : Kiosk {
    Returning() {
        want(ChooseLanguage{"en"});
        want(Open{Place::WayBack});
        want(Typed{Field::Username, "alex.sample"});
        want(Continue{});
        CHECK(asked<SendRecoveryCodes>() == nullptr); // a name alone is known to others, too
        CHECK(way().missing == Field::BirthDate);
        want(Typed{Field::BirthDate, "05 17 1984"});
        want(Continue{});
        REQUIRE(asked<SendRecoveryCodes>() != nullptr);
        CHECK(asked<SendRecoveryCodes>()->who == "alex.sample");
        CHECK(asked<SendRecoveryCodes>()->birth_date == "1984-05-17");
        answer(RecoveryAsked{ok(), "visit-1"});
        REQUIRE(way().asked);
    }
    WayBack& way() { return std::get<WayBack>(app.screen); }
    void type(Field field, char const* digits) {
        for (char const* digit = digits; *digit != '\0'; ++digit)
            want(Stroked{field, ui::KeyStroke::add(std::string_view(digit, 1))});
    }
    void proved(std::string const& lost) {
        type(Field::OneTimeCode, "123456");
        type(Field::SecondCode, "654321");
        want(Continue{});
        REQUIRE(asked<ProveReturn>() != nullptr);
        auto reply = session();
        reply.sets_anew = lost;
        answer(SignedIn{std::move(reply)});
    }
};

} // namespace

TEST_CASE("way back: two whole codes are asked for, and a wrong one is forgotten") {
    Returning kiosk;
    kiosk.type(Field::OneTimeCode, "123456");
    kiosk.type(Field::SecondCode, "6543");
    kiosk.want(Continue{});
    CHECK(kiosk.asked<ProveReturn>() == nullptr);
    CHECK(kiosk.way().missing == Field::SecondCode);
    CHECK(kiosk.way().second.reveal() == "6543");
    kiosk.type(Field::SecondCode, "21");
    CHECK_FALSE(kiosk.way().missing);
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<ProveReturn>() != nullptr);
    CHECK(kiosk.asked<ProveReturn>()->birth_date == "1984-05-17");
    CHECK(kiosk.asked<ProveReturn>()->code.reveal() == "123456");
    CHECK(kiosk.asked<ProveReturn>()->second == "code");
    CHECK(kiosk.asked<ProveReturn>()->second_code.reveal() == "654321");
    kiosk.answer(SignedIn{failure(ErrorKind::Refused, "recovery_refused")});
    CHECK(kiosk.screen() == "way_back");
    CHECK(kiosk.way().code.empty());
    CHECK(kiosk.way().second.empty());
    CHECK(kiosk.way().doing.failure);
    CHECK_FALSE(kiosk.app.session.signed_in());
    // Both are gone, so the first is asked for first; why the last try failed is no longer said beside it.
    kiosk.want(Continue{});
    CHECK(kiosk.way().missing == Field::OneTimeCode);
    CHECK_FALSE(kiosk.way().doing.failure);
}

TEST_CASE("way back: who is done with the first code is not told of the second yet") {
    Returning kiosk;
    kiosk.type(Field::OneTimeCode, "12345");
    kiosk.want(Stroked{Field::OneTimeCode, ui::KeyStroke::submit()});
    CHECK(kiosk.way().missing == Field::OneTimeCode);
    kiosk.type(Field::OneTimeCode, "6");
    kiosk.want(Stroked{Field::OneTimeCode, ui::KeyStroke::submit()});
    CHECK_FALSE(kiosk.way().missing);
    kiosk.want(Continue{});
    CHECK(kiosk.way().missing == Field::SecondCode);
}

TEST_CASE(
    "way back: a proof whose answer was lost is shown again in the same visit, by whatever it was shown") {
    Returning kiosk;
    auto const lost = [&] {
        REQUIRE(kiosk.asked<ProveReturn>() != nullptr);
        CHECK(kiosk.asked<ProveReturn>()->visit == "visit-1");
        kiosk.answer(SignedIn{failure(ErrorKind::Unavailable, "central_unreachable")});
    };
    kiosk.type(Field::OneTimeCode, "123456");
    kiosk.type(Field::SecondCode, "654321");
    kiosk.want(Continue{});
    lost();
    CHECK(kiosk.screen() == "way_back");
    kiosk.type(Field::OneTimeCode, "123456");
    kiosk.want(Open{Place::WayBackKey});
    kiosk.insert_key();
    for (int i = 0; i < 2; ++i) {
        kiosk.type_pin("123456");
        kiosk.want(Continue{});
        lost();
    }
    kiosk.want(GoBack{});
    kiosk.want(Open{Place::WayBackChip});
    kiosk.happens(ChipChanged{ChipCardReady{}});
    kiosk.want(Stroked{Field::Pin, ui::KeyStroke::add("4711")});
    kiosk.want(Continue{});
    lost();
    // Another name is another visit.
    kiosk.want(GoBack{});
    kiosk.want(StepBack{});
    CHECK(kiosk.way().visit.empty());
}

TEST_CASE("way back: what was lost is set anew, and then the visit begins afresh") {
    Returning kiosk;
    kiosk.proved("password");
    REQUIRE(kiosk.screen() == "choose_username");
    CHECK(kiosk.app.session.registering);
    CHECK(kiosk.app.beneath.empty());
    kiosk.want(Typed{Field::Username, "alex.sample"});
    kiosk.want(Stroked{Field::Password, ui::KeyStroke::add("words")});
    kiosk.want(Continue{});
    kiosk.answer(AccountChanged{ok()});
    CHECK(kiosk.screen() == "register_done"); // no PIN and no key: they were not lost
    kiosk.want(Continue{});
    CHECK_FALSE(kiosk.app.session.signed_in());
    CHECK(kiosk.app.session.sets_anew.empty());
}

TEST_CASE("way back: each loss leads to its own page") {
    for (auto const& [lost, screen] :
         {std::pair("security_key", "replace_lost"), std::pair("chip_card", "replace_lost"),
          std::pair("printed_card", "replace_lost"), std::pair("pin", "choose_pin"),
          std::pair("second_factor", "totp_setup"), std::pair("everything", "choose_username")}) {
        Returning kiosk;
        kiosk.proved(lost);
        CHECK(kiosk.screen() == screen);
        // One secret for the code app: of two, central may keep the one that is not shown.
        CHECK(std::count_if(kiosk.last.begin(), kiosk.last.end(), [](Command const& each) {
                  return std::holds_alternative<BeginTotp>(each.body);
              }) == (lost == std::string("second_factor") ? 1 : 0));
    }
}

TEST_CASE("way back: a key needs the first code, which goes with its answer") {
    Returning kiosk;
    kiosk.want(Open{Place::WayBackKey});
    CHECK(kiosk.screen() == "way_back");
    CHECK(kiosk.way().doing.failure);
    kiosk.type(Field::OneTimeCode, "123456");
    kiosk.want(Open{Place::WayBackStaff});
    REQUIRE(kiosk.screen() == "key");
    CHECK(std::get<KeySignIn>(kiosk.app.screen).use == KeyUse::StaffReturns);
}

TEST_CASE("way back: a chip card goes with the first code, the name and the birth date") {
    Returning kiosk;
    kiosk.want(Open{Place::WayBackChip});
    CHECK(kiosk.screen() == "way_back");
    kiosk.type(Field::OneTimeCode, "123456");
    kiosk.want(Open{Place::WayBackChip});
    REQUIRE(kiosk.screen() == "chip_card");
    kiosk.happens(ChipChanged{ChipCardReady{}});
    kiosk.want(Stroked{Field::Pin, ui::KeyStroke::add("4711")});
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<ProveReturn>() != nullptr);
    CHECK(kiosk.asked<ProveReturn>()->second == "chip_card");
    CHECK(kiosk.asked<ProveReturn>()->birth_date == "1984-05-17");
    CHECK(kiosk.asked<ProveReturn>()->code.reveal() == "123456");
    CHECK(kiosk.asked<ProveReturn>()->pin.reveal() == "4711");
    auto reply = kiosk.session();
    reply.sets_anew = "password";
    kiosk.answer(SignedIn{std::move(reply)});
    CHECK(kiosk.screen() == "choose_username");
}

TEST_CASE("way back: what takes the place of a lost key or card is chosen, and nothing may") {
    Returning kiosk;
    kiosk.proved("chip_card");
    kiosk.want(PrintCard{}); // no chip card is printed
    CHECK(kiosk.asked<IssueCard>() == nullptr);
    kiosk.want(Open{Place::AddChip});
    REQUIRE(kiosk.screen() == "chip_card");
    CHECK(std::get<ChipSignIn>(kiosk.app.screen).use == ChipUse::Add);
    kiosk.want(GoBack{});
    REQUIRE(kiosk.screen() == "replace_lost");
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<FinishReturn>() != nullptr);
    kiosk.answer(AccountChanged{failure(ErrorKind::Refused, "last_credential")});
    REQUIRE(kiosk.screen() == "replace_lost");
    CHECK(std::get<ReplaceLost>(kiosk.app.screen).doing.failure);
    kiosk.want(Continue{});
    kiosk.answer(AccountChanged{ok()});
    CHECK(kiosk.screen() == "register_done");
}

TEST_CASE(
    "way back: a card is printed in place of a lost one, and where none came out another way is chosen") {
    Returning kiosk;
    kiosk.proved("printed_card");
    kiosk.want(PrintCard{});
    REQUIRE(kiosk.asked<IssueCard>() != nullptr);
    REQUIRE(kiosk.screen() == "card_print");
    auto const request = [&] { return std::get<CardPrint>(kiosk.app.screen).request; };
    kiosk.happens(PrintMoved{PrintStage::Failed, {}}, request(), kiosk.app.session.stamp);
    kiosk.want(Continue{});
    REQUIRE(kiosk.screen() == "replace_lost");
    kiosk.want(PrintCard{});
    REQUIRE(kiosk.screen() == "card_print");
    kiosk.happens(PrintMoved{PrintStage::Done, {}}, request(), kiosk.app.session.stamp);
    kiosk.want(Continue{});
    CHECK(kiosk.screen() == "register_done");
    CHECK(kiosk.app.beneath.empty());
}

TEST_CASE("way back: back to the name forgets the codes") {
    Returning kiosk;
    kiosk.type(Field::OneTimeCode, "123456");
    kiosk.want(StepBack{});
    CHECK_FALSE(kiosk.way().asked);
    CHECK(kiosk.way().code.empty());
    CHECK(kiosk.way().who == "alex.sample");
}

TEST_CASE("way back: the member is told where their ways to sign in are, and stops it") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::Methods});
    REQUIRE(kiosk.asked<FetchOwnRecovery>() != nullptr);
    auto const methods = [&]() -> Methods& { return std::get<Methods>(kiosk.app.screen); };
    kiosk.happens(Loaded<api::OwnRecovery>{api::OwnRecovery{true, "password", "2026-03-12T00:00:00Z"}},
                  methods().recovery.request, kiosk.app.session.stamp);
    REQUIRE(methods().recovery.value.has_value());
    kiosk.want(StopRecovery{});
    REQUIRE(kiosk.asked<StopReturn>() != nullptr);
    kiosk.answer(Loaded<api::OwnRecovery>{api::OwnRecovery{}});
    CHECK_FALSE(methods().recovery.value->open);
    CHECK(methods().stopping);
}
