#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

TEST_CASE("queue: it is asked for at sign-in, every half minute, when central tells of a change, and on F5") {
    Desk desk;
    desk.sign_in();
    CHECK(desk.asked<FetchWork>() != nullptr);
    desk.answer(WorkRead{Desk::list({})});
    desk.pass(29s);
    CHECK(desk.asked<FetchWork>() == nullptr);
    desk.pass(1s);
    CHECK(desk.asked<FetchWork>() != nullptr);
    desk.happens(CentralTold{{.event = "work_changed", .ticket = {}}});
    CHECK(desk.asked<FetchWork>() != nullptr);
    desk.want(Do{Act::Refresh});
    CHECK(desk.asked<FetchWork>() != nullptr);
}

TEST_CASE("queue: told of a change with all others, a desk looks within its own time, once for all of them") {
    Desk desk;
    desk.sign_in();
    desk.answer(WorkRead{Desk::list({})});
    auto const told_to_look_within = [&](std::chrono::milliseconds spread) {
        desk.happens(CentralTold{{.event = "work_changed", .ticket = {}}, spread});
        return desk.asked<FetchWork>() != nullptr;
    };
    CHECK_FALSE(told_to_look_within(1500ms));
    desk.pass(1000ms);
    CHECK(desk.asked<FetchWork>() == nullptr);
    CHECK_FALSE(told_to_look_within(2000ms)); // the sooner one counts
    CHECK(next_deadline(desk.app) == desk.now.mono + 500ms);
    desk.pass(500ms);
    CHECK(desk.asked<FetchWork>() != nullptr);
    desk.answer(WorkRead{Desk::list({})});
    desk.pass(1500ms);
    CHECK(desk.asked<FetchWork>() == nullptr); // and not once more
    CHECK_FALSE(told_to_look_within(2000ms));
    desk.want(Do{Act::Refresh});
    CHECK(desk.asked<FetchWork>() != nullptr);
    desk.answer(WorkRead{Desk::list({})});
    desk.pass(2000ms);
    CHECK(desk.asked<FetchWork>() == nullptr); // the rep has looked meanwhile
}

TEST_CASE("queue: a new list keeps the selected entry, and its place when it has gone") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Pick{"b"});
    desk.want(Do{Act::Refresh});
    desk.answer(WorkRead{Desk::list({Desk::item("x", "mailed_card"), Desk::item("a", "mailed_card"),
                                     Desk::item("b", "finding_disputed", "staff-0001")})});
    CHECK(desk.work().selected == "b");
    desk.want(Do{Act::Refresh});
    desk.answer(WorkRead{Desk::list({Desk::item("x", "mailed_card"), Desk::item("a", "mailed_card")})});
    CHECK(desk.work().selected == "a");
    desk.want(Do{Act::Refresh});
    desk.answer(WorkRead{Desk::list({})});
    CHECK(desk.work().selected.empty());
}

TEST_CASE("queue: what is offered follows from rights, and from who has the entry") {
    auto const can = [](std::vector<std::string> rights, char const* entry) {
        Desk desk;
        desk.sign_in_to_list(std::move(rights));
        desk.want(Pick{entry});
        std::string can_all;
        for (auto const& [act, letter] :
             {std::pair(Act::Take, 'T'), {Act::GiveBack, 'G'}, {Act::HandOver, 'H'}, {Act::Decide, 'D'}})
            if (can_do(desk.app, act))
                can_all += letter;
        return can_all;
    };
    CHECK(can({"see_work", "do_work"}, "a") == "T");
    CHECK(can({"see_work", "do_work"}, "b") == "GHD");
    CHECK(can({"see_work", "do_work"}, "c").empty());
    // A supervisor hands out what another has, and decides what they have taken themselves.
    CHECK(can({"see_work", "do_work", "assign_work"}, "c") == "TGH");
    CHECK(can({"see_work"}, "a").empty());
    CHECK(can({"see_work"}, "b").empty());
}

TEST_CASE("queue: taking asks central once, says what came of it and looks again") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Do{Act::Take});
    REQUIRE(desk.asked<Take>() != nullptr);
    CHECK(desk.asked<Take>()->entry == "a");
    desk.want(Do{Act::Take});
    CHECK(desk.asked<Take>() == nullptr);
    desk.answer(WorkDone{ok()});
    CHECK(desk.work().said.good);
    CHECK(desk.asked<FetchWork>() != nullptr);
}

TEST_CASE("queue: what is done is named by what was asked, whatever is looked at meanwhile") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Do{Act::Take});
    auto const taking = desk.app.last_request;
    desk.want(Do{Act::Refresh});
    desk.reply(WorkDone{ok()}, taking);
    CHECK(desk.work().said.words.id() == "work.done_take");
}

TEST_CASE("queue: what was just taken can be handed over at once, before the list is read again") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Pick{"a"});
    CHECK_FALSE(can_do(desk.app, Act::HandOver));
    desk.want(Do{Act::Take});
    WorkDone done{ok()};
    done.taken = *desk.work().item();
    done.taken->mine = true;
    done.taken->taken_by = "staff-1";
    desk.answer(std::move(done));
    CHECK(desk.asked<FetchWork>() != nullptr); // the list is not here yet
    CHECK(can_do(desk.app, Act::HandOver));
}

TEST_CASE("queue: who took it first is named, and the list is read again") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Do{Act::Take});
    desk.answer(WorkDone{failure(ErrorKind::Conflict, "work_taken"), "Robin Example"});
    CHECK_FALSE(desk.work().said.good);
    CHECK(desk.work().said.words.id() == "work.has_it_now");
    CHECK(desk.asked<FetchWork>() != nullptr);
}

TEST_CASE("queue: a decision carries its word, and a reason only where it is refused") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Pick{"b"});
    desk.want(Do{Act::Decide});
    desk.want(Continue{});
    REQUIRE(desk.asked<Decide>() != nullptr);
    CHECK(desk.asked<Decide>()->decision.decision == "applied");
    CHECK_FALSE(desk.asked<Decide>()->decision.reason);
    desk.answer(WorkDone{ok()});
    desk.want(Pick{"b"});
    desk.want(Do{Act::Decide});
    desk.want(ChooseDecision{1});
    desk.want(ChooseReason{2});
    desk.want(Continue{});
    REQUIRE(desk.asked<Decide>() != nullptr);
    CHECK(desk.asked<Decide>()->decision.decision == "refused");
    CHECK(desk.asked<Decide>()->decision.reason == reasons_for("finding_disputed")[2]);
}

TEST_CASE("queue: what cannot be refused or taken back is not offered as such") {
    CHECK(decisions_for("send_letter") == std::vector<std::string>{"applied"});
    CHECK(decisions_for("finding_disputed") == std::vector<std::string>{"applied", "refused"});
    CHECK(decisions_for("contact_change_held") ==
          std::vector<std::string>{"applied", "refused", "withdrawn"});
    for (auto const& kind :
         {"finding_disputed", "contact_change_held", "mailed_card", "card_outcome_unknown"})
        CHECK_FALSE(reasons_for(kind).empty());
}

TEST_CASE("queue: handing over takes a colleague of the list, or a number that was typed") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Pick{"b"});
    desk.want(Do{Act::HandOver});
    desk.want(Continue{});
    CHECK(desk.asked<HandOver>() == nullptr);
    REQUIRE(colleagues(desk.work()).size() == 1);
    CHECK(colleagues(desk.work())[0].name == "Robin Example");
    desk.want(ChooseColleague{"staff-0002"});
    desk.want(Continue{});
    REQUIRE(desk.asked<HandOver>() != nullptr);
    CHECK(desk.asked<HandOver>()->to == "staff-0002");
    CHECK(std::holds_alternative<NoDialog>(desk.work().dialog));
}

TEST_CASE("queue: without central the list stays, acts say what they need, and it comes back by itself") {
    Desk desk;
    desk.sign_in_to_list();
    desk.happens(OnlineChanged{client::Online::No});
    CHECK(desk.work().list.value);
    auto const take = offered(desk.app, Act::Take);
    REQUIRE(take);
    CHECK(take->off.id() == "work.needs_central");
    CHECK(take->held);
    desk.want(Do{Act::Take});
    CHECK(desk.asked<Take>() == nullptr);
    // Nobody is locked out of locking.
    CHECK(can_do(desk.app, Act::LockNow));
    desk.happens(OnlineChanged{client::Online::Yes});
    CHECK(desk.asked<FetchWork>() != nullptr);
    CHECK(can_do(desk.app, Act::Take));
}

TEST_CASE("queue: a read that fails leaves what was there") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Do{Act::Refresh});
    desk.answer(WorkRead{failure(ErrorKind::Unavailable, "central_unreachable")});
    CHECK(desk.work().list.value);
    CHECK(desk.work().list.failure);
    desk.want(Do{Act::ShowMine});
    // What the filter does not say is not shown under it.
    CHECK_FALSE(desk.work().list.value);
    REQUIRE(desk.asked<FetchWork>() != nullptr);
    CHECK(desk.asked<FetchWork>()->query.whose == "mine");
}

TEST_CASE("queue: rights that were taken away are asked for, and the list goes with them") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Do{Act::Refresh});
    desk.answer(WorkRead{failure(ErrorKind::Forbidden, "right_missing")});
    REQUIRE(desk.asked<FetchMe>() != nullptr);
    desk.answer(MeRead{api::StaffMe{"staff-0001", "Sam Desk", {"service_center"}, {}}});
    CHECK(desk.app.session.signed_in());
    CHECK_FALSE(desk.work().list.value);
    CHECK_FALSE(offered(desk.app, Act::Refresh));
}

TEST_CASE("palette: it offers each act once with a key of its own") {
    Desk desk;
    desk.sign_in_to_list();
    std::vector<ui::Key> keys;
    for (auto const& act : offered_acts(desk.app)) {
        CHECK(std::find(keys.begin(), keys.end(), act.key) == keys.end());
        CHECK_FALSE(ui::name(act.key).empty());
        keys.push_back(act.key);
    }
    desk.want(OpenPalette{});
    desk.want(Typed{Field::ActWords, "ta"});
    CHECK(std::get<Palette>(desk.work().dialog).words == "ta");
    desk.want(Do{Act::Take});
    CHECK(std::holds_alternative<NoDialog>(desk.work().dialog));
    CHECK(desk.asked<Take>() != nullptr);
}
