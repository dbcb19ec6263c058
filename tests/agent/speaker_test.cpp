#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

/// With the case of a member at hand.
struct SomebodyCalls : Desk {
    SomebodyCalls() {
        sign_in_to_cases({"see_work", "do_work", "open_case", "unlock_account"});
        want(PickCase{"old"});
        answer(MemberRead{"old", masked("old", "locked")});
    }
    static api::Speakers two() {
        return {"old",
                {{"parent-1", "A. S.", "parent_of_minor", {"claims", "contact"}, false, "", ""},
                 {"form-2", "R. E.", "power_of_attorney", {"claims"}, false, "2026-03-11", "ended"}}};
    }
    SpeakerDialog* dialog() { return std::get_if<SpeakerDialog>(&cases().dialog); }
    void open() {
        want(Do{Act::WhoSpeaks});
        reply(SpeakersRead{"old", two()}, number_of<FetchSpeakers>());
    }
    static api::CaseItem spoken(char const* level, std::vector<std::string> scopes) {
        auto item = case_item("old", level);
        item.speaker = "parent-1";
        item.speaker_kind = "parent_of_minor";
        item.speaker_scopes = std::move(scopes);
        item.verified_way = std::string(level) == "verified" ? "text_code" : "";
        return item;
    }
    void list_says(api::CaseItem item) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        reply(CasesRead{api::CaseList{{case_item("new"), std::move(item)}}}, number_of<FetchCases>());
    }
    std::string why_not(Act act) {
        auto const found = offered(app, act);
        return !found ? "not offered" : std::string(found->off.id());
    }
};

} // namespace

TEST_CASE("who speaks: it is asked once somebody was found, by the key that found them") {
    SomebodyCalls desk;
    REQUIRE(offered(desk.app, Act::WhoSpeaks));
    CHECK_FALSE(offered(desk.app, Act::FindCaller));
    CHECK(offered(desk.app, Act::WhoSpeaks)->key == ui::alt('I'));
    desk.want(PickCase{"new"});
    CHECK_FALSE(offered(desk.app, Act::WhoSpeaks));
    CHECK(offered(desk.app, Act::FindCaller)->key == ui::alt('I'));
}

TEST_CASE("who speaks: the member is chosen until another is, and who may not speak is not sent") {
    SomebodyCalls desk;
    desk.open();
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->speaker == "member");
    desk.want(ChooseInCase{CaseChoice::Speaker, 2});
    CHECK(desk.dialog()->speaker == "form-2");
    desk.want(Continue{});
    CHECK(desk.asked<ChooseSpeaker>() == nullptr);
    desk.want(ChooseInCase{CaseChoice::Speaker, 9});
    CHECK(desk.dialog()->speaker == "form-2");
    desk.want(ChooseInCase{CaseChoice::Speaker, 1});
    desk.want(Continue{});
    REQUIRE(desk.asked<ChooseSpeaker>() != nullptr);
    CHECK(desk.asked<ChooseSpeaker>()->request.case_id == "old");
    CHECK(desk.asked<ChooseSpeaker>()->request.speaker == "parent-1");
    desk.answer(SpeakerChosen{"old", SomebodyCalls::spoken("identified", {"claims"})});
    CHECK(desk.dialog() == nullptr);
    CHECK(desk.at_hand()->item.speaker == "parent-1");
}

TEST_CASE("who speaks: a list that did not come makes nobody the member, and is read when central is back") {
    SomebodyCalls desk;
    desk.list_says(SomebodyCalls::spoken("verified", {"claims"}));
    desk.want(Do{Act::WhoSpeaks});
    desk.reply(SpeakersRead{"old", failure(ErrorKind::TimedOut, "central_timed_out")},
               desk.number_of<FetchSpeakers>());
    CHECK(desk.dialog()->speaker == "parent-1");
    desk.want(Continue{});
    CHECK(desk.asked<ChooseSpeaker>() == nullptr);
    desk.list_says(SomebodyCalls::spoken("verified", {"claims"}));
    REQUIRE(desk.asked<FetchSpeakers>() != nullptr);
    desk.reply(SpeakersRead{"old", SomebodyCalls::two()}, desk.number_of<FetchSpeakers>());
    CHECK(desk.dialog()->speaker == "parent-1");
    CHECK(desk.dialog()->chosen() != nullptr);
}

TEST_CASE("who speaks: nothing that was shown to one stays for another") {
    SomebodyCalls desk;
    auto item = Desk::case_item("old", "verified");
    item.verified_way = "own_session";
    desk.list_says(item);
    desk.want(Do{Act::ShowClaims});
    REQUIRE(desk.at_hand()->claims != nullptr);
    desk.at_hand()->revealed.emplace_back();
    SECTION("chosen here") {
        desk.open();
        desk.want(ChooseInCase{CaseChoice::Speaker, 1});
        desk.want(Continue{});
        desk.answer(SpeakerChosen{"old", SomebodyCalls::spoken("identified", {"claims"})});
    }
    SECTION("as the list says") {
        desk.list_says(SomebodyCalls::spoken("verified", {"claims"}));
    }
    CHECK(desk.at_hand()->claims == nullptr);
    CHECK(desk.at_hand()->revealed.empty());
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
}

TEST_CASE("who speaks: what the authority does not cover is off, and says why") {
    SomebodyCalls desk;
    desk.list_says(SomebodyCalls::spoken("verified", {"claims"}));
    CHECK(desk.why_not(Act::ShowClaims).empty());
    CHECK(desk.why_not(Act::UnlockAccount) == "speaker.not_covered");
    CHECK(desk.why_not(Act::RevealField) == "speaker.not_covered");
    CHECK(desk.why_not(Act::MailCard) == "speaker.not_covered");
    CHECK(desk.why_not(Act::ChangeContact) == "speaker.not_covered");
    // What goes to the member alone needs none.
    CHECK(desk.why_not(Act::WriteMessage).empty());
    CHECK(desk.why_not(Act::PromiseCall).empty());
    desk.list_says(SomebodyCalls::spoken("verified", {"contact", "cards", "account"}));
    CHECK(desk.why_not(Act::ShowClaims) == "speaker.not_covered");
    CHECK(desk.why_not(Act::UnlockAccount).empty());
    CHECK(desk.why_not(Act::RevealField).empty());
    CHECK(desk.why_not(Act::MailCard).empty());
    // Nor is a value read out to who has shown nothing.
    desk.list_says(SomebodyCalls::spoken("identified", {"contact"}));
    CHECK(desk.why_not(Act::RevealField) == "speaker.prove_first");
}

TEST_CASE("who speaks: an authority that has ended leaves the way to choose again, and nothing else") {
    SomebodyCalls desk;
    auto item = SomebodyCalls::spoken("verified", {"claims", "contact", "cards", "account"});
    item.speaker_hindrance = "authority_ended";
    desk.list_says(item);
    for (auto const act : {Act::ShowClaims, Act::UnlockAccount, Act::RevealField, Act::MailCard})
        CHECK(desk.why_not(act) == "speaker.not_in_force");
    CHECK(can_do(desk.app, Act::WhoSpeaks));
    item.level = "identified";
    desk.list_says(item);
    CHECK(desk.why_not(Act::VerifyCaller) == "speaker.not_in_force");
}

TEST_CASE("who speaks: a late reply, or one of another case, is dropped") {
    SomebodyCalls desk;
    desk.want(Do{Act::WhoSpeaks});
    auto const first = desk.number_of<FetchSpeakers>();
    desk.want(Close{});
    desk.reply(SpeakersRead{"old", SomebodyCalls::two()}, first);
    CHECK(desk.dialog() == nullptr);
    desk.want(Do{Act::WhoSpeaks});
    auto of_another = SomebodyCalls::two();
    of_another.case_id = "new";
    desk.reply(SpeakersRead{"old", of_another}, desk.number_of<FetchSpeakers>());
    REQUIRE(desk.dialog() != nullptr);
    CHECK_FALSE(desk.dialog()->speakers.value);
    CHECK(desk.dialog()->speakers.failure->reason == "reply_unreadable");
    // The member can be chosen all the same.
    desk.want(Continue{});
    CHECK(desk.asked<ChooseSpeaker>() != nullptr);
}

TEST_CASE("who speaks: what central refuses stands in the dialog, and nothing is taken for chosen") {
    SomebodyCalls desk;
    desk.open();
    desk.want(ChooseInCase{CaseChoice::Speaker, 1});
    desk.want(Continue{});
    desk.answer(SpeakerChosen{"old", failure(ErrorKind::Refused, "authority_of_age")});
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.at_hand()->doing.failure->reason == "authority_of_age");
    CHECK(desk.at_hand()->item.speaker.empty());
}
