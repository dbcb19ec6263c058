#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

api::CallBackPlace in_line(int place = 3, char const* state = "waiting") {
    api::CallBackPlace told;
    told.call_back = "call-1";
    told.state = state;
    told.place = place;
    told.to = "(***) ***-**12";
    told.wait_min = 5;
    told.wait_max = 20;
    return told;
}

/// Somebody who asks for a call.
struct Caller : Kiosk {
    void begin() {
        want(ChooseLanguage{"en"});
        want(Open{Place::CallBack});
        want(Picked{Choice::CallAbout, 1});
    }
    void lock() {
        want(ChooseLanguage{"en"});
        want(Open{Place::Password});
        want(Continue{});
        app.screen = PasswordSignIn{};
        std::get<PasswordSignIn>(app.screen).doing.begin(++app.last_request);
        auto locked = failure(ErrorKind::Locked, "account_locked");
        locked.ticket = "ticket-1";
        answer(SignedIn{locked});
        REQUIRE(screen() == "locked");
    }
    void type_number(char const* number = "617 555 0112") { want(Typed{Field::Phone, number}); }
    void send() {
        type_number();
        want(Continue{});
        REQUIRE(asked<SendCallBack>() != nullptr);
    }
    void told(Result<api::CallBackPlace> result) { answer(CallBackAsked{"call-1", std::move(result)}); }
    /// The page with the place.
    void stand_in_line() {
        send();
        told(in_line());
        REQUIRE(screen() == "call_back_place");
    }
    CallBackAsk const& ask() const { return std::get<CallBackAsk>(app.screen); }
    CallBackPage const& page() const { return std::get<CallBackPage>(app.screen); }
    void changed() { happens(CentralTold{{.event = "line_changed", .ticket = ""}}); }
};

} // namespace

TEST_CASE("call-back: who is not signed in types a number, and it is checked before it is sent") {
    Caller kiosk;
    kiosk.begin();
    CHECK(kiosk.screen() == "call_back");
    CHECK_FALSE(kiosk.ask().can_use_file);
    for (auto const* number : {"", "555 0112", "911", "900 555 0112", "+44 20 7946 0000"}) {
        kiosk.type_number(number);
        kiosk.want(Continue{});
        CHECK(kiosk.ask().number_wrong);
        CHECK(kiosk.asked<SendCallBack>() == nullptr);
    }
    kiosk.type_number("(617) 555-0112");
    kiosk.want(Continue{});
    auto const* sent = kiosk.asked<SendCallBack>();
    REQUIRE(sent != nullptr);
    CHECK(sent->question.number == "(617) 555-0112");
    CHECK(sent->question.about == "claim");
    CHECK(sent->question.language == "en");
    CHECK(sent->question.call_back.empty()); // made by who sends it
    CHECK_FALSE(kiosk.ask().number_wrong);
    kiosk.want(Continue{}); // a second press while the first is under way
    CHECK(kiosk.asked<SendCallBack>() == nullptr);
    kiosk.told(in_line());
    CHECK(kiosk.screen() == "call_back_place");
    CHECK(kiosk.page().place.value->place == 3);
    CHECK(kiosk.page().place.value->to == "(***) ***-**12");
}

TEST_CASE("call-back: a member's number on file is asked for without being shown") {
    Caller kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::CallBack});
    CHECK(kiosk.ask().can_use_file);
    CHECK(kiosk.ask().on_file);
    kiosk.want(Picked{Choice::CallAbout, 2});
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<SendCallBack>() != nullptr);
    CHECK(kiosk.asked<SendCallBack>()->question.number.empty());
    CHECK(kiosk.last.front().token == "token");
    kiosk.told(failure(ErrorKind::Refused, "no_number_on_file"));
    CHECK(kiosk.screen() == "call_back");
    kiosk.want(Picked{Choice::CallWhere, 1});
    CHECK_FALSE(kiosk.ask().doing.failure);
    kiosk.send();
    CHECK(kiosk.asked<SendCallBack>()->question.number == "617 555 0112");
}

TEST_CASE("call-back: a locked account's page leads to the number at once, and back") {
    Caller kiosk;
    kiosk.lock();
    kiosk.want(Open{Place::CallBack});
    REQUIRE(kiosk.screen() == "call_back");
    CHECK(std::string(call_back_abouts.at(kiosk.ask().about)) == "account_locked");
    kiosk.want(StepBack{});
    CHECK_FALSE(kiosk.ask().about_chosen());
    kiosk.want(GoBack{});
    CHECK(kiosk.screen() == "locked");
}

TEST_CASE("call-back: the language is one of those of this kiosk") {
    Caller kiosk;
    kiosk.app.facts.languages = {"en", "es"};
    kiosk.want(ChooseLanguage{"es"});
    kiosk.want(Open{Place::CallBack});
    kiosk.want(Picked{Choice::CallAbout, 0});
    CHECK(kiosk.ask().language == 1); // as the screen
    kiosk.want(Picked{Choice::CallLanguage, 7});
    CHECK(kiosk.ask().language == 1);
    kiosk.want(Picked{Choice::CallLanguage, 0});
    kiosk.send();
    CHECK(kiosk.asked<SendCallBack>()->question.language == "en");
}

TEST_CASE(
    "call-back: after a lost answer the same call is asked for by its id, and another takes its place") {
    Caller kiosk;
    kiosk.begin();
    kiosk.send();
    kiosk.told(failure(ErrorKind::Unavailable, "central_unreachable"));
    CHECK(kiosk.screen() == "call_back");
    SECTION("the same") {
        kiosk.want(Continue{});
        CHECK(kiosk.asked<SendCallBack>()->question.call_back == "call-1");
        CHECK(kiosk.asked<SendCallBack>()->instead_of.empty());
    }
    SECTION("another number: the first must not stand beside") {
        kiosk.type_number("617 555 0113");
        kiosk.want(Continue{});
        CHECK(kiosk.asked<SendCallBack>()->question.call_back.empty());
        CHECK(kiosk.asked<SendCallBack>()->instead_of == "call-1");
    }
    SECTION(
        "another number, and the first could not be taken back: that is tried again before anything else") {
        kiosk.type_number("617 555 0113");
        kiosk.want(Continue{});
        REQUIRE(kiosk.asked<SendCallBack>()->instead_of == "call-1");
        kiosk.told(failure(ErrorKind::Unavailable, "central_unreachable")); // of "call-1"
        kiosk.want(Continue{});
        REQUIRE(kiosk.asked<SendCallBack>() != nullptr);
        CHECK(kiosk.asked<SendCallBack>()->instead_of == "call-1");
        CHECK(kiosk.asked<SendCallBack>()->question.call_back.empty());
        CHECK(kiosk.asked<SendCallBack>()->question.number == "617 555 0113");
    }
    SECTION("what central refused never stood anywhere") {
        kiosk.want(Continue{});
        kiosk.told(failure(ErrorKind::Conflict, "call_back_waits"));
        kiosk.want(Continue{});
        CHECK(kiosk.asked<SendCallBack>()->question.call_back.empty());
        CHECK(kiosk.asked<SendCallBack>()->instead_of.empty());
    }
}

TEST_CASE("call-back: the place is read anew when central tells of a change, and every half minute") {
    Caller kiosk;
    kiosk.begin();
    kiosk.stand_in_line();
    kiosk.changed();
    REQUIRE(kiosk.asked<FetchCallBackPlace>() != nullptr);
    CHECK(kiosk.asked<FetchCallBackPlace>()->call_back == "call-1");
    auto next = in_line(1);
    next.to.clear(); // central tells it once
    kiosk.answer(Loaded<api::CallBackPlace>{next});
    CHECK(kiosk.page().place.value->place == 1);
    CHECK(kiosk.page().place.value->to == "(***) ***-**12");
    kiosk.pass(call_back_look_s);
    CHECK(kiosk.asked<FetchCallBackPlace>() != nullptr);
    kiosk.answer(Loaded<api::CallBackPlace>{in_line(0, "calling")});
    CHECK(kiosk.page().place.value->state == "calling");
    kiosk.changed();
    kiosk.answer(Loaded<api::CallBackPlace>{in_line(0, "reached")});
    CHECK(kiosk.page().is_over());
    kiosk.changed(); // it is over: nothing is asked any more
    CHECK(kiosk.asked<FetchCallBackPlace>() == nullptr);
}

TEST_CASE("call-back: without the network the page says how old it is, and is right again when it is back") {
    Caller kiosk;
    kiosk.begin();
    kiosk.stand_in_line();
    kiosk.happens(OnlineChanged{client::Online::No});
    for (int i = 0; i < 6; ++i) {
        kiosk.pass(call_back_look_s);
        kiosk.answer(Loaded<api::CallBackPlace>{failure(ErrorKind::Unavailable, "central_unreachable")});
    }
    CHECK(kiosk.screen() == "call_back_place");
    CHECK(kiosk.page().minutes_old == 3);
    CHECK(kiosk.page().place.failure);
    CHECK(kiosk.page().place.value->place == 3); // as it was
    kiosk.happens(OnlineChanged{client::Online::Yes});
    REQUIRE(kiosk.asked<FetchCallBackPlace>() != nullptr);
    kiosk.answer(Loaded<api::CallBackPlace>{in_line(1)});
    CHECK(kiosk.page().minutes_old == 0);
    CHECK_FALSE(kiosk.page().place.failure);
}

TEST_CASE("call-back: when nobody touches anything the page stays and the person's session does not") {
    Caller kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::CallBack});
    kiosk.want(Picked{Choice::CallAbout, 0});
    kiosk.want(Continue{});
    kiosk.told(in_line());
    REQUIRE(kiosk.screen() == "call_back_place");
    kiosk.pass(idle_timeout_s - std::chrono::seconds(1));
    CHECK(kiosk.app.session.signed_in());
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.asked<EndSession>() != nullptr);
    CHECK(kiosk.asked<CoverAndForget>() != nullptr);
    REQUIRE(kiosk.screen() == "call_back_place");
    CHECK_FALSE(kiosk.app.session.signed_in());
    CHECK(kiosk.app.session.given_name.empty());
    CHECK(kiosk.app.beneath.empty());
    CHECK(kiosk.page().place.value->to.empty());
    CHECK(kiosk.page().place.value->place == 3);
    // It goes on to be right, and asks as nobody.
    REQUIRE(kiosk.asked<FetchCallBackPlace>() != nullptr);
    kiosk.answer(Loaded<api::CallBackPlace>{in_line(1)});
    CHECK(kiosk.page().place.value->place == 1);
    CHECK(kiosk.page().place.value->to.empty());
    // For twenty minutes, and no longer.
    while (kiosk.screen() == "call_back_place" && kiosk.page().since + call_back_page_max_s > kiosk.now.mono)
        kiosk.pass(std::chrono::seconds(30));
    CHECK(kiosk.screen() == "visit_end");
    CHECK(kiosk.now.mono - MonoTime{std::chrono::hours(10)} >= call_back_page_max_s);
}

TEST_CASE("call-back: how it ended can be read by who has waited for minutes without touching anything") {
    Caller kiosk;
    bool const signed_in = GENERATE(false, true);
    auto const* const end = GENERATE("reached", "not_reached");
    if (signed_in)
        kiosk.sign_in_with_key();
    kiosk.begin();
    kiosk.stand_in_line();
    for (int i = 0; i < 10; ++i)
        kiosk.pass(call_back_look_s);
    REQUIRE(kiosk.screen() == "call_back_place");
    kiosk.changed();
    kiosk.answer(Loaded<api::CallBackPlace>{in_line(0, end)});
    REQUIRE(kiosk.screen() == "call_back_place");
    CHECK(kiosk.page().is_over());
    kiosk.pass(idle_timeout_s - std::chrono::seconds(1));
    CHECK(kiosk.screen() == "call_back_place");
    auto const next = next_deadline(kiosk.app);
    REQUIRE(next);
    CHECK(*next == kiosk.now.mono + std::chrono::seconds(1));
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.screen() == "visit_end");
}

TEST_CASE("call-back: what somebody typed before does not stay behind the page") {
    Caller kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::Password});
    kiosk.want(Typed{Field::Username, "alex.sample"});
    kiosk.want(Open{Place::Help});
    kiosk.want(Open{Place::CallBack});
    kiosk.want(Picked{Choice::CallAbout, 0});
    kiosk.stand_in_line();
    CHECK(kiosk.app.beneath.size() >= 2);
    kiosk.pass(idle_timeout_s);
    CHECK(kiosk.screen() == "call_back_place");
    CHECK(kiosk.app.beneath.empty());
}

TEST_CASE("call-back: nor do the doctors whom somebody chose who was not signed in") {
    Caller kiosk;
    kiosk.begin();
    kiosk.app.session.doctors.emplace_back();
    kiosk.app.session.doctors_searched_for = "family";
    kiosk.stand_in_line();
    kiosk.pass(idle_timeout_s);
    REQUIRE(kiosk.screen() == "call_back_place");
    CHECK(kiosk.app.session.doctors.empty());
    CHECK(kiosk.app.session.doctors_searched_for.empty());
    CHECK(kiosk.asked<CoverAndForget>() != nullptr);
    CHECK(kiosk.asked<FetchCallBackPlace>() != nullptr); // the page goes on
}

TEST_CASE("call-back: an unlock arrives on the page of who waits for it, also after they walked off") {
    Caller kiosk;
    kiosk.lock();
    kiosk.want(Open{Place::CallBack});
    kiosk.stand_in_line();
    bool const walked_off = GENERATE(false, true);
    if (walked_off)
        kiosk.pass(idle_timeout_s);
    CHECK(kiosk.screen() == "call_back_place");
    kiosk.happens(CentralTold{{.event = "account_unlocked", .ticket = "ticket-2"}});
    CHECK(kiosk.screen() == "call_back_place"); // another's
    kiosk.happens(CentralTold{{.event = "account_unlocked", .ticket = "ticket-1"}});
    REQUIRE(kiosk.screen() == "locked");
    CHECK(std::get<LockedOut>(kiosk.app.screen).unlocked);
}

TEST_CASE("call-back: it is taken back after one question, and not when it rings already") {
    Caller kiosk;
    kiosk.begin();
    kiosk.stand_in_line();
    kiosk.want(AskCancelCall{});
    CHECK(kiosk.page().cancelling);
    kiosk.want(ConfirmCancelCall{false});
    CHECK(kiosk.asked<CancelCallBack>() == nullptr);
    kiosk.want(ConfirmCancelCall{true}); // the question is closed
    CHECK(kiosk.asked<CancelCallBack>() == nullptr);
    kiosk.want(AskCancelCall{});
    SECTION("yes") {
        kiosk.want(ConfirmCancelCall{true});
        REQUIRE(kiosk.asked<CancelCallBack>() != nullptr);
        CHECK(kiosk.asked<CancelCallBack>()->call_back == "call-1");
        kiosk.answer(CallBackCancelled{ok()});
        CHECK(kiosk.page().place.value->state == "cancelled");
    }
    SECTION("it has begun") {
        kiosk.want(ConfirmCancelCall{true});
        kiosk.answer(CallBackCancelled{failure(ErrorKind::Conflict, "call_back_begun")});
        CHECK(kiosk.asked<FetchCallBackPlace>() != nullptr);
        CHECK(kiosk.page().doing.failure);
    }
    SECTION("the call comes while the question stands") {
        kiosk.changed();
        kiosk.answer(Loaded<api::CallBackPlace>{in_line(0, "calling")});
        CHECK_FALSE(kiosk.page().cancelling);
    }
}

TEST_CASE("call-back: who has asked comes back to their place and asks for no second call") {
    Caller kiosk;
    kiosk.begin();
    kiosk.stand_in_line();
    kiosk.want(Open{Place::Help});
    CHECK(kiosk.screen() == "help");
    kiosk.changed(); // read also while something stands over it
    CHECK(kiosk.asked<FetchCallBackPlace>() != nullptr);
    kiosk.want(Open{Place::CallBack});
    CHECK(kiosk.screen() == "call_back_place");
    kiosk.answer(Loaded<api::CallBackPlace>{in_line(0, "not_reached")});
    kiosk.want(Open{Place::CallBack});
    CHECK(kiosk.screen() == "call_back");
}

TEST_CASE("call-back: who goes on with their visit finds their place again") {
    Caller kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::CallBack});
    kiosk.want(Picked{Choice::CallAbout, 0});
    kiosk.want(Continue{});
    kiosk.told(in_line());
    kiosk.want(GoBack{});
    CHECK(kiosk.screen() == "home");
    kiosk.want(Open{Place::CallBack});
    REQUIRE(kiosk.screen() == "call_back_place");
    CHECK(kiosk.page().place.value->place == 3);
    REQUIRE(kiosk.asked<FetchCallBackPlace>() != nullptr);
    kiosk.answer(Loaded<api::CallBackPlace>{in_line(0, "reached")});
    kiosk.want(GoBack{});
    kiosk.want(Open{Place::CallBack});
    CHECK(kiosk.screen() == "call_back"); // that one is over
    // The next visitor finds nothing of it.
    kiosk.want(Finish{});
    CHECK_FALSE(kiosk.app.session.call_back);
}

TEST_CASE("call-back: a place of the visit before is shown to nobody") {
    Caller kiosk;
    kiosk.begin();
    kiosk.stand_in_line();
    kiosk.changed();
    auto const request = kiosk.app.last_request;
    auto const stamp = kiosk.app.session.stamp;
    kiosk.want(Finish{});
    CHECK(kiosk.screen() == "visit_end");
    kiosk.happens(Loaded<api::CallBackPlace>{in_line(1)}, request, stamp);
    CHECK(kiosk.screen() == "visit_end");
    kiosk.changed();
    CHECK(kiosk.asked<FetchCallBackPlace>() == nullptr);
}

TEST_CASE("call-back: every deadline of the page is one that moves it") {
    Caller kiosk;
    kiosk.begin();
    kiosk.stand_in_line();
    for (int i = 0; i < 200 && kiosk.screen() == "call_back_place"; ++i) {
        auto const next = next_deadline(kiosk.app);
        REQUIRE(next);
        CHECK(*next > kiosk.now.mono); // else the program would spin
        kiosk.now.mono = *next;
        kiosk.happens(Tick{});
        if (kiosk.asked<FetchCallBackPlace>() != nullptr)
            kiosk.answer(Loaded<api::CallBackPlace>{in_line(2)});
    }
    CHECK(kiosk.screen() == "visit_end");
}
