#include "tests/kiosk/call_check_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

TEST_CASE("call check: a member who is signed in with two factors is asked, and touches the number") {
    Asked kiosk;
    kiosk.event();
    REQUIRE(kiosk.asked<FetchCallCheck>() != nullptr);
    CHECK(kiosk.last.front().token == "token");
    CHECK(kiosk.screen() == "home"); // nothing to show yet
    kiosk.answer(Loaded<api::CallCheck>{question()});
    REQUIRE(kiosk.shows());
    CHECK(kiosk.page().question.numbers == question().numbers);
    kiosk.want(AnswerCall{"83"});
    auto const* told = kiosk.asked<AnswerCallCheck>();
    REQUIRE(told != nullptr);
    CHECK(told->check == "check-1");
    CHECK(told->number == "83");
    CHECK(kiosk.page().doing.waiting());
    kiosk.want(AnswerCall{"47"}); // a second press while the first is under way
    CHECK(kiosk.asked<AnswerCallCheck>() == nullptr);
    kiosk.answer(CallCheckAnswered{ok()});
    CHECK(kiosk.page().end == CallCheckEnd::Right);
    kiosk.want(AnswerCall{"47"}); // nor when it is over
    CHECK(kiosk.asked<AnswerCallCheck>() == nullptr);
    kiosk.want(Continue{});
    CHECK(kiosk.screen() == "home");
    CHECK(kiosk.app.beneath.empty());
}

TEST_CASE("call check: nobody is asked who is not surely a member") {
    SECTION("before sign-in") {
        Kiosk kiosk;
        kiosk.want(ChooseLanguage{"en"});
        kiosk.happens(CentralTold{{.event = "call_check", .ticket = ""}});
        CHECK(kiosk.last.empty());
    }
    SECTION("with one factor") {
        Asked kiosk;
        kiosk.app.session.assurance = Assurance::OneFactor;
        kiosk.event();
        CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    }
    SECTION("staff") {
        Asked kiosk;
        kiosk.app.session.staff = true;
        kiosk.event();
        CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    }
    SECTION("one who sets up an account") {
        Asked kiosk;
        kiosk.app.session.registering = true;
        kiosk.event();
        CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    }
    SECTION("when the visit is over") {
        Asked kiosk;
        kiosk.want(Finish{});
        kiosk.event();
        CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    }
    SECTION("in person with staff is surer than two factors") {
        Asked kiosk;
        kiosk.app.session.assurance = Assurance::InPersonWithStaff;
        kiosk.event();
        CHECK(kiosk.asked<FetchCallCheck>() != nullptr);
    }
}

TEST_CASE("call check: a sign-in that says a desk asks leads to the question, over the member's page") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    auto reply = Kiosk::session();
    reply.call_check = true;
    SECTION("with two factors") {
        kiosk.answer(SignedIn{reply});
        CHECK(kiosk.screen() == "home");
        CHECK(kiosk.asked<FetchHome>() != nullptr);
        REQUIRE(kiosk.asked<FetchCallCheck>() != nullptr);
        kiosk.answer(Loaded<api::CallCheck>{question()});
        CHECK(kiosk.screen() == "call_check");
        kiosk.want(GoBack{});
        CHECK(kiosk.screen() == "home");
    }
    SECTION("with one factor only after the step up") {
        reply.assurance = Assurance::OneFactor;
        kiosk.answer(SignedIn{reply});
        CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
        kiosk.want(Open{Place::KeySignIn});
        kiosk.type_pin("123456");
        kiosk.want(Continue{});
        reply.assurance = Assurance::TwoFactors;
        kiosk.answer(SignedIn{reply});
        CHECK(kiosk.asked<FetchCallCheck>() != nullptr);
    }
    SECTION("not when nobody asks") {
        reply.call_check = false;
        kiosk.answer(SignedIn{reply});
        CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    }
    SECTION("not for a staff key, which opens nothing") {
        reply.is_staff = true;
        kiosk.answer(SignedIn{reply});
        CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    }
}

TEST_CASE("call check: a registration is not interrupted, whatever its reply says") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::RegisterCode});
    kiosk.want(Typed{Field::ActivationCode, "ABCD-EFGH-JKMN-PQRS"});
    kiosk.want(Typed{Field::BirthDate, "05171984"});
    kiosk.want(Continue{});
    auto reply = Kiosk::session();
    reply.call_check = true;
    kiosk.answer(SignedIn{reply});
    REQUIRE(kiosk.screen() == "choose_username");
    CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
}

TEST_CASE("call check: an empty answer opens nothing, and ends a question that stands") {
    Asked kiosk;
    kiosk.asks({});
    CHECK(kiosk.screen() == "home");
    kiosk.asks();
    REQUIRE(kiosk.shows());
    kiosk.asks({});
    CHECK(kiosk.page().end == CallCheckEnd::Gone);
    CHECK(kiosk.pages() == 1);
}

TEST_CASE("call check: what is half typed beneath is there again after it") {
    Asked kiosk;
    kiosk.want(Open{Place::Contact});
    kiosk.answer(Loaded<api::ContactDetails>{sample::contact()});
    kiosk.want(Continue{});
    kiosk.want(Typed{Field::Phone, "617-555-01"});
    kiosk.asks();
    REQUIRE(kiosk.shows());
    kiosk.want(Typed{Field::Phone, "gone"}); // there is no field on the question
    kiosk.want(GoBack{});
    REQUIRE(kiosk.screen() == "contact_edit");
    CHECK(std::get<ContactEdit>(kiosk.app.screen).phone == "617-555-01");
    CHECK(std::get<ContactEdit>(kiosk.app.screen).address.city == "Testville");

    kiosk.asks(); // Back was no answer: it can be asked once more
    REQUIRE(kiosk.shows());
    kiosk.want(AnswerCall{"47"});
    kiosk.answer(CallCheckAnswered{ok()});
    kiosk.want(Continue{});
    CHECK(std::get<ContactEdit>(kiosk.app.screen).phone == "617-555-01");
}

TEST_CASE("call check: a PIN that is half typed beneath stays for its key alone") {
    Asked kiosk;
    kiosk.want(Open{Place::Methods});
    kiosk.answer(Loaded<api::Credentials>{sample::credentials()});
    kiosk.want(Open{Place::AddKey});
    kiosk.type_pin("1234");
    kiosk.asks();
    REQUIRE(kiosk.shows());
    auto const typed = [&] { return std::get<KeySignIn>(kiosk.app.beneath.back()).pin.size(); };
    CHECK(typed() == 4);
    kiosk.happens(KeyChanged{KeyAbsent{}});
    CHECK(typed() == 0);
    CHECK(kiosk.shows());
}

TEST_CASE("call check: a chip card's PIN beneath goes with its card as well") {
    Asked kiosk;
    kiosk.want(Open{Place::Methods});
    kiosk.answer(Loaded<api::Credentials>{sample::credentials()});
    kiosk.want(Open{Place::AddChip});
    kiosk.happens(ChipChanged{ChipCardReady{.label = "Sample card", .certificate = {}, .insertion = 1}});
    kiosk.type_pin("1357");
    kiosk.asks();
    REQUIRE(kiosk.shows());
    kiosk.happens(ChipChanged{ChipCardAbsent{}});
    CHECK(std::get<ChipSignIn>(kiosk.app.beneath.back()).pin.empty());
    CHECK(kiosk.shows());
}

TEST_CASE("call check: it waits for a print that runs, and opens when that is over") {
    Asked kiosk;
    kiosk.print_card();
    kiosk.print_moves(PrintStage::Printing);
    kiosk.asks();
    CHECK(kiosk.screen() == "card_print");
    SECTION("while there is time") {
        kiosk.pass(std::chrono::seconds(119));
        CHECK(kiosk.screen() == "card_print");
        kiosk.print_moves(PrintStage::Done);
        REQUIRE(kiosk.shows());
        kiosk.want(GoBack{});
        CHECK(kiosk.screen() == "card_print");
    }
    SECTION("under the help that was opened over it too") {
        kiosk.want(Open{Place::Help});
        CHECK(kiosk.screen() == "help");
        kiosk.print_moves(PrintStage::Done);
        CHECK(kiosk.shows());
    }
    SECTION("not when it has run out meanwhile") {
        kiosk.pass(std::chrono::seconds(120));
        kiosk.print_moves(PrintStage::Done);
        CHECK(kiosk.screen() == "card_print");
        CHECK(kiosk.pages() == 0);
    }
}

TEST_CASE("call check: it waits for what a press has begun, so that its end finds its page") {
    Asked kiosk;
    kiosk.want(Open{Place::Methods});
    kiosk.answer(Loaded<api::Credentials>{sample::credentials()});
    kiosk.want(Open{Place::AddKey});
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    auto const adding = kiosk.app.last_request;
    SECTION("on the page itself") {}
    SECTION("or on one under the help") {
        kiosk.want(Open{Place::Help});
    }
    auto const before = kiosk.screen();
    kiosk.asks();
    CHECK(kiosk.screen() == before);
    kiosk.happens(AccountChanged{ok()}, adding, kiosk.app.session.stamp);
    REQUIRE(kiosk.shows());
    kiosk.want(GoBack{});
    CHECK(kiosk.screen() == "methods");
}

TEST_CASE("call check: the idle countdown stays in front of it, and is never put off by it") {
    Asked kiosk;
    kiosk.pass(std::chrono::seconds(59));
    kiosk.event();
    auto const asking = kiosk.app.last_request;
    kiosk.pass(std::chrono::seconds(1));
    REQUIRE(kiosk.screen() == "still_there");
    kiosk.happens(Loaded<api::CallCheck>{question()}, asking, kiosk.app.session.stamp);
    CHECK(kiosk.screen() == "still_there");
    SECTION("it opens when the member is still there") {
        kiosk.want(StillHere{});
        REQUIRE(kiosk.shows());
        kiosk.pass(idle_timeout_s);
        CHECK(kiosk.screen() == "still_there");
        kiosk.want(StillHere{});
        CHECK(kiosk.shows());
        CHECK(kiosk.pages() == 1);
    }
    SECTION("and goes with the visit when not") {
        kiosk.pass(idle_countdown_s);
        REQUIRE(kiosk.screen() == "visit_end");
        CHECK_FALSE(kiosk.app.session.call_check.load.value.has_value());
        kiosk.pass(std::chrono::seconds(1));
        CHECK(kiosk.screen() == "visit_end");
        CHECK(kiosk.pages() == 0);
    }
}

TEST_CASE("call check: screens that serve nobody stay in front of it") {
    for (int which : {0, 1, 2}) {
        Asked kiosk;
        if (which == 0)
            kiosk.app.screen = VisitEnd{.since = kiosk.now.mono};
        else if (which == 1)
            kiosk.app.screen = LockedOut{.since = kiosk.now.mono};
        else
            kiosk.app.screen = OutOfOrder{};
        auto const before = kiosk.screen();
        kiosk.asks();
        INFO(before);
        CHECK(kiosk.screen() == before);
    }
}
