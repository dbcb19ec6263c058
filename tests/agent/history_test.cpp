#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

/// With the case of a caller at hand.
struct CallerWithPast : Desk {
    explicit CallerWithPast(char const* level = "verified") {
        sign_in_to_cases();
        want(PickCase{"old"});
        answer(MemberRead{"old", masked("old")});
        list_says(level);
    }
    void list_says(char const* level) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto item = case_item("old", level);
        item.verified_way = "own_session";
        reply(CasesRead{api::CaseList{{case_item("new"), item}}}, number_of<FetchCases>());
    }
    HistoryAtHand* history() { return at_hand() == nullptr ? nullptr : at_hand()->history.get(); }
    void type_note(std::string text) {
        want(Do{Act::AddNote});
        want(Typed{Field::NoteText, std::move(text)});
        want(Continue{});
    }
};

api::CaseNotes notes(char const* case_id) {
    return {case_id, {{"n-1", "2026-03-12T00:00:00Z", "Sam Desk", "Asked twice."}}};
}

api::Requests one_request(bool can_withdraw = false) {
    return {{{"op-9", OperationKind::ChangeContactDetails, OperationState::Waiting, "2026-03-12T00:00:00Z",
              "", "phone", "2026-03-13T00:00:00Z", can_withdraw, false}}};
}

/// ... and with notes, requests and earlier cases on the screen.
struct Shown : CallerWithPast {
    Shown() {
        want(Do{Act::ShowHistory});
        auto const first = number_of<FetchNotes>();
        auto const second = number_of<FetchRequests>();
        auto const third = number_of<FetchEarlierCases>();
        reply(NotesRead{"old", notes("old")}, first);
        reply(RequestsRead{"old", one_request(true)}, second);
        reply(EarlierCasesRead{"old", api::EarlierCases{"old", {}}}, third);
    }
};

} // namespace

TEST_CASE("history: of a verified caller all is read, of another one's own notes alone") {
    CallerWithPast verified;
    verified.want(Do{Act::ShowHistory});
    CHECK(verified.count<FetchNotes>() == 1);
    CHECK(verified.count<FetchRequests>() == 1);
    CHECK(verified.count<FetchEarlierCases>() == 1);
    CallerWithPast found("identified");
    found.want(Do{Act::ShowHistory});
    CHECK(found.count<FetchNotes>() == 1);
    CHECK(found.count<FetchRequests>() == 0);
    CHECK(found.count<FetchEarlierCases>() == 0);
    // Verified meanwhile, the rest comes.
    found.list_says("verified");
    CHECK(found.count<FetchRequests>() == 1);
    CHECK(found.count<FetchEarlierCases>() == 1);
}

TEST_CASE("history: it stands in the place of the record, never beside the claims, and Esc leads back") {
    Shown desk;
    REQUIRE(desk.history() != nullptr);
    CHECK(desk.history()->notes.value->notes.size() == 1);
    CHECK_FALSE(offered(desk.app, Act::RevealField));
    desk.want(Do{Act::ShowClaims});
    CHECK(desk.history() == nullptr);
    CHECK(desk.at_hand()->claims != nullptr);
    desk.want(Do{Act::ShowHistory});
    CHECK(desk.at_hand()->claims == nullptr);
    REQUIRE(desk.history() != nullptr);
    desk.want(Close{});
    CHECK(desk.history() == nullptr);
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    CHECK(desk.at_hand() != nullptr);
}

TEST_CASE("history: nothing of it stays at a lock, at the queue, with another case, and without a proof") {
    Shown desk;
    SECTION("lock") {
        desk.want(Do{Act::LockNow});
        CHECK(desk.history() == nullptr);
    }
    SECTION("queue") {
        desk.want(Do{Act::ShowWork});
        CHECK(desk.history() == nullptr);
    }
    SECTION("another case") {
        desk.want(PickCase{"new"});
        desk.want(PickCase{"old"});
        CHECK(desk.history() == nullptr);
    }
    SECTION("the proof is over") {
        desk.list_says("identified");
        REQUIRE(desk.history() != nullptr);
        CHECK_FALSE(desk.history()->requests.value);
        CHECK_FALSE(desk.history()->earlier.value);
        CHECK(desk.history()->notes.value);
        CHECK(desk.asked<ForgetDrawn>() != nullptr);
    }
}

TEST_CASE("history: a late reply, or one of another case, is dropped") {
    CallerWithPast desk;
    desk.want(Do{Act::ShowHistory});
    auto const request = desk.number_of<FetchNotes>();
    desk.reply(NotesRead{"old", notes("other")}, request);
    CHECK_FALSE(desk.history()->notes.value);
    CHECK(desk.history()->notes.failure->reason == "reply_unreadable");
    desk.want(Do{Act::ShowHistory});
    desk.want(Do{Act::ShowHistory});
    desk.reply(NotesRead{"old", notes("old")}, request);
    CHECK_FALSE(desk.history()->notes.value);
}

TEST_CASE("history: a note that was added while its rep was with another caller is not added once more") {
    CallerWithPast desk;
    desk.type_note("Asked twice.");
    auto const request = desk.number_of<AddNote>();
    desk.want(Close{});
    desk.want(PickCase{"new"});
    bool const back_already = GENERATE(false, true);
    if (back_already)
        desk.want(PickCase{"old"});
    SECTION("it is added") {
        desk.reply(NoteAdded{"old", "note-1", ok()}, request);
        desk.want(PickCase{"old"});
        CHECK(desk.at_hand()->noting.text.empty());
        CHECK_FALSE(desk.at_hand()->has_draft());
    }
    SECTION("its answer was lost: the same id goes with it again") {
        desk.reply(NoteAdded{"old", "note-1", failure(ErrorKind::Unavailable, "central_unreachable")},
                   request);
        desk.want(PickCase{"old"});
        CHECK(desk.at_hand()->noting.text == "Asked twice.");
        desk.want(Do{Act::AddNote});
        desk.want(Continue{});
        REQUIRE(desk.asked<AddNote>() != nullptr);
        CHECK(desk.asked<AddNote>()->request.note == "note-1");
    }
}

TEST_CASE("history: what did not come is asked for with the next list, what was refused is not") {
    CallerWithPast desk;
    desk.want(Do{Act::ShowHistory});
    auto const first = desk.number_of<FetchNotes>();
    auto const second = desk.number_of<FetchRequests>();
    desk.reply(NotesRead{"old", failure(ErrorKind::Unavailable, "central_unreachable")}, first);
    desk.reply(RequestsRead{"old", failure(ErrorKind::Refused, "own_matter")}, second);
    desk.list_says("verified");
    CHECK(desk.count<FetchNotes>() == 1);
    CHECK(desk.count<FetchRequests>() == 0);
}

TEST_CASE("history: a note goes to central once, however often its answer is lost") {
    CallerWithPast desk;
    desk.type_note("Asked twice.\nWants a letter.");
    auto const* add = desk.asked<AddNote>();
    REQUIRE(add != nullptr);
    CHECK(add->request.case_id == "old");
    CHECK(add->request.text == "Asked twice.\nWants a letter.");
    CHECK(add->request.note.empty()); // who sends it gives it one
    desk.answer(NoteAdded{"old", "note-1", failure(ErrorKind::Unavailable, "central_unreachable")});
    CHECK(desk.at_hand()->noting.text == "Asked twice.\nWants a letter.");
    desk.want(Continue{});
    REQUIRE(desk.asked<AddNote>() != nullptr);
    CHECK(desk.asked<AddNote>()->request.note == "note-1");
    desk.answer(NoteAdded{"old", "note-1", ok()});
    CHECK(desk.at_hand()->noting.text.empty());
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    CHECK(desk.cases().said.words.id() == "note.added");
    // Another text is another note.
    desk.type_note("One more");
    desk.answer(NoteAdded{"old", "note-2", failure(ErrorKind::Unavailable, "central_unreachable")});
    desk.want(Typed{Field::NoteText, "One more, corrected"});
    desk.want(Continue{});
    CHECK(desk.asked<AddNote>()->request.note.empty());
}

TEST_CASE("history: a note is not empty, stays through Esc and a lock, and belongs to its case") {
    CallerWithPast desk;
    desk.type_note(" \n ");
    CHECK(desk.asked<AddNote>() == nullptr);
    CHECK(desk.at_hand()->doing.failure->reason == "note_empty");
    desk.want(Typed{Field::NoteText, "Asked twice."});
    desk.want(Close{});
    desk.want(Do{Act::LockNow});
    desk.type_pin();
    desk.answer(Unlocked{ok()});
    CHECK(desk.at_hand()->noting.text == "Asked twice.");
    desk.want(PickCase{"new"});
    CHECK(desk.at_hand()->noting.text.empty());
    desk.want(PickCase{"old"});
    CHECK(desk.at_hand()->noting.text == "Asked twice.");
    // Its late answer says nothing of another case.
    desk.want(Do{Act::AddNote});
    desk.want(Continue{});
    auto const request = desk.number_of<AddNote>();
    desk.want(Close{});
    desk.want(PickCase{"new"});
    desk.reply(NoteAdded{"old", "note-1", ok()}, request);
    CHECK(desk.cases().said.words.empty());
}

TEST_CASE("history: what is shown is read again when a note or a request was added") {
    Shown desk;
    desk.type_note("Asked twice.");
    desk.answer(NoteAdded{"old", "note-1", ok()});
    CHECK(desk.count<FetchNotes>() == 1);
    desk.want(Do{Act::WriteMessage});
    desk.want(Typed{Field::MessageText, "We asked the clinic."});
    desk.want(Continue{});
    desk.reply(OperationKept{"old", std::string("op-1")}, desk.number_of<KeepOperation>());
    desk.happens(OutboxChanged{{.waiting = 0, .sent = 1, .refused = 0}});
    desk.reply(OutboxRead{std::vector<client::OperationStanding>{
                              {"op-1", client::OperationStanding::Where::Settled, ""}},
                          std::vector<client::RefusedOperation>{}},
               desk.number_of<ReadOutbox>());
    CHECK(desk.count<FetchRequests>() == 1);
}

TEST_CASE("history: a change on hold is taken back when that is asked twice, and no other request is") {
    Shown desk;
    desk.want(WithdrawFor{"op-8"});
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    desk.want(WithdrawFor{"op-9"});
    REQUIRE(std::holds_alternative<AskDialog>(desk.cases().dialog));
    CHECK(desk.asked<KeepOperation>() == nullptr);
    desk.want(Continue{});
    REQUIRE(desk.asked<KeepOperation>() != nullptr);
    CHECK(desk.asked<KeepOperation>()->operation.withdraw_request->operation_id == "op-9");
    CHECK(desk.asked<KeepOperation>()->operation.on_behalf_case == "old");
    // Once is enough, also while central is away.
    desk.reply(OperationKept{"old", std::string("op-10")}, desk.number_of<KeepOperation>());
    desk.want(WithdrawFor{"op-9"});
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
}
