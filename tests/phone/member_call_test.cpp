#include "tests/phone/member_call.h"

#include <regex>

using namespace portico;
using namespace portico::test;

TEST_CASE("member call: a locked member keys the code that was texted to them, and the kiosk opens") {
    if (!MemberCall::can_run())
        return;
    MemberCall call;
    auto& member = call.member;
    auto& desk = call.desk();
    member.lock_at_annex();
    CHECK(
        eventually([&] { return !desk.shows("call.telephone_gone") && !desk.shows("call.not_registered"); }));
    auto const caller = call.call_and_answer();
    call.find_alex();
    auto const code = call.send_code();
    caller->key(code);
    desk.wait_shows("case.level_verified", 60);
    CHECK(desk.words().find(code) == std::string::npos);
    member.ask_for_unlock();
    desk.wait_shows("unlock.done");
    member.sign_in_at_annex();
    caller->hang_up();
    call.waits_for("the caller hung up");
    caller->expect_end();
    member.office.close_case();
}

TEST_CASE(
    "member call: who calls from a strange telephone is called back at the number on file, and keys 1") {
    if (!MemberCall::can_run())
        return;
    MemberCall call("keys");
    auto& member = call.member;
    auto& desk = call.desk();
    member.lock_at_annex();
    CHECK(
        eventually([&] { return !desk.shows("call.telephone_gone") && !desk.shows("call.not_registered"); }));
    auto const caller = call.telephone.add_caller("anonymous");
    caller->call();
    call.waits_for("Hidden number");
    desk.key("F4");
    desk.wait_shows("case.find_title");
    call.find_alex();
    desk.wait_shows("desk_words.say");
    desk.key("Alt+V");
    desk.wait_shows("verify_way.call_back");
    desk.tap_key("call_back");
    desk.key("Alt+O");
    desk.wait_shows("case.level_verified", 60);
    desk.wait_shows("case.verified_call_back");
    // The caller's own call was put on hold for it, and the number stood nowhere.
    // A case's short number is random.
    auto const words = std::regex_replace(desk.words(), std::regex("no\\. [0-9A-F]{6}"), "");
    INFO(words);
    CHECK(words.find("Hidden number: on hold") != std::string::npos);
    CHECK(words.find("860") == std::string::npos);
    CHECK(words.find("555-0101") == std::string::npos);
    member.ask_for_unlock();
    desk.wait_shows("unlock.done");
    member.sign_in_at_annex();
    caller->hang_up();
    caller->expect_end();
}

TEST_CASE("member call: an answering machine at the number on file proves nothing") {
    if (!MemberCall::can_run())
        return;
    MemberCall call("machine");
    auto& desk = call.desk();
    CHECK(
        eventually([&] { return !desk.shows("call.telephone_gone") && !desk.shows("call.not_registered"); }));
    auto const caller = call.call_and_answer();
    call.find_alex();
    desk.key("Alt+V");
    desk.wait_shows("verify_way.call_back");
    desk.tap_key("call_back");
    desk.key("Alt+O");
    desk.wait_shows("call_back.say_press_1");
    desk.wait_shows("call_back.no_call"); // it has hung up
    CHECK(desk.shows("case.level_identified"));
    CHECK_FALSE(desk.shows("case.level_verified"));
}
