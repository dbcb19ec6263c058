#include "tests/kiosk/call_check_bench.h"

#include "shared/ui/stage.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

/// The node that has the focus.
ui::Node const* focused(ui::SemanticFrame const& frame) {
    for (auto const& node : frame.nodes)
        if (node.states.focused)
            return &node;
    return nullptr;
}

/// Goes on with Tab until `there`, then selects; what the screen wants then.
template <class There>
MaybeIntent chosen_by_keys(App const& app, There there) {
    ManualClock clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = ui::Stage::create(catalog(), clock, {.plan_name = ui::data("Sample Health Plan")}, {});
    REQUIRE(stage.has_value());
    MaybeIntent intent;
    auto const press = [&](ui::Key key) {
        clock.advance(std::chrono::seconds(1));
        stage.value()->input(ui::KeyPressed{key});
        stage.value()->run([&](ui::Ui& ui) {
            if (auto wanted = draw(ui, app))
                intent = std::move(wanted);
        });
    };
    stage.value()->run([&](ui::Ui& ui) { (void)draw(ui, app); });
    for (int i = 0; i < 30; ++i) {
        if (auto const* node = focused(stage.value()->frame()); node != nullptr && there(*node)) {
            press(ui::Key::Select);
            return intent;
        }
        press(ui::Key::Tab);
    }
    return std::nullopt;
}

} // namespace

TEST_CASE("call check: each button says the number that stands on it, and the one apart says none") {
    auto app = sample::signed_in();
    app.screen = CallCheckPage{.question = sample::call_check()};
    for (auto const& number : sample::call_check().numbers) {
        INFO(number);
        auto const intent = chosen_by_keys(app, [&](ui::Node const& node) { return node.label == number; });
        REQUIRE(intent.has_value());
        REQUIRE(std::holds_alternative<AnswerCall>(*intent));
        CHECK(std::get<AnswerCall>(*intent).number == number);
    }
    auto const none =
        chosen_by_keys(app, [](ui::Node const& node) { return node.msg == "call_check.not_on_phone"; });
    REQUIRE(none.has_value());
    REQUIRE(std::holds_alternative<AnswerCall>(*none));
    CHECK(std::get<AnswerCall>(*none).number.empty());
}

TEST_CASE("call check: a newer one takes the place of the older, whose reply counts for nothing") {
    Asked kiosk;
    kiosk.asks();
    SECTION("before it is answered") {
        CHECK(kiosk.page().renewed == 0);
        kiosk.asks(question("check-2"));
        REQUIRE(kiosk.shows());
        CHECK(kiosk.page().question.check == "check-2");
        CHECK(kiosk.page().renewed == 1);
    }
    SECTION("while the answer is under way") {
        kiosk.want(AnswerCall{"47"});
        auto const former = kiosk.app.last_request;
        kiosk.asks(question("check-2"));
        CHECK_FALSE(kiosk.page().doing.waiting());
        kiosk.happens(CallCheckAnswered{failure(ErrorKind::Refused, "check_wrong")}, former,
                      kiosk.app.session.stamp);
        CHECK(kiosk.page().end == CallCheckEnd::NotYet);
        kiosk.want(AnswerCall{"12"});
        REQUIRE(kiosk.asked<AnswerCallCheck>() != nullptr);
        CHECK(kiosk.asked<AnswerCallCheck>()->check == "check-2");
    }
    SECTION("after a wrong number") {
        kiosk.want(AnswerCall{"47"});
        kiosk.answer(CallCheckAnswered{failure(ErrorKind::Refused, "check_wrong")});
        CHECK(kiosk.page().end == CallCheckEnd::WrongNumber);
        kiosk.asks(question("check-2"));
        CHECK(kiosk.page().end == CallCheckEnd::NotYet);
        CHECK(kiosk.page().renewed == 0); // it has a heading of its own again
    }
    SECTION("from under the help, over which it opens") {
        kiosk.want(Open{Place::Help});
        kiosk.asks(question("check-2"));
        REQUIRE(kiosk.shows());
        CHECK(kiosk.pages() == 1);
        kiosk.want(GoBack{});
        CHECK(kiosk.screen() == "help");
    }
    kiosk.want(GoBack{});
    CHECK(kiosk.screen() == "home");
    CHECK(kiosk.pages() == 0);
}

TEST_CASE("call check: the same one told of twice leaves the page as it is") {
    Asked kiosk;
    kiosk.asks();
    kiosk.want(AnswerCall{"47"});
    auto const telling = kiosk.app.last_request;
    kiosk.asks();
    CHECK(kiosk.page().renewed == 0);
    CHECK(kiosk.page().doing.waiting());
    kiosk.happens(CallCheckAnswered{ok()}, telling, kiosk.app.session.stamp);
    CHECK(kiosk.page().end == CallCheckEnd::Right);
    kiosk.event();
    auto const late = kiosk.app.last_request;
    kiosk.event();
    kiosk.happens(Loaded<api::CallCheck>{question("check-9")}, late, kiosk.app.session.stamp);
    CHECK(kiosk.page().question.check == "check-1"); // only the reply to the newest request is taken
}

TEST_CASE("call check: each way it can end is told, and leads back to where the member was") {
    struct Row {
        char const* number;
        char const* reason;
        CallCheckEnd end;
    };
    for (auto const& row :
         {Row{"47", "", CallCheckEnd::Right}, Row{"", "", CallCheckEnd::NotOnPhone},
          Row{"47", "check_wrong", CallCheckEnd::WrongNumber}, Row{"47", "check_gone", CallCheckEnd::Gone},
          Row{"", "check_gone", CallCheckEnd::Gone}}) {
        INFO(row.number << " " << row.reason);
        Asked kiosk;
        kiosk.want(Open{Place::More});
        kiosk.asks();
        kiosk.want(Continue{}); // no answer yet
        REQUIRE(kiosk.shows());
        kiosk.want(AnswerCall{row.number});
        REQUIRE(kiosk.asked<AnswerCallCheck>() != nullptr);
        CHECK(kiosk.asked<AnswerCallCheck>()->number == row.number);
        bool const good = *row.reason == '\0';
        auto const kind =
            std::string_view(row.reason) == "check_gone" ? ErrorKind::NotFound : ErrorKind::Refused;
        kiosk.answer(CallCheckAnswered{good ? Result<void>(ok()) : Result<void>(failure(kind, row.reason))});
        CHECK(kiosk.page().end == row.end);
        kiosk.pass(std::chrono::seconds(1));
        CHECK(kiosk.page().end == row.end);
        kiosk.want(Continue{});
        CHECK(kiosk.screen() == "more");
    }
}

TEST_CASE("call check: it runs out by itself, even under another page, but not while it is answered") {
    Asked kiosk;
    kiosk.asks();
    kiosk.now.mono += std::chrono::seconds(40);
    kiosk.want(Speak{SpeechAct::Listen}); // the member is there
    auto const runs_out = kiosk.page().until;
    CHECK(runs_out == kiosk.now.mono + std::chrono::seconds(80));
    kiosk.app.last_touch = runs_out; // idle is later
    CHECK(next_deadline(kiosk.app) == runs_out);
    SECTION("on the screen") {
        kiosk.pass(std::chrono::seconds(79));
        CHECK(kiosk.page().end == CallCheckEnd::NotYet);
        kiosk.pass(std::chrono::seconds(1));
        CHECK(kiosk.page().end == CallCheckEnd::Gone);
        CHECK(*next_deadline(kiosk.app) > kiosk.now.mono);
    }
    SECTION("under the help") {
        kiosk.want(Open{Place::Help});
        kiosk.app.last_touch = runs_out;
        CHECK(next_deadline(kiosk.app) == runs_out);
        kiosk.pass(std::chrono::seconds(80));
        kiosk.want(GoBack{});
        CHECK(kiosk.page().end == CallCheckEnd::Gone);
    }
    SECTION("under way: central says") {
        kiosk.want(AnswerCall{"47"});
        kiosk.app.last_touch = runs_out;
        CHECK(*next_deadline(kiosk.app) > runs_out);
        auto const telling = kiosk.app.last_request;
        kiosk.pass(std::chrono::seconds(81));
        CHECK(kiosk.page().end == CallCheckEnd::NotYet);
        SECTION("it was in time") {
            kiosk.happens(CallCheckAnswered{ok()}, telling, kiosk.app.session.stamp);
            CHECK(kiosk.page().end == CallCheckEnd::Right);
        }
        SECTION("it never arrived") {
            kiosk.happens(CallCheckAnswered{failure(ErrorKind::Unavailable, "central_unreachable")}, telling,
                          kiosk.app.session.stamp);
            CHECK(kiosk.page().end == CallCheckEnd::Gone);
        }
    }
}

TEST_CASE("call check: one that has run out when it arrives opens nothing") {
    Asked kiosk;
    for (int const seconds : {0, -5}) {
        auto late = question();
        late.expires_in_s = seconds;
        kiosk.asks(late);
        CHECK(kiosk.screen() == "home");
    }
}

TEST_CASE("call check: an answer that could not be told is told again") {
    Asked kiosk;
    kiosk.asks();
    kiosk.want(AnswerCall{"83"});
    kiosk.answer(CallCheckAnswered{failure(ErrorKind::Unavailable, "central_unreachable")});
    REQUIRE(kiosk.shows());
    CHECK(kiosk.page().end == CallCheckEnd::NotYet);
    CHECK(kiosk.page().doing.failure->reason == "central_unreachable");
    SECTION("the same one") {
        kiosk.want(Retry{});
        REQUIRE(kiosk.asked<AnswerCallCheck>() != nullptr);
        CHECK(kiosk.asked<AnswerCallCheck>()->number == "83");
        kiosk.want(Retry{});
        CHECK(kiosk.asked<AnswerCallCheck>() == nullptr);
        kiosk.answer(CallCheckAnswered{ok()});
        CHECK(kiosk.page().end == CallCheckEnd::Right);
    }
    SECTION("or another") {
        kiosk.want(AnswerCall{});
        REQUIRE(kiosk.asked<AnswerCallCheck>() != nullptr);
        CHECK(kiosk.asked<AnswerCallCheck>()->number.empty());
        CHECK_FALSE(kiosk.page().doing.failure.has_value());
    }
}

TEST_CASE("call check: when central was out as it was asked for, it is asked for again with the network") {
    Asked kiosk;
    kiosk.happens(OnlineChanged{client::Online::Yes});
    CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    kiosk.event();
    kiosk.answer(Loaded<api::CallCheck>{failure(ErrorKind::Unavailable, "central_unreachable")});
    CHECK(kiosk.screen() == "home");
    kiosk.happens(OnlineChanged{client::Online::No});
    CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
    kiosk.happens(OnlineChanged{client::Online::Yes});
    REQUIRE(kiosk.asked<FetchCallCheck>() != nullptr);
    kiosk.answer(Loaded<api::CallCheck>{question()});
    CHECK(kiosk.shows());
    kiosk.happens(OnlineChanged{client::Online::Yes});
    CHECK(kiosk.asked<FetchCallCheck>() == nullptr);
}

TEST_CASE("call check: all of it goes with the session, and a late reply reaches nobody after") {
    Asked kiosk;
    kiosk.asks();
    kiosk.want(AnswerCall{"47"});
    auto const telling = kiosk.app.last_request;
    kiosk.event();
    auto const asking = kiosk.app.last_request;
    auto const stamp = kiosk.app.session.stamp;
    SECTION("the member leaves") {
        kiosk.want(Finish{});
    }
    SECTION("central ends it") {
        kiosk.happens(CentralTold{{.event = "session_ended", .ticket = ""}});
    }
    SECTION("the answer says that it is over") {
        kiosk.happens(CallCheckAnswered{failure(ErrorKind::Unauthenticated, "session_ended")}, telling,
                      stamp);
    }
    SECTION("so does the question") {
        kiosk.happens(Loaded<api::CallCheck>{failure(ErrorKind::Unauthenticated, "session_ended")}, asking,
                      stamp);
    }
    SECTION("the kiosk is withdrawn") {
        kiosk.happens(OnlineChanged{client::Online::Withdrawn});
    }
    auto const after = kiosk.screen();
    CHECK((after == "visit_end" || after == "out_of_order"));
    CHECK_FALSE(kiosk.app.session.signed_in());
    CHECK_FALSE(kiosk.app.session.call_check.load.waiting());
    CHECK(kiosk.pages() == 0);
    CHECK(kiosk.asked<CoverAndForget>() != nullptr);
    kiosk.happens(CallCheckAnswered{ok()}, telling, stamp);
    kiosk.happens(Loaded<api::CallCheck>{question("check-2")}, asking, stamp);
    CHECK(kiosk.screen() == after);
    if (after == "out_of_order")
        kiosk.happens(OnlineChanged{client::Online::Yes});
    kiosk.happens(KeyChanged{KeyAbsent{}});
    if (kiosk.screen() == "visit_end")
        kiosk.want(Continue{});
    kiosk.sign_in_with_key();
    kiosk.happens(Loaded<api::CallCheck>{question("check-2")}, asking, stamp);
    CHECK(kiosk.screen() == "home");
}

TEST_CASE("call check: an account that is locked meanwhile shows its lock and nothing of the question") {
    Asked kiosk;
    kiosk.want(Open{Place::Methods});
    kiosk.answer(Loaded<api::Credentials>{sample::credentials()});
    kiosk.want(Open{Place::TotpCode});
    kiosk.type(Field::OneTimeCode, "123456");
    kiosk.want(Continue{});
    auto const signing_in = kiosk.app.last_request;
    kiosk.asks();
    CHECK(kiosk.screen() == "totp");
    kiosk.happens(SignedIn{failure(ErrorKind::Locked, "account_locked")}, signing_in,
                  kiosk.app.session.stamp);
    CHECK(kiosk.screen() == "locked");
    CHECK_FALSE(kiosk.app.session.call_check.load.value.has_value());
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.screen() == "locked");
}

TEST_CASE("call check: an answer that needs a step up first is told after it") {
    Asked kiosk;
    kiosk.asks();
    kiosk.want(AnswerCall{"83"});
    kiosk.answer(CallCheckAnswered{failure(ErrorKind::StepUpNeeded, "step_up_needed")});
    REQUIRE(kiosk.screen() == "sign_in");
    kiosk.want(Open{Place::KeySignIn});
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    kiosk.answer(SignedIn{Kiosk::session()});
    REQUIRE(kiosk.shows());
    REQUIRE(kiosk.asked<AnswerCallCheck>() != nullptr);
    CHECK(kiosk.asked<AnswerCallCheck>()->number == "83");
}
