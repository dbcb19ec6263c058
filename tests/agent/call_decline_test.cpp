#include "tests/agent/keyboard.h"
#include "tests/agent/ring_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

/// At the cases, with two open of no call.
struct DeclineDesk : RingDesk {
    DeclineDesk() {
        sign_in_to_cases();
        listed = {case_item("new"), case_item("old", "identified")};
    }
};

} // namespace

TEST_CASE("call: any that rings is declined by one key, and nothing else ends by it") {
    DeclineDesk desk;
    desk.rings("a");
    SECTION("none was chosen") {
        Keyboard keys(desk);
        keys.press(ui::ctrl('J'));
        CHECK(desk.told() == "hang up a");
    }
    SECTION("another one is talked to") {
        desk.answer_call("a", "one");
        desk.rings("b", "+16175550177");
        Keyboard keys(desk);
        keys.press(ui::ctrl('J'));
        CHECK(desk.told() == "hang up b");
        CHECK(desk.app.calls.chosen == "a");
        CHECK(desk.at_hand()->item.case_id == "one");
        // What is talked to is hung up by its own key.
        keys.press(ui::Key::F10);
        CHECK(desk.told() == "hang up a");
    }
    SECTION("two ring: the one that rings longest, or the one that is chosen") {
        desk.rings("b", "+16175550177");
        Keyboard keys(desk);
        keys.press(ui::ctrl('J'));
        CHECK(desk.told() == "hang up a");
        keys.press(ui::Key::F12);
        keys.press(ui::Key::F12);
        REQUIRE(desk.app.calls.chosen == "b");
        keys.press(ui::ctrl('J'));
        CHECK(desk.told() == "hang up b");
    }
    SECTION("from the queue, where nothing of it is chosen") {
        desk.want(Do{Act::ShowWork});
        Keyboard keys(desk);
        keys.press(ui::ctrl('J'));
        CHECK(desk.told() == "hang up a");
        CHECK(desk.screen() == "work");
    }
    SECTION("over a dialog, which stays") {
        desk.want(Do{Act::OpenCase});
        Keyboard keys(desk);
        keys.press(ui::ctrl('J'));
        CHECK(desk.told() == "hang up a");
        CHECK(std::holds_alternative<OpenCaseDialog>(desk.cases().dialog));
    }
    SECTION("from the list of all that can be done") {
        desk.want(OpenPalette{});
        desk.want(Typed{Field::ActWords, "declin"});
        Keyboard keys(desk);
        keys.press(ui::Key::Select);
        CHECK(desk.told() == "hang up a");
        CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    }
    SECTION("while central is away") {
        desk.happens(OnlineChanged{client::Online::No});
        desk.want(Do{Act::DeclineCall});
        CHECK(desk.told() == "hang up a");
    }
}

TEST_CASE("call: one that was declined is no case and leaves by itself, and the key is offered no longer") {
    DeclineDesk desk;
    desk.rings("a");
    desk.want(Do{Act::DeclineCall});
    desk.is_now("a", State::Ended, "desk");
    CHECK(desk.asked<OpenCase>() == nullptr);
    CHECK_FALSE(desk.offers(Act::DeclineCall));
    desk.want(Do{Act::DeclineCall});
    CHECK(desk.told().empty());
    REQUIRE(desk.at("a") != nullptr);
    desk.pass(ended_call_s);
    CHECK(desk.at("a") == nullptr);
}

TEST_CASE("call: the key that hangs up declines nobody, and none is declined that another telephone has") {
    DeclineDesk desk;
    desk.rings("a");
    desk.want(PickCall{"a"});
    CHECK_FALSE(desk.offers(Act::HangUpCall));
    desk.want(Do{Act::HangUpCall});
    CHECK(desk.told().empty());
    desk.want(Do{Act::LockNow});
    desk.want(Do{Act::DeclineCall}); // nor from a locked desk
    CHECK(desk.told().empty());
    desk.type_pin();
    desk.answer(Unlocked{ok()});
    desk.is_now("a", State::Ended, "missed");
    desk.happens(CallHandedOver{"+16175550112", "Members"});
    CHECK(desk.offers(Act::AnswerCall));
    CHECK_FALSE(desk.offers(Act::DeclineCall));
    desk.want(Do{Act::DeclineCall});
    CHECK(desk.told().empty());
}

TEST_CASE("call: where it rings, its banner has a button to decline it, over a dialog too") {
    DeclineDesk desk;
    desk.rings("a");
    int const layer = GENERATE(0, 1);
    if (layer == 1)
        desk.want(Do{Act::OpenCase});
    Keyboard const keys(desk);
    int buttons = 0;
    for (auto const& node : keys.stage->frame().nodes)
        if (node.msg == "act.decline_call" && node.layer == layer)
            buttons += int{node.role == ui::Role::Button && !node.states.disabled};
    CHECK(buttons == 1);
}
