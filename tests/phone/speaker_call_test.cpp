#include "tests/phone/member_call.h"
#include "tests/support/process.h"

using namespace portico;
using namespace portico::test;

namespace {

constexpr char const* jamie = "patient-0000002";
constexpr char const* jamie_number = "+18605550102";

/// A day as the operator types it, so many days after today where the plan is: a paper's last day ends there
/// hours after it has in UTC. Read from the time zone database by another program than central.
std::string day_from_today(int days) {
    auto const date = run({"/usr/bin/env", "TZ=America/New_York", "date", "--date",
                           std::to_string(days) + " days", "+%Y-%m-%d"});
    INFO(date.errors);
    REQUIRE(date.exit_code == 0);
    return date.output.substr(0, date.output.find('\n'));
}

/// A paper on file: Jamie speaks for Alex, who is of age, about claims.
std::string let_jamie_speak(Bench& bench, int from, int until) {
    auto id = bench.central({"authority", "add", "--patient", alex, "--kind", "authorized_representative",
                             "--scope", "claims", "--from", day_from_today(from), "--until",
                             day_from_today(until), "--document", "Folder 12", "--representative", jamie});
    id.erase(id.find_last_not_of('\n') + 1);
    return id;
}

/// Who calls is chosen among those who may speak for the member.
void open_speakers(MemberCall& call) {
    call.desk().key("Alt+I");
    call.desk().wait_shows("speaker.list");
}

void wait_telephone(Driver& desk) {
    CHECK(
        eventually([&] { return !desk.shows("call.telephone_gone") && !desk.shows("call.not_registered"); }));
}

} // namespace

TEST_CASE("speaker call: who speaks for a member keys a code sent to them, and hears what the paper covers") {
    if (!MemberCall::can_run())
        return;
    MemberCall call;
    auto& desk = call.desk();
    auto const authority = let_jamie_speak(call.bench, -30, 30);
    wait_telephone(desk);
    auto const caller = call.call_and_answer(jamie_number);
    call.find_alex();
    open_speakers(call);
    CHECK(desk.words().find("claims") != std::string::npos);
    CHECK(desk.words().find("Jamie") == std::string::npos); // initials: whoever knows the name can say it
    desk.tap_key(authority);
    desk.key("Alt+O");
    desk.wait_shows("speaker.speaks_for");
    // Nothing before they have shown who they are, by a number of their own.
    CHECK_FALSE(desk.shows("act.show_claims"));
    auto const code = call.send_code(jamie_number);
    caller->key(code);
    desk.wait_shows("speaker.verified", 60);
    CHECK(desk.shows("case.level_verified"));
    desk.key("Alt+L");
    desk.wait_shows("desk_claims.list");
    desk.key("Alt+L");
    desk.wait_shows("member.covered");
    // What the paper does not name is off (why, beside its act: tests/agent/speaker_test.cpp).
    desk.key("Alt+R");
    CHECK_FALSE(desk.shows("reveal.title"));
    desk.key("Ctrl+U");
    CHECK_FALSE(desk.shows("recover.title"));
    // It is taken back while they speak: from then on nothing is told.
    call.bench.central({"authority", "end", authority});
    desk.key("Alt+L");
    desk.wait_shows("case_problem.authority_revoked");
    CHECK_FALSE(desk.shows("desk_claims.list"));
    caller->hang_up();
    call.waits_for("the caller hung up");
    caller->expect_end();
    call.member.office.close_case();
}

TEST_CASE("speaker call: a paper that ended yesterday lets nobody speak, and the desk says so") {
    if (!MemberCall::can_run())
        return;
    MemberCall call;
    auto& desk = call.desk();
    auto const authority = let_jamie_speak(call.bench, -30, -1);
    wait_telephone(desk);
    auto const caller = call.call_and_answer(jamie_number);
    call.find_alex();
    open_speakers(call);
    CHECK(desk.words().find("Their authority has ended") != std::string::npos);
    desk.tap_key(authority);
    CHECK(desk.is_off("speaker.go"));
    desk.key("Alt+O");
    CHECK(desk.shows("speaker.list"));
    desk.key("Escape");
    desk.wait_gone("speaker.list");
    CHECK_FALSE(desk.shows("speaker.speaks_for"));
    caller->hang_up();
    call.waits_for("the caller hung up");
    caller->expect_end();
    call.member.office.close_case();
}
