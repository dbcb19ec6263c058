#include "tests/agent/keyboard.h"
#include "tests/agent/ring_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// At the cases, with two open of no call.
struct AtCases : RingDesk {
    AtCases() {
        sign_in_to_cases();
        listed = {case_item("new"), case_item("old", "identified")};
    }
};

Error refused(ErrorKind kind, char const* reason) {
    return failure(kind, reason);
}

} // namespace

TEST_CASE("call: who might ring is asked once for each call, and shown as initials") {
    AtCases desk;
    auto const request = desk.rings("a");
    REQUIRE(request != 0);
    CHECK(desk.asked<FetchCandidates>()->number == "+16175550112");
    desk.tell();
    CHECK(desk.asked<FetchCandidates>() == nullptr);
    desk.reply(CandidatesRead{"a", api::Candidates{{"A. S.", "R. S."}, false}}, request);
    REQUIRE(desk.at("a")->candidates.value);
    CHECK(desk.at("a")->candidates.value->names.size() == 2);
    // A hidden number is nobody's, and nobody is asked.
    CHECK(desk.rings("b", "") == 0);
}

TEST_CASE("call: a late reply for another call, one that is over, or an older session changes nothing") {
    AtCases desk;
    auto const first = desk.rings("a");
    auto const second = desk.rings("b", "+16175550177");
    desk.reply(CandidatesRead{"b", api::Candidates{{"A. S."}, false}}, first);
    CHECK_FALSE(desk.at("b")->candidates.value);
    CHECK_FALSE(desk.at("a")->candidates.value);
    desk.is_now("a", State::Ended, "missed");
    desk.reply(CandidatesRead{"a", api::Candidates{{"A. S."}, false}}, first);
    CHECK_FALSE(desk.at("a")->candidates.value);
    auto const stamp = desk.app.session.stamp;
    desk.want(Do{Act::SignOut});
    desk.happens(CandidatesRead{"b", api::Candidates{{"A. S."}, false}}, second, stamp);
    CHECK_FALSE(desk.at("b")->candidates.value);
}

TEST_CASE("call: a call that rings takes nothing from who is typing") {
    AtCases desk;
    desk.want(PickCase{"new"});
    desk.type_facts();
    Keyboard keys(desk);
    auto const focused = [&] {
        for (auto const& node : keys.stage->frame().nodes)
            if (node.states.focused)
                return node.id;
        return std::string();
    };
    auto const before = focused();
    REQUIRE_FALSE(before.empty());
    desk.rings("a");
    keys.show();
    CHECK(focused() == before);
    CHECK(desk.screen() == "cases");
    CHECK(desk.at_hand()->item.case_id == "new");
    CHECK(desk.at_hand()->facts.family == "Sample");
    CHECK(desk.app.calls.chosen.empty());
    // It is told to who does not see it, once.
    auto const told = [&] {
        int count = 0;
        for (auto const& node : keys.stage->frame().nodes)
            count += int{node.msg == "call.rings" && node.live != ui::Live::Off}; // nobody is named yet
        return count;
    };
    CHECK(told() == 1);
}

TEST_CASE("call: nothing moves while the telephone says the same") {
    AtCases desk;
    desk.rings("a");
    desk.reply(CandidatesRead{"a", api::Candidates{{"A. S."}, false}}, desk.number_of<FetchCandidates>());
    auto const due = next_deadline(desk.app);
    desk.tell();
    CHECK(desk.last.empty());
    CHECK(next_deadline(desk.app) == due);
}

TEST_CASE("call: who answers has a case of it at once, from the queue too") {
    RingDesk desk;
    desk.sign_in_to_list({"see_work", "do_work", "open_case"});
    desk.want(Pick{"b"});
    desk.rings("a");
    CHECK(desk.screen() == "work");
    desk.want(Do{Act::AnswerCall});
    CHECK(desk.told() == "answer a");
    REQUIRE(desk.asked<OpenCase>() != nullptr);
    CHECK(desk.asked<OpenCase>()->request.channel == "phone");
    CHECK(desk.screen() == "cases");
    auto const opening = desk.number_of<OpenCase>();
    // The telephone says so a moment later; that opens no second case.
    desk.is_now("a", State::Talking);
    CHECK(desk.asked<OpenCase>() == nullptr);
    desk.reply(CaseOpened{api::CaseOpened{"fresh"}}, opening);
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->item.case_id == "fresh");
    CHECK(desk.at("a")->case_id == "fresh");
    CHECK(desk.app.calls.chosen == "a");
    desk.want(Do{Act::ShowWork});
    CHECK(desk.work().selected == "b");
}

TEST_CASE("call: the case of a call that was answered comes to no hand that has chosen something else") {
    AtCases desk;
    desk.rings("a");
    desk.want(Do{Act::AnswerCall});
    auto const opening = desk.number_of<OpenCase>();
    desk.is_now("a", State::Talking);
    SECTION("a dialog") {
        desk.want(PickCase{"new"});
        desk.want(Do{Act::CloseCase});
        desk.reply(CaseOpened{api::CaseOpened{"fresh"}}, opening);
        CHECK(desk.at_hand()->item.case_id == "new");
        CHECK(std::holds_alternative<CloseCaseDialog>(desk.cases().dialog));
    }
    SECTION("another call") {
        desk.rings("b");
        desk.want(PickCall{"b"});
        desk.want(PickCase{"new"});
        desk.reply(CaseOpened{api::CaseOpened{"fresh"}}, opening);
        CHECK(desk.at_hand()->item.case_id == "new");
    }
    CHECK(desk.at("a")->case_id == "fresh");
    desk.cases_are({RingDesk::case_item("new"), RingDesk::case_item("fresh")});
    desk.want(Close{});
    desk.want(PickCall{"a"});
    CHECK(desk.at_hand()->item.case_id == "fresh");
}

TEST_CASE("call: two calls are worked by keys, each with its own case, and neither loses what was typed") {
    AtCases desk;
    desk.rings("a");
    desk.answer_call("a", "one");
    desk.want(Typed{Field::FamilyName, "Sample"});
    desk.want(Typed{Field::Note, "first caller"});
    desk.rings("b", "+16175550177");
    desk.want(Do{Act::AnswerCall});
    auto const opening = desk.number_of<OpenCase>();
    CHECK(desk.told() == "answer b");
    desk.phone.calls[0].state = State::Held; // as telephones do
    desk.is_now("b", State::Talking);
    desk.reply(CaseOpened{api::CaseOpened{"two"}}, opening);
    desk.cases_are(desk.listed_with("two"));
    REQUIRE(desk.at_hand()->item.case_id == "two");
    CHECK(desk.at_hand()->facts.family.empty());
    CHECK(desk.at_hand()->note.empty());
    desk.want(Typed{Field::FamilyName, "Placeholder"});
    desk.want(Do{Act::HoldCall});
    CHECK(desk.told() == "hold b");
    desk.is_now("b", State::Held);
    desk.want(Do{Act::NextCall});
    CHECK(desk.at_hand()->item.case_id == "one");
    CHECK(desk.at_hand()->facts.family == "Sample");
    CHECK(desk.at_hand()->note == "first caller");
    desk.want(Do{Act::HoldCall});
    CHECK(desk.told() == "resume a");
    desk.want(Do{Act::NextCall});
    CHECK(desk.at_hand()->item.case_id == "two");
    CHECK(desk.at_hand()->facts.family == "Placeholder");
    // Each has a colour of its own, also in the list.
    auto const one = desk.cases().mark_of("one");
    auto const two = desk.cases().mark_of("two");
    REQUIRE((one && two));
    CHECK(*one != *two);
    // Choosing the case in the list chooses its call.
    desk.want(PickCase{"one"});
    CHECK(desk.app.calls.chosen == "a");
    desk.want(Do{Act::HangUpCall});
    CHECK(desk.told() == "hang up a");
}

TEST_CASE(
    "call: of a call beside, nothing that has to be asked for anew is kept, and a lost case takes all") {
    AtCases desk;
    desk.rings("a");
    desk.answer_call("a", "one");
    desk.cases_are(desk.listed_with("one", "identified"));
    desk.answer(MemberRead{"one", Desk::masked("one")});
    desk.want(Do{Act::RevealField});
    desk.want(ChooseInCase{CaseChoice::RevealReason, 0});
    desk.want(Continue{});
    desk.answer(FieldRevealed{"one", api::RevealedField{"name", "Alex Jordan Sample"}});
    REQUIRE(desk.at_hand()->revealed.size() == 1);
    desk.want(PickCase{"new"});
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    REQUIRE(desk.cases().beside.size() == 1);
    CHECK(desk.cases().beside.front()->revealed.empty());
    SECTION("back") {
        desk.want(PickCase{"one"});
        CHECK(desk.at_hand()->revealed.empty());
        CHECK(desk.at_hand()->member.value);
        CHECK(desk.cases().beside.empty());
    }
    SECTION("taken over") {
        desk.cases_are({RingDesk::case_item("new")});
        CHECK(desk.cases().beside.empty());
        CHECK(desk.at("a")->case_id.empty());
    }
    SECTION("signed out") {
        desk.want(Do{Act::SignOut});
        CHECK(desk.at("a")->case_id.empty());
        CHECK_FALSE(desk.at("a")->candidates.value);
    }
}

TEST_CASE("call: hanging up twice does not end the next caller's call") {
    AtCases desk;
    desk.rings("a");
    desk.answer_call("a", "one");
    desk.rings("b", "+16175550177");
    desk.answer_call("b", "two");
    desk.is_now("a", State::Held);
    desk.want(Do{Act::HangUpCall});
    CHECK(desk.told() == "hang up b");
    desk.is_now("b", State::Ended, "desk");
    CHECK_FALSE(desk.offers(Act::HangUpCall));
    desk.want(Do{Act::HangUpCall});
    CHECK(desk.told().empty());
}

TEST_CASE("call: what has ended stays with its case, says how, and goes when that is closed") {
    AtCases desk;
    desk.rings("a");
    desk.answer_call("a", "one");
    auto const* const end = GENERATE("caller", "transferred", "failed", "desk");
    desk.is_now("a", State::Ended, end);
    REQUIRE(desk.at("a") != nullptr);
    CHECK(desk.at_hand()->item.case_id == "one");
    desk.pass(60s);
    REQUIRE(desk.at("a") != nullptr);
    desk.want(Do{Act::CloseCase});
    std::string const word = end;
    CHECK(case_outcomes()[desk.at_hand()->outcome] == (word == "transferred" ? "handed_on"
                                                       : word == "desk"      ? "resolved"
                                                                             : "caller_left"));
    desk.want(ChooseInCase{CaseChoice::Outcome, 4});
    desk.want(Close{});
    desk.want(Do{Act::CloseCase});
    CHECK(case_outcomes()[desk.at_hand()->outcome] == "refused");
    desk.want(Continue{});
    desk.reply(CaseClosed{"one", ok()}, desk.number_of<CloseCase>());
    CHECK(desk.at("a") == nullptr);
    CHECK(desk.app.calls.chosen.empty());
}

TEST_CASE("call: one that nobody took leaves by itself, and so do those of a telephone that has gone") {
    AtCases desk;
    desk.rings("a");
    desk.is_now("a", State::Ended, "missed");
    REQUIRE(desk.at("a") != nullptr);
    desk.pass(ended_call_s);
    CHECK(desk.at("a") == nullptr);
    desk.rings("b");
    desk.answer_call("b", "one");
    desk.rings("c");
    desk.phone = {TelephoneFault{refused(ErrorKind::Unavailable, "telephone_gone")}, {}};
    desk.tell();
    CHECK(desk.at("b")->call.end == "failed");
    CHECK(desk.at("c")->call.end == "failed");
    CHECK_FALSE(desk.offers(Act::AnswerCall));
}

TEST_CASE("call: while central is away a call is answered all the same, and is a case when it is back") {
    AtCases desk;
    desk.happens(OnlineChanged{client::Online::No});
    CHECK(desk.rings("a") == 0);
    desk.want(Do{Act::AnswerCall});
    CHECK(desk.told() == "answer a");
    CHECK(desk.asked<OpenCase>() == nullptr);
    desk.is_now("a", State::Talking);
    desk.happens(OnlineChanged{client::Online::Yes});
    CHECK(desk.count<OpenCase>() == 1);
    CHECK(desk.count<FetchCandidates>() == 1);
    desk.reply(CaseOpened{api::CaseOpened{"fresh"}}, desk.number_of<OpenCase>());
    CHECK(desk.at_hand()->item.case_id == "fresh");
}

TEST_CASE("call: a case that central does not open is told, and can be opened once more") {
    AtCases desk;
    desk.rings("a");
    desk.want(Do{Act::AnswerCall});
    auto const opening = desk.number_of<OpenCase>();
    desk.is_now("a", State::Talking);
    desk.reply(CaseOpened{refused(ErrorKind::TooMany, "cases_open_many")}, opening);
    REQUIRE(desk.at("a")->no_case);
    desk.tell();
    CHECK(desk.asked<OpenCase>() == nullptr);
    auto const act = offered(desk.app, Act::AnswerCall);
    REQUIRE(act);
    CHECK(act->label.id() == "act.take_call");
    desk.want(Do{Act::AnswerCall});
    CHECK(desk.asked<OpenCase>() != nullptr);
    CHECK(desk.told().empty());
}

TEST_CASE("call: who asks about another member too has another case in the same call") {
    AtCases desk;
    desk.rings("a");
    desk.answer_call("a", "one");
    desk.want(Do{Act::OpenCase});
    desk.want(Continue{});
    desk.answer(CaseOpened{api::CaseOpened{"two"}});
    CHECK(desk.at("a")->case_id == "two");
    CHECK(desk.at_hand()->item.case_id == "two");
    desk.cases_are({RingDesk::case_item("one"), RingDesk::case_item("two")});
    // Closing its case leaves the call, and opens no other one by itself.
    desk.want(Do{Act::CloseCase});
    desk.want(Continue{});
    desk.reply(CaseClosed{"two", ok()}, desk.number_of<CloseCase>());
    REQUIRE(desk.at("a") != nullptr);
    CHECK(desk.at("a")->case_id.empty());
    desk.tell();
    CHECK(desk.asked<OpenCase>() == nullptr);
}

TEST_CASE("call: it is transferred to digits alone, however they are typed") {
    AtCases desk;
    desk.rings("a");
    CHECK_FALSE(desk.offers(Act::TransferCall));
    desk.answer_call("a", "one");
    desk.want(Do{Act::TransferCall});
    REQUIRE(std::holds_alternative<TransferDialog>(desk.cases().dialog));
    desk.want(Typed{Field::TransferTo, "617-555-HELP"});
    desk.want(Continue{});
    CHECK(std::get<TransferDialog>(desk.cases().dialog).wrong);
    CHECK(std::get<TransferDialog>(desk.cases().dialog).to == "617-555-HELP");
    CHECK(desk.told().empty());
    desk.want(Typed{Field::TransferTo, "(617) 555-0199"});
    CHECK_FALSE(std::get<TransferDialog>(desk.cases().dialog).wrong);
    desk.want(Continue{});
    CHECK(desk.told() == "transfer a 6175550199");
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
}

TEST_CASE("call: a locked desk asks nothing about who rings and answers nothing, and asks when it is open") {
    AtCases desk;
    desk.want(Do{Act::LockNow});
    CHECK(desk.rings("a") == 0);
    desk.want(Do{Act::AnswerCall});
    CHECK(desk.told().empty());
    CHECK(desk.screen() == "locked");
    desk.type_pin();
    desk.answer(Unlocked{ok()});
    CHECK(desk.asked<FetchCandidates>() != nullptr);
}

TEST_CASE("call: a call of another telephone is a case by the same key, and ends when the rep says so") {
    AtCases desk;
    desk.happens(CallHandedOver{"+16175550112", "Members"});
    REQUIRE(desk.app.calls.all.size() == 1);
    auto const id = desk.app.calls.all.front().call.id;
    CHECK(desk.asked<FetchCandidates>() != nullptr);
    desk.want(Do{Act::AnswerCall});
    CHECK(desk.told().empty());
    desk.reply(CaseOpened{api::CaseOpened{"fresh"}}, desk.number_of<OpenCase>());
    CHECK(desk.at_hand()->item.case_id == "fresh");
    for (auto const act : {Act::HoldCall, Act::TransferCall})
        CHECK_FALSE(desk.offers(act));
    // The telephone of this desk knows nothing of it.
    desk.tell();
    CHECK(desk.at(id)->live());
    desk.want(Do{Act::HangUpCall});
    CHECK(desk.told().empty());
    CHECK_FALSE(desk.at(id)->live());
}

TEST_CASE(
    "call: handed over, nobody takes it, or nobody is there: it shows initials for a while and no more") {
    AtCases desk;
    for (std::size_t i = 0; i < handed_over_max + 3; ++i)
        desk.happens(CallHandedOver{"+16175550112", ""});
    CHECK(desk.app.calls.all.size() == handed_over_max);
    CHECK(desk.app.calls.handed_over == handed_over_max + 3); // heard of, all of them
    CHECK(desk.asked<OpenCase>() == nullptr);
    CHECK(desk.screen() == "cases");
    CHECK(desk.at_hand() == nullptr);
    desk.pass(handed_over_ring_s);
    CHECK(desk.app.calls.all.empty());
    desk.happens(CallHandedOver{"+16175550112", ""});
    desk.want(Do{Act::SignOut});
    CHECK(desk.app.calls.all.empty());
    desk.happens(CallHandedOver{"+16175550112", ""});
    CHECK(desk.app.calls.all.empty());
    CHECK(desk.app.calls.handed_over == handed_over_max + 5);
}

TEST_CASE("call: it is answered over a dialog, and what was typed there stays with its case") {
    AtCases desk;
    desk.rings("a");
    desk.answer_call("a", "one");
    desk.want(Do{Act::CloseCase});
    desk.want(Typed{Field::Note, "half a note"});
    desk.rings("b");
    Keyboard keys(desk);
    keys.press(ui::Key::F4);
    CHECK(desk.told() == "answer b");
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    desk.want(PickCase{"one"});
    CHECK(desk.at_hand()->note == "half a note");
}

TEST_CASE("call: why it came is said once it is known, for the case it was asked of") {
    AtCases desk;
    desk.rings("a");
    desk.answer_call("a", "one");
    desk.want(Do{Act::ChangeReason});
    REQUIRE(std::holds_alternative<ReasonDialog>(desk.cases().dialog));
    desk.want(ChooseInCase{CaseChoice::Reason, 4});
    desk.want(Continue{});
    REQUIRE(desk.asked<ChangeReason>() != nullptr);
    CHECK(desk.asked<ChangeReason>()->request.case_id == "one");
    CHECK(desk.asked<ChangeReason>()->request.reason == "card");
    auto const request = desk.number_of<ChangeReason>();
    SECTION("done") {
        desk.reply(ReasonChanged{"one", "card", ok()}, request);
        CHECK(desk.at_hand()->item.reason == "card");
        CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
        CHECK(desk.asked<FetchCases>() != nullptr);
    }
    SECTION("refused") {
        desk.reply(ReasonChanged{"one", "card", refused(ErrorKind::Conflict, "case_not_yours")}, request);
        CHECK(desk.at_hand()->item.reason != "card");
        CHECK(desk.at_hand()->doing.failure);
        CHECK(desk.asked<FetchCases>() != nullptr);
    }
    SECTION("late") {
        desk.want(Close{});
        desk.want(PickCase{"new"});
        desk.reply(ReasonChanged{"one", "card", ok()}, request);
        CHECK(desk.at_hand()->item.reason == "eob_question");
    }
}
