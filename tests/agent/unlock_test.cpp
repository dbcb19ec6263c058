#include "agent/app/acts.h"
#include "tests/agent/keyboard.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// With the case of a verified caller at hand, whose account is locked.
struct Verified : Desk {
    explicit Verified(char const* account = "locked", char const* level = "verified",
                      std::vector<std::string> rights = {"see_work", "do_work", "open_case",
                                                         "unlock_account"}) {
        sign_in_to_cases(std::move(rights));
        want(PickCase{"old"});
        answer(MemberRead{"old", masked("old", account)});
        list_says(level, "");
        if (auto const again = number_of<FetchMember>(); again != 0)
            reply(MemberRead{"old", masked("old", account)}, again);
    }
    void list_says(char const* level, char const* unlock) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto const request = number_of<FetchCases>();
        auto item = case_item("old", level);
        item.unlock = unlock;
        reply(CasesRead{api::CaseList{{case_item("new"), item}}}, request);
    }
    static api::CaseLock lock(char const* account = "locked") {
        return {.case_id = "old",
                .account = account,
                .wrong_sign_ins = {{"2026-03-12T00:00:00Z", "password", "Lobby"}},
                .second_yes = ""};
    }
    UnlockDialog* dialog() { return std::get_if<UnlockDialog>(&cases().dialog); }
    void open() {
        want(Do{Act::UnlockAccount});
        REQUIRE(asked<FetchLock>() != nullptr);
        reply(LockRead{"old", lock()}, number_of<FetchLock>());
    }
    /// Alt U, a reason, Alt O; ends before central answers.
    RequestNumber unlock() {
        open();
        want(ChooseInCase{CaseChoice::UnlockReason, 1});
        want(Continue{});
        return number_of<UnlockAccount>();
    }
};

ui::Text why_not(Desk const& desk) {
    auto const act = offered(desk.app, Act::UnlockAccount);
    return act ? act->off : ui::Text("test.not_offered"_msg);
}

} // namespace

TEST_CASE("unlock: it is offered where the account is locked, and can be done once the caller is verified") {
    CHECK(why_not(Verified("locked")).empty());
    CHECK(why_not(Verified("waiting")).empty());
    CHECK(why_not(Verified("open")).id() == "test.not_offered");
    CHECK(why_not(Verified("disabled")).id() == "test.not_offered");
    CHECK(why_not(Verified("locked", "verified", {"see_work", "do_work", "open_case"})).id() ==
          "test.not_offered");
    Verified found("locked", "identified");
    CHECK(why_not(found).id() == "unlock.verify_first");
    found.want(Do{Act::UnlockAccount});
    CHECK(found.asked<FetchLock>() == nullptr);
    CHECK(found.dialog() == nullptr);
}

TEST_CASE(
    "unlock: what locked it is read and a reason chosen before it can be unlocked, and it is asked once") {
    Verified desk;
    desk.want(Do{Act::UnlockAccount});
    REQUIRE(desk.asked<FetchLock>() != nullptr);
    CHECK(desk.asked<FetchLock>()->case_id == "old");
    auto const reading = desk.number_of<FetchLock>();
    REQUIRE(desk.dialog() != nullptr);
    CHECK_FALSE(desk.dialog()->reason);
    desk.want(ChooseInCase{CaseChoice::UnlockReason, 2});
    desk.want(Continue{});
    CHECK(desk.asked<UnlockAccount>() == nullptr);
    desk.reply(LockRead{"old", Verified::lock()}, reading);
    CHECK(desk.dialog()->lock.value->wrong_sign_ins.size() == 1);
    desk.want(Continue{});
    REQUIRE(desk.asked<UnlockAccount>() != nullptr);
    CHECK(desk.asked<UnlockAccount>()->request.case_id == "old");
    CHECK(desk.asked<UnlockAccount>()->request.reason == "another_tried");
    desk.want(Continue{});
    CHECK(desk.asked<UnlockAccount>() == nullptr);

    Verified other;
    other.open();
    other.want(Continue{});
    CHECK(other.asked<UnlockAccount>() == nullptr);
}

TEST_CASE("unlock: unlocked is said, and the masked record is read again") {
    Verified desk;
    auto const request = desk.unlock();
    REQUIRE(request != 0);
    desk.reply(AccountUnlocked{"old", api::UnlockReply{"old", "unlocked", ""}}, request);
    CHECK(desk.dialog() == nullptr);
    CHECK(desk.cases().said.words.id() == "unlock.done");
    CHECK(desk.asked<FetchCases>() != nullptr);
    REQUIRE(desk.asked<FetchMember>() != nullptr);
    // What was read stays until it is replaced.
    CHECK(desk.at_hand()->member.value);
    desk.reply(MemberRead{"old", Desk::masked("old", "open")}, desk.number_of<FetchMember>());
    CHECK_FALSE(desk.at_hand()->locked_out());
    CHECK_FALSE(offered(desk.app, Act::UnlockAccount));
}

TEST_CASE("unlock: it waits for a colleague's yes, and what comes of it is told") {
    Verified desk;
    auto const request = desk.unlock();
    desk.reply(AccountUnlocked{"old", api::UnlockReply{"old", "waiting", "2026-03-12T00:15:00Z"}}, request);
    CHECK(desk.dialog() == nullptr);
    CHECK(desk.cases().said.words.empty());
    CHECK(desk.at_hand()->item.unlock == "waiting");
    CHECK(desk.at_hand()->unlock_until == "2026-03-12T00:15:00Z");
    CHECK(why_not(desk).id() == "unlock.asked_already");
    desk.list_says("verified", "waiting");
    CHECK(desk.at_hand()->unlock_until == "2026-03-12T00:15:00Z");
    SECTION("yes") {
        desk.list_says("verified", "unlocked");
        CHECK(desk.cases().said.words.id() == "unlock.done");
        CHECK(desk.asked<FetchMember>() != nullptr);
        desk.want(Do{Act::Refresh});
        desk.answer(CasesRead{api::CaseList{{desk.at_hand()->item}}});
        CHECK(desk.cases().said.words.empty());
    }
    SECTION("no yes") {
        auto const* const state = GENERATE("refused", "expired", "withdrawn");
        desk.list_says("verified", state);
        CHECK(desk.cases().said.words.empty());
        CHECK(desk.at_hand()->item.unlock == state);
        CHECK(desk.at_hand()->unlock_until.empty());
        CHECK(why_not(desk).empty());
    }
    SECTION("at the queue") {
        desk.want(Do{Act::ShowWork});
        desk.list_says("verified", "unlocked");
        desk.want(Do{Act::ShowCases});
        CHECK(desk.cases().said.words.id() == "unlock.done");
    }
}

TEST_CASE("unlock: what central refuses stays in the dialog with its reason, and what is so is asked for") {
    auto const* const reason = GENERATE("verification_needed", "not_locked", "account_disabled",
                                        "unlock_reason_unknown", "central_unreachable");
    Verified desk;
    auto const request = desk.unlock();
    std::string const word = reason;
    auto const kind = word == "central_unreachable" ? ErrorKind::Unavailable : ErrorKind::Refused;
    desk.reply(AccountUnlocked{"old", failure(kind, reason)}, request);
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->reason == 1);
    CHECK(desk.at_hand()->doing.failure->reason == word);
    CHECK(desk.cases().said.words.empty());
    CHECK((desk.asked<FetchMember>() != nullptr) == (word == "not_locked" || word == "account_disabled"));
    CHECK((desk.asked<FetchCases>() != nullptr) ==
          (word == "verification_needed" || word == "central_unreachable"));
}

TEST_CASE("unlock: an answer that was lost is found in the list, and the dialog goes") {
    auto const* const state = GENERATE("unlocked", "waiting");
    Verified desk;
    auto const request = desk.unlock();
    desk.reply(AccountUnlocked{"old", failure(ErrorKind::Unavailable, "central_unreachable")}, request);
    desk.list_says("verified", state);
    CHECK(desk.dialog() == nullptr);
    CHECK(desk.at_hand()->item.unlock == state);
}

TEST_CASE(
    "unlock: what locked it is asked for again where central was not reached, and what is chosen stays") {
    Verified desk;
    desk.want(Do{Act::UnlockAccount});
    auto const first = desk.number_of<FetchLock>();
    desk.want(ChooseInCase{CaseChoice::UnlockReason, 1});
    desk.list_says("verified", "");
    CHECK(desk.number_of<FetchLock>() == 0); // on its way still
    desk.reply(LockRead{"old", failure(ErrorKind::Unavailable, "central_unreachable")}, first);
    desk.list_says("verified", "");
    auto const again = desk.number_of<FetchLock>();
    REQUIRE(again > first);
    desk.reply(LockRead{"old", Verified::lock()}, again);
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->lock.value);
    CHECK(desk.dialog()->reason == 1);
    CHECK(desk.at_hand()->doing.failure == std::nullopt);
}

TEST_CASE("unlock: a refusal to tell what locked it is not asked for again") {
    Verified desk;
    desk.want(Do{Act::UnlockAccount});
    desk.reply(LockRead{"old", failure(ErrorKind::Refused, "account_missing")}, desk.number_of<FetchLock>());
    desk.list_says("verified", "");
    CHECK(desk.number_of<FetchLock>() == 0);
}

TEST_CASE("unlock: a proof that runs out while the dialog is open unlocks nothing") {
    Verified desk;
    desk.open();
    desk.want(ChooseInCase{CaseChoice::UnlockReason, 0});
    desk.list_says("identified", "");
    desk.want(Continue{});
    CHECK(desk.asked<UnlockAccount>() == nullptr);
}

TEST_CASE("unlock: a late reply for another case, or an older one, changes nothing") {
    Verified desk;
    desk.want(Do{Act::UnlockAccount});
    auto const reading = desk.number_of<FetchLock>();
    SECTION("of the lock, after the dialog was opened anew") {
        desk.want(Close{});
        desk.want(Do{Act::UnlockAccount});
        desk.reply(LockRead{"old", Verified::lock()}, reading);
        CHECK_FALSE(desk.dialog()->lock.value);
    }
    SECTION("of the lock, named after another case") {
        auto other = Verified::lock();
        other.case_id = "new";
        desk.reply(LockRead{"new", other}, reading);
        CHECK_FALSE(desk.dialog()->lock.value);
        desk.reply(LockRead{"old", other}, reading);
        CHECK_FALSE(desk.dialog()->lock.value);
        CHECK(desk.dialog()->lock.failure);
    }
    SECTION("of the unlock") {
        desk.want(Close{});
        auto const request = desk.unlock();
        desk.want(Close{});
        desk.want(PickCase{"new"});
        desk.type_facts();
        desk.want(Continue{});
        for (auto const number : {request, desk.app.last_request}) {
            desk.reply(AccountUnlocked{"old", api::UnlockReply{"old", "unlocked", ""}}, number);
            CHECK(desk.at_hand()->item.unlock.empty());
            CHECK(desk.cases().said.words.empty());
            CHECK(desk.at_hand()->doing.waiting());
        }
    }
}

TEST_CASE("unlock: a lock that is no more is told by the record, and nothing is asked") {
    Verified desk;
    desk.want(Do{Act::UnlockAccount});
    desk.reply(LockRead{"old", Verified::lock("open")}, desk.number_of<FetchLock>());
    REQUIRE(desk.asked<FetchMember>() != nullptr);
    desk.reply(MemberRead{"old", Desk::masked("old", "open")}, desk.number_of<FetchMember>());
    desk.want(ChooseInCase{CaseChoice::UnlockReason, 0});
    desk.want(Continue{});
    CHECK(desk.asked<UnlockAccount>() == nullptr);
}

TEST_CASE("unlock: twelve keys are enough from the member's yes to the unlock, whatever the reason") {
    auto const reason = static_cast<int>(GENERATE(range(0, 4)));
    Verified desk;
    Keyboard keys(desk);
    keys.press(ui::alt('U'));
    REQUIRE(desk.asked<FetchLock>() != nullptr);
    desk.reply(LockRead{"old", Verified::lock()}, desk.number_of<FetchLock>());
    keys.show();
    for (int i = 0; i <= reason; ++i)
        keys.press(ui::Key::Down);
    keys.press(ui::Key::Select);
    keys.press(ui::alt('O'));
    REQUIRE(desk.asked<UnlockAccount>() != nullptr);
    CHECK(desk.asked<UnlockAccount>()->request.reason == unlock_reasons()[static_cast<std::size_t>(reason)]);
    CHECK(keys.pressed <= 12);
}
