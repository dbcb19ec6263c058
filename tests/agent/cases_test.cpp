#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

bool all_empty(TypedFacts const& facts) {
    return facts.member_id.empty() && facts.given.empty() && facts.family.empty() &&
           facts.birth_date.empty() && facts.zip.empty();
}

} // namespace

TEST_CASE("cases: the queue and the cases are a key apart, and each is as it was left") {
    Desk desk;
    desk.sign_in_to_list({"see_work", "do_work", "open_case"});
    desk.want(Pick{"b"});
    desk.want(Do{Act::ShowCases});
    REQUIRE(desk.screen() == "cases");
    CHECK(desk.asked<FetchCases>() != nullptr);
    desk.answer(CasesRead{api::CaseList{{Desk::case_item("new")}}});
    desk.want(PickCase{"new"});
    desk.type_facts();
    desk.want(Do{Act::ShowWork});
    CHECK(desk.screen() == "work");
    CHECK(desk.work().selected == "b");
    // The queue is looked at while a case is shown, so that a deadline is not missed.
    desk.want(Do{Act::ShowCases});
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->facts.family == "Sample");
    desk.pass(30s);
    CHECK(desk.asked<FetchWork>() != nullptr);
    CHECK(desk.asked<FetchCases>() != nullptr);
}

TEST_CASE("cases: who may open none is offered none, and who loses the right sees none any more") {
    Desk desk;
    desk.sign_in_to_list({"see_work", "do_work"});
    CHECK_FALSE(offered(desk.app, Act::ShowCases));
    CHECK_FALSE(offered(desk.app, Act::OpenCase));
    desk.want(Do{Act::ShowCases});
    desk.want(Do{Act::OpenCase});
    CHECK(desk.screen() == "work");

    bool const locked = GENERATE(false, true);
    Desk other;
    other.sign_in_to_cases();
    CHECK_FALSE(offered(other.app, Act::AllowMore));
    other.want(PickCase{"new"});
    other.type_facts();
    other.want(Do{Act::Refresh});
    auto const request = other.app.last_request;
    if (locked)
        other.want(Do{Act::LockNow});
    other.happens(CasesRead{failure(ErrorKind::Forbidden, "right_missing")}, request,
                  other.app.session.stamp);
    REQUIRE(other.asked<FetchMe>() != nullptr);
    other.answer(MeRead{api::StaffMe{"staff-0001", "Sam Desk", {"service_center"}, {"see_work"}}});
    CHECK(other.app.cases() == nullptr);
    CHECK(other.app.session.signed_in());
    CHECK(other.screen() == (locked ? "locked" : "work"));
    CHECK(name(other.app.at_work()) == std::string("work"));
}

TEST_CASE("cases: one is opened with its reason and channel, from the queue too, and is at hand at once") {
    Desk desk;
    desk.sign_in_to_list({"see_work", "do_work", "open_case"});
    desk.want(Do{Act::OpenCase});
    REQUIRE(desk.screen() == "cases");
    desk.want(ChooseInCase{CaseChoice::Reason, 1});
    desk.want(ChooseInCase{CaseChoice::Channel, 2});
    desk.want(Continue{});
    auto const* open = desk.asked<OpenCase>();
    REQUIRE(open != nullptr);
    CHECK(open->request.reason == "unlock");
    CHECK(open->request.channel == "walk_in");
    // A second Enter while the first is under way opens no second case.
    desk.want(Continue{});
    CHECK(desk.asked<OpenCase>() == nullptr);
    desk.answer(CaseOpened{api::CaseOpened{"fresh"}});
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->item.case_id == "fresh");
    CHECK(desk.at_hand()->item.reason == "unlock");
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    CHECK(desk.asked<FetchCases>() != nullptr);
}

TEST_CASE("cases: what central does not open keeps the dialog with what was chosen, and the list is read") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(Do{Act::OpenCase});
    desk.want(ChooseInCase{CaseChoice::Reason, 3});
    desk.want(Continue{});
    desk.answer(CaseOpened{failure(ErrorKind::TooMany, "cases_open_many")});
    REQUIRE(std::holds_alternative<OpenCaseDialog>(desk.cases().dialog));
    CHECK(std::get<OpenCaseDialog>(desk.cases().dialog).reason == 3);
    CHECK(desk.cases().doing.failure);
    CHECK(desk.asked<FetchCases>() != nullptr);
    desk.want(Close{});
    CHECK_FALSE(desk.cases().doing.failure);
}

TEST_CASE("cases: a case that is another's by now, or closed, is left, with what was typed") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"new"});
    desk.type_facts();
    desk.want(Do{Act::Refresh});
    desk.answer(CasesRead{api::CaseList{{Desk::case_item("old", "identified")}}});
    CHECK(desk.at_hand() == nullptr);
    CHECK(desk.cases().said.words.id() == "cases.gone");
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
}

TEST_CASE("cases: a supervisor allows a colleague more, and stays in the dialog until central has done it") {
    Desk desk;
    desk.sign_in_to_cases({"see_work", "do_work", "open_case", "allow_more"});
    desk.want(Do{Act::AllowMore});
    desk.want(Continue{});
    CHECK(desk.asked<AllowMore>() == nullptr);
    desk.want(Typed{Field::Colleague, "staff-77"});
    desk.want(Continue{});
    REQUIRE(desk.asked<AllowMore>() != nullptr);
    CHECK(desk.asked<AllowMore>()->staff == "staff-77");
    desk.answer(MoreAllowed{failure(ErrorKind::NotFound, "colleague_unknown")});
    REQUIRE(std::holds_alternative<AllowMoreDialog>(desk.cases().dialog));
    desk.want(ChooseColleague{"staff-0002"});
    desk.want(Continue{});
    REQUIRE(desk.asked<AllowMore>() != nullptr);
    CHECK(desk.asked<AllowMore>()->staff == "staff-0002");
    desk.answer(MoreAllowed{ok()});
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    CHECK(desk.cases().said.good);
}

TEST_CASE("caller: facts are sent as central reads them, once, and two at least") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"new"});
    desk.want(Typed{Field::GivenNames, "Alex Jordan"});
    desk.want(Typed{Field::FamilyName, "Sample"});
    desk.want(Continue{});
    CHECK(desk.asked<Identify>() == nullptr);
    CHECK_FALSE(can_do(desk.app, Act::FindCaller));
    desk.want(Typed{Field::BirthDate, "05/17/1984"});
    desk.want(Continue{});
    auto const* identify = desk.asked<Identify>();
    REQUIRE(identify != nullptr);
    CHECK(identify->request.case_id == "new");
    CHECK(identify->request.name->given == "Alex Jordan");
    CHECK(identify->request.birth_date == "1984-05-17");
    CHECK_FALSE(identify->request.member_id);
    CHECK_FALSE(identify->request.zip);
    desk.want(Continue{});
    CHECK(desk.asked<Identify>() == nullptr);
}

TEST_CASE("caller: what can be no such fact is told beside its field and costs no try") {
    auto const told = [](Field field, char const* text) {
        Desk desk;
        desk.sign_in_to_cases();
        desk.want(PickCase{"new"});
        desk.want(Typed{Field::MemberNumber, "PRT-1"});
        desk.want(Typed{Field::Zip, "12345"});
        desk.want(Typed{field, text});
        desk.want(Continue{});
        CHECK(desk.asked<Identify>() == nullptr);
        REQUIRE(desk.at_hand()->doing.failure);
        auto reason = desk.at_hand()->doing.failure->reason;
        // Typing on takes the word back.
        desk.want(Typed{field, ""});
        CHECK_FALSE(desk.at_hand()->doing.failure);
        return reason;
    };
    CHECK(told(Field::BirthDate, "02/30/1984") == "birth_date_invalid");
    CHECK(told(Field::BirthDate, "05/17") == "birth_date_invalid");
    CHECK(told(Field::GivenNames, "Alex") == "name_invalid");
    CHECK(told(Field::FamilyName, "Sample") == "name_invalid");
    CHECK(told(Field::Zip, "1234") == "zip_invalid");
}

TEST_CASE("caller: facts are wiped when they were taken, and stay when nobody was found") {
    Desk desk;
    desk.ask_who_calls();
    auto nobody = failure(ErrorKind::NotFound, "nobody_found");
    nobody.tries_left = 4;
    desk.answer(CallerIdentified{"new", nobody});
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->tries_left == 4);
    CHECK(desk.at_hand()->facts.family == "Sample");
    desk.want(Typed{Field::Zip, "12345"});
    desk.want(Continue{});
    REQUIRE(desk.asked<Identify>() != nullptr);
    desk.answer(CallerIdentified{"new", api::CaseLevel{"new", "identified"}});
    CHECK(desk.at_hand()->identified());
    CHECK(all_empty(desk.at_hand()->facts));
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    CHECK_FALSE(offered(desk.app, Act::FindCaller));
}

TEST_CASE("caller: without tries left nothing is sent any more") {
    Desk desk;
    desk.ask_who_calls();
    desk.answer(CallerIdentified{"new", failure(ErrorKind::TooMany, "tries_case_full")});
    CHECK(desk.at_hand()->tries_left == 0);
    desk.want(Typed{Field::Zip, "12345"});
    desk.want(Continue{});
    CHECK(desk.asked<Identify>() == nullptr);
    // The case can still be closed.
    CHECK(can_do(desk.app, Act::CloseCase));
}

TEST_CASE("caller: a late reply for another case changes nothing of the one at hand") {
    Desk desk;
    desk.ask_who_calls();
    auto const request = desk.app.last_request;
    desk.want(Do{Act::OpenCase});
    // Not while something is under way; leaving is always possible.
    CHECK_FALSE(std::holds_alternative<OpenCaseDialog>(desk.cases().dialog));
    desk.want(Do{Act::LeaveCase});
    CHECK(desk.at_hand() == nullptr);
    desk.want(Do{Act::OpenCase});
    desk.want(Continue{});
    desk.answer(CaseOpened{api::CaseOpened{"fresh"}});
    desk.type_facts();
    desk.want(Continue{});
    auto const newer = desk.app.last_request;
    // Whatever number it comes with: it names its case.
    for (auto const number : {request, newer}) {
        desk.happens(CallerIdentified{"new", api::CaseLevel{"new", "identified"}}, number,
                     desk.app.session.stamp);
        REQUIRE(desk.at_hand() != nullptr);
        CHECK_FALSE(desk.at_hand()->identified());
        CHECK(desk.at_hand()->facts.family == "Sample");
        CHECK(desk.at_hand()->doing.waiting());
    }
    // One that was asked for this case and answers for another is no answer.
    desk.happens(CallerIdentified{"fresh", api::CaseLevel{"new", "identified"}}, newer,
                 desk.app.session.stamp);
    CHECK_FALSE(desk.at_hand()->identified());
}

TEST_CASE("caller: a case that is left or picked anew has nothing of what was typed in it") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"new"});
    desk.type_facts();
    // Picking what is at hand is no leaving.
    desk.want(PickCase{"new"});
    CHECK(desk.at_hand()->facts.family == "Sample");
    desk.want(PickCase{"old"});
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    desk.want(PickCase{"new"});
    CHECK(all_empty(desk.at_hand()->facts));
}

TEST_CASE("caller: facts stay under a lock for the same person, and go with the session") {
    bool const own_key = GENERATE(true, false);
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"new"});
    desk.type_facts();
    desk.want(Do{Act::LockNow});
    REQUIRE(desk.screen() == "locked");
    // Under the cover nothing is typed, asked or chosen.
    desk.want(Typed{Field::FamilyName, "Other"});
    desk.want(Continue{});
    desk.want(PickCase{"old"});
    CHECK(desk.asked<Identify>() == nullptr);
    desk.type_pin();
    if (own_key) {
        desk.answer(Unlocked{ok()});
        CHECK(desk.screen() == "cases");
        CHECK(desk.at_hand()->facts.family == "Sample");
        CHECK(desk.asked<FetchCases>() != nullptr);
        return;
    }
    desk.answer(Unlocked{failure(ErrorKind::Refused, "other_account")});
    desk.want(EndOthers{});
    CHECK(desk.app.cases() == nullptr);
    CHECK(desk.app.work() == nullptr);
}

TEST_CASE("caller: a session that ends leaves no case, shown or aside") {
    bool const aside = GENERATE(false, true);
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"new"});
    desk.type_facts();
    if (aside)
        desk.want(Do{Act::ShowWork});
    desk.want(Do{Act::SignOut});
    CHECK(desk.app.cases() == nullptr);
    CHECK_FALSE(desk.app.aside);
}

TEST_CASE("caller: an answer that was lost on its way is found in the list, and the facts go then") {
    Desk desk;
    desk.ask_who_calls();
    desk.answer(CallerIdentified{"new", failure(ErrorKind::Unavailable, "central_unreachable")});
    CHECK(desk.at_hand()->facts.family == "Sample");
    REQUIRE(desk.asked<FetchCases>() != nullptr);
    desk.answer(CasesRead{
        api::CaseList{{Desk::case_item("new", "identified"), Desk::case_item("old", "identified")}}});
    CHECK(desk.at_hand()->identified());
    CHECK(all_empty(desk.at_hand()->facts));
}

TEST_CASE("close: a note that is refused is still there, with the outcome, and can be sent shortened") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"old"});
    desk.want(Do{Act::CloseCase});
    desk.want(ChooseInCase{CaseChoice::Outcome, 1});
    desk.want(Typed{Field::Note, std::string(2001, 'x')});
    desk.want(Continue{});
    REQUIRE(desk.asked<CloseCase>() != nullptr);
    CHECK(desk.asked<CloseCase>()->request.outcome == "handed_on");
    desk.answer(CaseClosed{"old", failure(ErrorKind::InvalidInput, "note_long")});
    REQUIRE(std::holds_alternative<CloseCaseDialog>(desk.cases().dialog));
    CHECK(desk.at_hand()->note == std::string(2001, 'x'));
    CHECK(desk.at_hand()->outcome == 1);
    // Not even by going back to the case.
    desk.want(Close{});
    desk.want(Do{Act::CloseCase});
    CHECK(desk.at_hand()->note == std::string(2001, 'x'));
    desk.want(Typed{Field::Note, "Sent to claims."});
    desk.want(Continue{});
    REQUIRE(desk.asked<CloseCase>() != nullptr);
    CHECK(desk.asked<CloseCase>()->request.note == "Sent to claims.");
    desk.answer(CaseClosed{"old", ok()});
    CHECK(desk.at_hand() == nullptr);
    CHECK(desk.cases().said.words.id() == "cases.closed");
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
}

TEST_CASE("close: a list that is quicker than the answer does not call the case somebody else's") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"old"});
    desk.want(Do{Act::Refresh});
    auto const list = desk.app.last_request;
    desk.want(Do{Act::CloseCase});
    desk.want(Continue{});
    auto const closing = desk.app.last_request;
    desk.happens(CasesRead{api::CaseList{{Desk::case_item("new")}}}, list, desk.app.session.stamp);
    REQUIRE(desk.at_hand() != nullptr);
    desk.happens(CaseClosed{"old", ok()}, closing, desk.app.session.stamp);
    CHECK(desk.cases().said.words.id() == "cases.closed");
}

TEST_CASE("cases: without central nothing is asked, and what was typed stays") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"new"});
    desk.type_facts();
    desk.happens(OnlineChanged{client::Online::No});
    desk.want(Continue{});
    CHECK(desk.asked<Identify>() == nullptr);
    auto const find = offered(desk.app, Act::FindCaller);
    REQUIRE(find);
    CHECK(find->held);
    CHECK(desk.at_hand()->facts.family == "Sample");
    desk.happens(OnlineChanged{client::Online::Yes});
    CHECK(desk.asked<FetchCases>() != nullptr);
    desk.want(Continue{});
    CHECK(desk.asked<Identify>() != nullptr);
}

TEST_CASE("cases: each act has a key of its own there too") {
    Desk desk;
    desk.sign_in_to_cases({"see_work", "do_work", "open_case", "allow_more"});
    desk.want(PickCase{"new"});
    std::vector<ui::Key> keys;
    for (auto const& act : offered_acts(desk.app)) {
        CHECK(std::find(keys.begin(), keys.end(), act.key) == keys.end());
        keys.push_back(act.key);
    }
    CHECK(keys.size() > 10);
}

TEST_CASE("cases: what was lost on its way while central is there is asked for again by itself, soon") {
    Desk desk;
    desk.sign_in_to_cases();
    auto const unreachable = failure(ErrorKind::Unavailable, "central_unreachable");
    auto const list = [&] { return CasesRead{*desk.cases().list.value}; };
    auto const comes_soon = [&] {
        desk.pass(read_again_s - 1ms);
        CHECK(desk.asked<FetchCases>() == nullptr);
        CHECK(next_deadline(desk.app).value() <= desk.now.mono + 1ms);
        desk.pass(1ms);
        return desk.number_of<FetchCases>();
    };
    SECTION("the list") {
        desk.pass(refresh_every_s);
        desk.reply(CasesRead{unreachable}, desk.number_of<FetchCases>());
        auto const again = comes_soon();
        REQUIRE(again != 0);
        desk.reply(list(), again);
        CHECK_FALSE(desk.cases().look_at);
    }
    SECTION("the record of the case at hand, with the list") {
        desk.want(PickCase{"old"});
        desk.answer(MemberRead{"old", unreachable});
        auto const again = comes_soon();
        REQUIRE(again != 0);
        desk.reply(list(), again);
        CHECK(desk.asked<FetchMember>() != nullptr);
    }
    SECTION("not where central is known to be out: it is asked when that is back") {
        desk.app.facts.online = client::Online::No;
        desk.want(PickCase{"old"});
        desk.answer(MemberRead{"old", unreachable});
        CHECK_FALSE(desk.cases().look_at);
    }
    SECTION("not where it was refused") {
        desk.want(PickCase{"old"});
        desk.answer(MemberRead{"old", failure(ErrorKind::Refused, "account_missing")});
        CHECK_FALSE(desk.cases().look_at);
    }
}
