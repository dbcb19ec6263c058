#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

api::CaseMatter a_matter(std::string kind = "finding_disputed", std::string eob = "eob-1") {
    api::CaseMatter matter;
    matter.case_id = "case-1";
    matter.entry = "b";
    matter.kind = std::move(kind);
    matter.eob = std::move(eob);
    return matter;
}

api::CaseItem the_case(char const* level = "identified") {
    auto item = Desk::case_item("case-1", level);
    item.entry = "b";
    item.channel = "work";
    return item;
}

/// With an entry of one's own selected.
struct QueueDesk : Desk {
    QueueDesk() {
        sign_in_to_list({"see_work", "do_work", "open_case"});
        want(Pick{"b"});
    }
    void ask() {
        want(Do{Act::OpenWorkCase});
        REQUIRE(asked<OpenWorkCase>() != nullptr);
        CHECK(asked<OpenWorkCase>()->entry == "b");
    }
    void got(Result<api::WorkCaseOpened> result) {
        happens(WorkCaseGot{"b", std::move(result)}, work().doing.request, app.session.stamp);
    }
    /// The case of the entry is on the screen, with what is asked.
    void open(api::CaseMatter matter = a_matter()) {
        ask();
        got(api::WorkCaseOpened{"case-1", "dispute", "work"});
        auto const of_matter = number_of<FetchMatter>();
        auto const of_list = number_of<FetchCases>();
        reply(MemberRead{"case-1", masked("case-1")}, number_of<FetchMember>());
        reply(MatterRead{"case-1", std::move(matter)}, of_matter);
        reply(CasesRead{api::CaseList{{the_case()}}}, of_list);
    }
};

} // namespace

TEST_CASE(
    "matter: the case of an entry is opened from the queue by one key, with whom it is about and what") {
    QueueDesk desk;
    CHECK(can_do(desk.app, Act::OpenWorkCase));
    desk.ask();
    CHECK_FALSE(can_do(desk.app, Act::OpenWorkCase)); // a second press while the first is under way
    desk.got(api::WorkCaseOpened{"case-1", "dispute", "work"});
    CHECK(desk.screen() == "cases");
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->item.case_id == "case-1");
    CHECK(desk.at_hand()->item.entry == "b");
    CHECK(desk.asked<FetchMember>() != nullptr);
    CHECK(desk.asked<FetchMatter>() != nullptr);
}

TEST_CASE("matter: it is offered for what one has taken and for what is about a member") {
    QueueDesk desk;
    desk.want(Pick{"a"}); // nobody's
    auto const first = offered(desk.app, Act::OpenWorkCase);
    REQUIRE(first);
    CHECK_FALSE(first->off.empty());
    desk.want(Pick{"c"}); // a letter
    CHECK_FALSE(offered(desk.app, Act::OpenWorkCase));
    Desk reader;
    reader.sign_in_to_list({"see_work", "do_work"});
    reader.want(Pick{"b"});
    CHECK_FALSE(offered(reader.app, Act::OpenWorkCase)); // may open no case
}

TEST_CASE(
    "matter: the one EOB is read without a proof, nothing else of the claims, and is left by the same key") {
    QueueDesk desk;
    desk.open();
    REQUIRE(can_do(desk.app, Act::ReadMatterEob));
    CHECK_FALSE(offered(desk.app, Act::ShowClaims));
    desk.want(Do{Act::ReadMatterEob});
    REQUIRE(desk.asked<FetchMatterEob>() != nullptr);
    CHECK(desk.asked<FetchMatterEob>()->eob == "eob-1");
    CHECK(desk.asked<FetchClaims>() == nullptr);
    api::EobDetail detail;
    detail.eob.id = EobId("eob-1");
    desk.reply(EobRead{"case-1", "eob-1", detail}, desk.number_of<FetchMatterEob>());
    REQUIRE(desk.at_hand()->claims);
    CHECK(desk.at_hand()->claims->eob.value);
    SECTION("a new list of the cases, in which nobody is verified, leaves it there") {
        desk.happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        desk.reply(CasesRead{api::CaseList{{the_case()}}}, desk.number_of<FetchCases>());
        CHECK(desk.at_hand()->claims);
    }
    SECTION("by its key") {
        REQUIRE(can_do(desk.app, Act::ShowClaims));
        desk.want(Do{Act::ShowClaims});
        CHECK_FALSE(desk.at_hand()->claims);
    }
    SECTION("by Esc, to the record and to no list of claims") {
        desk.want(Close{});
        CHECK_FALSE(desk.at_hand()->claims);
    }
    SECTION("a look at the queue leaves it") {
        desk.want(Do{Act::ShowWork});
        desk.want(Do{Act::ShowCases});
        CHECK_FALSE(desk.at_hand()->claims);
    }
}

TEST_CASE(
    "matter: whoever is in the middle of something else keeps it, and a reply for another case is dropped") {
    QueueDesk desk;
    SECTION("at another case") {
        desk.ask();
        auto const request = desk.work().doing.request;
        desk.want(Do{Act::ShowCases});
        desk.answer(CasesRead{api::CaseList{{Desk::case_item("new")}}});
        desk.want(PickCase{"new"});
        desk.happens(WorkCaseGot{"b", api::WorkCaseOpened{"case-1", "dispute", "work"}}, request,
                     desk.app.session.stamp);
        CHECK(desk.at_hand()->item.case_id == "new");
        CHECK(desk.asked<FetchCases>() != nullptr);
    }
    SECTION("a matter of another case") {
        desk.ask();
        desk.got(api::WorkCaseOpened{"case-1", "dispute", "work"});
        auto other = a_matter();
        other.case_id = "case-2";
        desk.reply(MatterRead{"case-1", other}, desk.number_of<FetchMatter>());
        CHECK_FALSE(desk.at_hand()->matter.value);
    }
    SECTION("it failed: nothing is opened, and the queue says why") {
        desk.ask();
        desk.got(failure(ErrorKind::Conflict, "queue_entry_done"));
        CHECK(desk.screen() == "work");
        CHECK(desk.work().doing.failure);
        CHECK(desk.asked<FetchWork>() != nullptr);
    }
}

TEST_CASE("matter: nobody is on the line for an entry, so what is asked comes first and a proof last") {
    QueueDesk desk;
    desk.open();
    auto const place = [&](Act act) {
        auto const acts = offered_acts(desk.app);
        return std::find_if(acts.begin(), acts.end(), [&](Offered const& each) { return each.act == act; }) -
               acts.begin();
    };
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(nobody_on_line(desk.app, *desk.at_hand()));
    CHECK(place(Act::ReadMatterEob) < place(Act::VerifyCaller));
    CHECK(can_do(desk.app, Act::VerifyCaller)); // the number on file can be called by it
    CHECK(offered(desk.app, Act::VerifyCaller)->label == ui::Msg("act.call_or_verify"));
    auto const list_says = [&](auto const& change) {
        auto item = the_case();
        change(item);
        desk.happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        desk.reply(CasesRead{api::CaseList{{item}}}, desk.number_of<FetchCases>());
    };
    SECTION("a proof that was begun comes first again") {
        list_says([](api::CaseItem& item) { item.check = "waiting"; });
        CHECK_FALSE(nobody_on_line(desk.app, *desk.at_hand()));
        CHECK(place(Act::ReadMatterEob) > place(Act::VerifyCaller));
    }
    SECTION("a call that was promised is to be made") {
        list_says([](api::CaseItem& item) { item.channel = "call_back"; });
        CHECK_FALSE(nobody_on_line(desk.app, *desk.at_hand()));
    }
    SECTION("so does one whose call is there") {
        CallAtHand call;
        call.case_id = "case-1";
        call.call.state = PhoneCall::State::Talking;
        desk.app.calls.all.push_back(std::move(call));
        CHECK_FALSE(nobody_on_line(desk.app, *desk.at_hand()));
        desk.app.calls.all.back().call.state = PhoneCall::State::Ended;
        CHECK(nobody_on_line(desk.app, *desk.at_hand()));
    }
}

TEST_CASE("matter: of a protected record it is asked for when the glass is broken, and not before") {
    QueueDesk desk;
    desk.ask();
    desk.got(api::WorkCaseOpened{"case-1", "dispute", "work"});
    auto const of_matter = desk.number_of<FetchMatter>();
    desk.reply(MemberRead{"case-1", failure(ErrorKind::Refused, "break_glass_needed")},
               desk.number_of<FetchMember>());
    desk.reply(MatterRead{"case-1", failure(ErrorKind::Refused, "break_glass_needed")}, of_matter);
    CHECK(desk.asked<FetchMatter>() == nullptr);
    REQUIRE(can_do(desk.app, Act::BreakGlass));
    desk.want(Do{Act::BreakGlass});
    desk.want(Typed{Field::GlassReason, "The dispute must be decided"});
    desk.want(Continue{});
    desk.reply(GlassBroken{"case-1", ok()}, desk.number_of<BreakGlass>());
    desk.reply(MemberRead{"case-1", Desk::masked("case-1")}, desk.number_of<FetchMember>());
    CHECK(desk.asked<FetchMatter>() != nullptr);
}
