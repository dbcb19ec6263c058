#include "tests/phone/call_walk.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/walk/account_steps.h"
#include "tests/walk/effects.h"
#include "tests/walk/looks.h"

namespace portico::test {

bool CallWalk::can_run() {
    return PhoneBench::can_run() && !Kannel::missing();
}

Bench::Settings CallWalk::settings(Kannel const& kannel, std::filesystem::path const& run) {
    Bench::Settings made;
    made.desk_config = "[telephone]\nsocket = '" + (run / "desk.sock").string() + "'\n";
    made.set_up_central = [&kannel](std::filesystem::path const& data) { kannel.set_up_central(data); };
    made.change_plan = restrict_alex; // so that an unlock needs a second person
    return made;
}

CallWalk::CallWalk(Bench& bench, Kannel& kannel, std::filesystem::path const& run)
    : office(bench), bench_(bench), kannel_(kannel),
      telephone_(telephone_of(bench, office.desk->terminal_id(), run)) {
    register_staff(bench, kiosk(), {.key = "ash", .name = "Ash Approver", .role = "approver"});
    approvers_ = std::make_unique<Desk>(
        bench,
        Desk::Settings{.name = "desk-2", .keys = office.kiosk->folder() / "bench", .has_telephone = false});
    approvers_->sign_in("ash");
    begin_visit(kiosk());
    register_person(kiosk(), {.key = key_name}, bench.invite(alex), bench.settings().key_pin);
    finish_visit(kiosk());
    card_ = hand_over_plan_card(bench, alex, "BENCHCARD1");
    texts_before_ = kannel.received().size();
    REQUIRE(eventually([&] { return !shows_any(desk(), {"call.telephone_gone", "call.not_registered"}); }));
}

// ---- the walk ----

std::vector<CallWalk::Step> CallWalk::steps() {
    auto const nothing = [] {};
    auto& rep = desk();
    std::vector<Step> all;
    all.push_back({"wrong PINs lock the account",
                   nothing,
                   [this] { type_wrong_pins(); },
                   [this] { return kiosk().shows("locked.until_help"); },
                   {}});
    all.push_back({"the member calls",
                   [this] { caller_ = telephone_.add_caller(alex_number); },
                   [this, called = false]() mutable {
                       if (!std::exchange(called, true))
                           caller_->call();
                   },
                   [&rep] { return holds(rep.words(), "Ringing: "); },
                   {}});
    all.push_back({"the rep answers, and has a case",
                   nothing,
                   [this] { answer(); },
                   [&rep] { return rep.shows("case.find_title"); },
                   {}});
    all.push_back({"the facts find the member",
                   [this] { office.say_name_and_birth(); },
                   [this] { find(); },
                   [&rep] { return rep.shows("member.protected"); },
                   {}});
    all.push_back({"the record is opened for a reason",
                   [this, &rep] {
                       until([&] { return rep.shows("glass.title"); }, [&] { rep.key("Alt+K"); });
                       office.fill("glass.reason", "The member is locked out and calls");
                   },
                   [this] { break_glass(); },
                   [&rep] { return rep.shows("member.covered"); },
                   {}});
    all.push_back(
        {"a code is sent by text",
         [&rep, this] { until([&] { return rep.shows("verify_way.text_code"); }, [&] { open_ways(); }); },
         [this] { send_code(); },
         [&rep, this] { return rep.shows("code.unheard") && !newest_code().empty(); },
         {}});
    all.push_back({"the member keys it",
                   nothing,
                   [this] { key_code(); },
                   [&rep] { return rep.shows("case.level_verified"); },
                   {.proofs = 1}});
    all.push_back(
        {"the rep asks for the unlock",
         [this, &rep] { until([&] { return is_on(rep, "unlock.go"); }, [this] { open_unlock(); }); },
         [this] { ask_for_unlock(); },
         [&rep] {
             return shows_any(rep, {"unlock.waiting", "unlock.waiting_until"});
         },
         {.proofs = 1}});
    all.push_back(
        {"a colleague says yes, and the kiosk is open",
         [this] {
             CHECK(kiosk().shows("locked.until_help"));
             until([this] { return is_on(approver(), "decide.go"); }, [this] { open_entry(); });
         },
         [this] { say_yes(); },
         [&rep, this] {
             return shows_any(rep, {"unlock.done", "unlock.unlocked"}) && kiosk().shows("locked.open");
         },
         {.proofs = 1, .unlocks = 1}});
    all.push_back({"the member signs in with the key",
                   [this] { prepare_key(); },
                   [this] { sign_in(); },
                   [this] { return kiosk().screen() == "home"; },
                   {.proofs = 1, .unlocks = 1}});
    all.push_back(
        {"the rep has a claim checked, and the kiosk shows it",
         [this] { prepare_dispute(); },
         [&rep] {
             if (rep.shows("behalf.claim_title"))
                 rep.key("Alt+O");
         },
         [this] { return kiosk().shows("requests.list") && holds(kiosk().words(), "A claim to check"); },
         {.proofs = 1, .unlocks = 1, .disputes = 1}});
    all.push_back({"the call is over, and its case closed",
                   [this] { prepare_close(); },
                   [&rep] {
                       if (rep.shows("close_case.title"))
                           rep.key("Alt+O");
                   },
                   [&rep] {
                       return shows_any(rep, {"cases.closed", "cases.gone"});
                   },
                   {.proofs = 1, .unlocks = 1, .disputes = 1}});
    return all;
}

std::string CallWalk::screens() {
    return "kiosk:\n" + kiosk().words() + "\ndesk:\n" + desk().words() + "\nsecond desk:\n" +
           approver().words();
}

void CallWalk::finish(Step const& step) {
    auto const is_done = eventually(
        [&] {
            if (!step.done()) {
                say_still_there(kiosk());
                step.act();
            }
            return step.done();
        },
        step_max);
    INFO((is_done ? std::string() : screens()));
    REQUIRE(is_done);
    check_effects(step.after);
}

// ---- what came of it ----

std::int64_t CallWalk::count_of(std::string const& rows) const {
    auto database = bench_.database();
    auto query = must(database.prepare("SELECT count(*) FROM " + rows));
    REQUIRE(must(query.step()));
    return query.integer(0);
}

void CallWalk::check_effects(Effects const& expected) {
    CHECK(count_of("case_proof") == expected.proofs);
    CHECK(count_of("case_code WHERE state = 'right'") == expected.proofs);
    CHECK(count_of("case_unlock WHERE state = 'unlocked'") == expected.unlocks);
    CHECK(count_in_queue(bench_, "finding_disputed") == expected.disputes);
}

void CallWalk::check_outcome() {
    check_effects({1, 1, 1});
    CHECK(count_of("case_unlock") == 1); // asking again asked nobody again
    CHECK(count_of("case_code_try WHERE outcome = 'right'") == 1);
    CHECK(count_of("case_check") == 0);
    CHECK(count_in_queue(bench_, "glass_broken") == 1);
    CHECK(count_in_queue(bench_, "unlock_approval") == 0);
    CHECK(count_in_queue(bench_, "operation_refused") == 0);
}

} // namespace portico::test
