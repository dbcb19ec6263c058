#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

TEST_CASE("desk: a key's PIN goes to the key once and the field is empty again, whatever comes of it") {
    Desk desk;
    desk.insert_key();
    desk.type_pin();
    REQUIRE(desk.asked<SignIn>() != nullptr);
    CHECK(desk.asked<SignIn>()->pin.reveal() == "2468");
    CHECK(std::get<SignInPage>(desk.app.screen).entry.pin.empty());
    // A second Enter while the first is under way asks nothing.
    desk.want(Continue{});
    CHECK(desk.last.empty());
    auto wrong = failure(ErrorKind::Refused, "key_pin_wrong");
    wrong.tries_left = 7;
    desk.answer(SignedIn{wrong});
    CHECK(desk.screen() == "sign_in");
    CHECK(std::get<SignInPage>(desk.app.screen).entry.tries_left == 7);
    CHECK_FALSE(desk.app.session.signed_in());
}

TEST_CASE("desk: a key that checks nobody is not asked") {
    Desk desk;
    desk.happens(
        KeyChanged{KeyReady{.product = "", .pin_set = false, .has_fingerprint = false, .insertion = 1}});
    desk.want(Continue{});
    CHECK(desk.asked<SignIn>() == nullptr);
    // With a finger it may go without a PIN.
    desk.happens(
        KeyChanged{KeyReady{.product = "", .pin_set = true, .has_fingerprint = true, .insertion = 2}});
    desk.want(Continue{});
    CHECK(desk.asked<SignIn>() != nullptr);
}

TEST_CASE("desk: after nine minutes without input it warns, after ten it locks and is covered") {
    Desk desk;
    desk.sign_in_to_list();
    desk.pass(9min - 1s);
    CHECK(desk.screen() == "work");
    desk.pass(1s);
    CHECK(desk.screen() == "still_there");
    // Moving the mouse over the warning is not what it asks for.
    desk.happens(PersonNoticed{});
    desk.pass(59s);
    CHECK(desk.screen() == "still_there");
    desk.pass(1s);
    CHECK(desk.screen() == "locked");
    CHECK(desk.asked<CoverAndForget>() != nullptr);
    CHECK(desk.app.session.signed_in());
}

TEST_CASE("desk: who says that they are there goes on where they were") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Pick{"b"});
    desk.pass(9min);
    REQUIRE(desk.screen() == "still_there");
    desk.want(StillHere{});
    CHECK(desk.screen() == "work");
    CHECK(desk.work().selected == "b");
    desk.pass(9min - 1s);
    CHECK(desk.screen() == "work");
}

TEST_CASE("desk: a lock keeps what was open and typed, and the same person's key brings it back") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Pick{"b"});
    desk.want(Do{Act::HandOver});
    desk.want(Typed{Field::Colleague, "staff-00"});
    desk.want(Do{Act::LockNow});
    REQUIRE(desk.screen() == "locked");
    CHECK(desk.asked<CoverAndForget>() != nullptr);
    // Nothing is done to the work under the lock.
    desk.want(Do{Act::Take});
    desk.want(Continue{});
    CHECK(desk.asked<Take>() == nullptr);
    CHECK(desk.asked<HandOver>() == nullptr);
    // Nor is the session ended by whoever happens to stand there.
    desk.want(Do{Act::SignOut});
    CHECK(desk.screen() == "locked");
    desk.type_pin();
    auto const* unlock = desk.asked<Unlock>();
    REQUIRE(unlock != nullptr);
    // With the session's own token: central takes the key of that person alone.
    CHECK(desk.last.front().token == "token");
    desk.answer(Unlocked{ok()});
    CHECK(desk.screen() == "work");
    CHECK(desk.work().selected == "b");
    CHECK(std::get<HandOverDialog>(desk.work().dialog).to == "staff-00");
    CHECK(desk.asked<FetchWork>() != nullptr);
}

TEST_CASE(
    "desk: somebody else's key does not open the lock, it may end the session, and nothing is left of it") {
    Desk desk;
    desk.sign_in_to_list();
    desk.want(Do{Act::LockNow});
    // Not offered before a key was shown.
    desk.want(EndOthers{});
    REQUIRE(desk.screen() == "locked");
    desk.type_pin();
    desk.answer(Unlocked{failure(ErrorKind::Refused, "other_account")});
    CHECK(desk.screen() == "locked");
    CHECK(std::get<Locked>(desk.app.screen).not_yours);
    desk.want(EndOthers{});
    CHECK(desk.screen() == "sign_in");
    CHECK(desk.asked<EndSession>() != nullptr);
    CHECK(desk.last.front().token == "token");
    CHECK(desk.app.work() == nullptr);
    CHECK_FALSE(desk.app.session.signed_in());
    CHECK(desk.app.session.name.empty());
}

TEST_CASE("desk: a session ends after twelve hours, locked or not") {
    bool const locked = GENERATE(false, true);
    Desk desk;
    desk.sign_in_to_list();
    desk.now.mono += 12h - 1s;
    desk.happens(PersonNoticed{});
    REQUIRE(desk.screen() == "work");
    if (locked)
        desk.want(Do{Act::LockNow});
    desk.pass(1s);
    CHECK(desk.screen() == "sign_in");
    CHECK(std::get<SignInPage>(desk.app.screen).ended == EndReason::TimeUp);
    CHECK(desk.app.work() == nullptr);
}

TEST_CASE("desk: a session that central no longer knows ends at once and says why, locked or not") {
    bool const locked = GENERATE(false, true);
    Desk desk;
    desk.sign_in_to_list();
    if (locked)
        desk.want(Do{Act::LockNow});
    desk.happens(CentralTold{{.event = "session_ended", .ticket = {}}});
    // A hint alone ends nothing: it may be of another session.
    CHECK(desk.app.session.signed_in());
    REQUIRE(desk.asked<FetchMe>() != nullptr);
    desk.answer(MeRead{failure(ErrorKind::Unauthenticated, "session_ended")});
    CHECK(desk.screen() == "sign_in");
    CHECK(std::get<SignInPage>(desk.app.screen).ended == EndReason::EndedByPlan);
    CHECK(desk.app.work() == nullptr);
    CHECK(desk.asked<CoverAndForget>() != nullptr);
}

TEST_CASE("desk: a withdrawn desk serves nobody until the plan takes it back") {
    Desk desk;
    desk.sign_in_to_list();
    desk.happens(OnlineChanged{client::Online::Withdrawn});
    CHECK(desk.screen() == "out_of_order");
    CHECK_FALSE(desk.app.session.signed_in());
    CHECK(desk.app.work() == nullptr);
    desk.happens(OnlineChanged{client::Online::Yes});
    CHECK(desk.screen() == "sign_in");
}

TEST_CASE("desk: what was asked for by a former session is not shown in the next one") {
    Desk desk;
    desk.sign_in_to_list();
    auto const former = desk.app.session.stamp;
    desk.want(Do{Act::SignOut});
    desk.sign_in();
    // Even under the number that is waited for now.
    desk.happens(WorkRead{Desk::list({Desk::item("z", "mailed_card")})}, desk.app.last_request, former);
    CHECK_FALSE(desk.work().list.value);
    desk.happens(MeRead{failure(ErrorKind::Unauthenticated, "session_ended")}, 1, former);
    CHECK(desk.app.session.signed_in());
}

TEST_CASE("desk: a finger that is not wanted any more is given up") {
    Desk desk;
    desk.insert_key();
    desk.type_pin();
    desk.answer(TouchWanted{});
    CHECK(std::get<SignInPage>(desk.app.screen).entry.touch_wanted);
    desk.want(Close{});
    CHECK(desk.asked<CancelWork>() != nullptr);
    desk.happens(SignedIn{failure(ErrorKind::Cancelled, "cancelled")}, desk.app.last_request - 1,
                 desk.app.session.stamp);
    auto const& entry = std::get<SignInPage>(desk.app.screen).entry;
    CHECK_FALSE(entry.touch_wanted);
    CHECK_FALSE(entry.doing.failure);
}

TEST_CASE("desk: it looks again when something is due, and not before") {
    Desk desk;
    CHECK_FALSE(next_deadline(desk.app));
    desk.sign_in_to_list();
    REQUIRE(next_deadline(desk.app));
    CHECK(*next_deadline(desk.app) == desk.now.mono + refresh_every_s);
    desk.want(Do{Act::LockNow});
    // Under a lock the queue is still looked at: so a session that was ended is noticed.
    CHECK(*next_deadline(desk.app) == desk.now.mono + refresh_every_s);
}
