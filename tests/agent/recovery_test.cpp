#include "agent/app/acts.h"
#include "tests/agent/keyboard.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

/// With the case of a verified caller at hand.
struct VerifiedMember : Desk {
    explicit VerifiedMember(char const* level = "verified",
                            std::vector<std::string> rights = {"see_work", "do_work", "open_case",
                                                               "unlock_account"}) {
        sign_in_to_cases(std::move(rights));
        want(PickCase{"old"});
        answer(MemberRead{"old", masked("old", "open")});
        list_says(level, "");
        if (auto const again = number_of<FetchMember>(); again != 0)
            reply(MemberRead{"old", masked("old", "open")}, again);
    }
    void list_says(char const* level, char const* recovery) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto const request = number_of<FetchCases>();
        auto item = case_item("old", level);
        item.recovery = recovery;
        reply(CasesRead{api::CaseList{{case_item("new"), item}}}, request);
    }
    static api::RecoveryState state(char const* word) {
        api::RecoveryState made;
        made.case_id = "old";
        made.state = word;
        made.can_lose = {"password", "pin", "everything"};
        return made;
    }
    RecoveryDialog* dialog() { return std::get_if<RecoveryDialog>(&cases().dialog); }
    void open(char const* word = "") {
        want(Do{Act::RecoverAccount});
        REQUIRE(asked<FetchRecovery>() != nullptr);
        reply(RecoveryRead{"old", state(word)}, number_of<FetchRecovery>());
        REQUIRE(dialog() != nullptr);
    }
};

} // namespace

TEST_CASE("recovery: it is offered for a verified caller, to whoever may unlock") {
    CHECK(offered(VerifiedMember().app, Act::RecoverAccount));
    CHECK_FALSE(offered(VerifiedMember("identified").app, Act::RecoverAccount));
    CHECK_FALSE(
        offered(VerifiedMember("verified", {"see_work", "do_work", "open_case"}).app, Act::RecoverAccount));
}

TEST_CASE("recovery: whoever speaks for the member comes back to no account of theirs") {
    VerifiedMember desk;
    auto& item = desk.cases().at_hand->item;
    item.speaker = "authority-1";
    item.speaker_kind = "power_of_attorney";
    item.speaker_scopes = {"claims", "contact", "cards", "disputes_and_messages", "account"};
    auto const act = offered(desk.app, Act::RecoverAccount);
    REQUIRE(act);
    CHECK_FALSE(act->off.empty());
    desk.want(Do{Act::RecoverAccount});
    CHECK(desk.asked<FetchRecovery>() == nullptr);
}

TEST_CASE("recovery: how it stands is read when central is back, without the dialog being opened anew") {
    VerifiedMember desk;
    desk.want(Do{Act::RecoverAccount});
    desk.reply(RecoveryRead{"old", failure(ErrorKind::Unavailable, "central_unreachable")},
               desk.number_of<FetchRecovery>());
    desk.list_says("verified", "");
    REQUIRE(desk.asked<FetchRecovery>() != nullptr);
    desk.reply(RecoveryRead{"old", VerifiedMember::state("")}, desk.number_of<FetchRecovery>());
    CHECK(desk.dialog()->state.value);
    CHECK_FALSE(desk.dialog()->state.failure);
}

TEST_CASE("recovery: nothing is begun before what was lost and why are chosen") {
    VerifiedMember desk;
    desk.open();
    desk.want(Continue{});
    desk.want(ChooseInCase{CaseChoice::Lost, 1});
    desk.want(Continue{});
    CHECK(desk.asked<StartRecovery>() == nullptr);
    desk.want(ChooseInCase{CaseChoice::RecoveryReason, 2});
    desk.want(Continue{});
    REQUIRE(desk.asked<StartRecovery>() != nullptr);
    CHECK(desk.asked<StartRecovery>()->request.lost == "pin");
    CHECK(desk.asked<StartRecovery>()->request.reason == "stolen");
    desk.reply(RecoveryStarted{"old", VerifiedMember::state("started")}, desk.number_of<StartRecovery>());
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->is_open());
    CHECK(desk.cases().at_hand->item.recovery == "started");
}

TEST_CASE("recovery: a second person is announced where the second factor goes") {
    RecoveryDialog dialog;
    dialog.state.value = VerifiedMember::state("");
    CHECK(dialog.second_yes().empty());
    dialog.lost = 0;
    CHECK(dialog.second_yes().empty());
    dialog.lost = 2;
    CHECK(dialog.second_yes() == "second_factor_reset");
    dialog.state.value->second_yes = "protected_record";
    CHECK(dialog.second_yes() == "protected_record");
}

TEST_CASE("recovery: one that is open is withdrawn, and none is begun beside it") {
    VerifiedMember desk;
    desk.open("started");
    desk.want(Continue{});
    CHECK(desk.asked<StartRecovery>() == nullptr);
    REQUIRE(desk.asked<WithdrawRecovery>() != nullptr);
    desk.reply(RecoveryWithdrawn{"old", ok()}, desk.number_of<WithdrawRecovery>());
    CHECK(desk.dialog() == nullptr);
}

TEST_CASE("recovery: a reply about another caller's is dropped") {
    VerifiedMember desk;
    desk.want(Do{Act::RecoverAccount});
    auto of_another = VerifiedMember::state("started");
    of_another.case_id = "new";
    desk.reply(RecoveryRead{"old", of_another}, desk.number_of<FetchRecovery>());
    REQUIRE(desk.dialog() != nullptr);
    CHECK_FALSE(desk.dialog()->state.value.has_value());
}
