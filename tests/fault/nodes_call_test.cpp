#include "tests/fault/nodes.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"
#include "tests/walk/locked_member.h"
#include "tests/walk/looks.h"

using namespace portico;
using namespace portico::test;

namespace {

std::int64_t count_of(Bench& bench, std::string const& rows) {
    auto database = bench.database();
    auto query = must(database.prepare("SELECT count(*) FROM " + rows));
    REQUIRE(must(query.step()));
    return query.integer(0);
}

/// As often as it takes, as a person does who is told that central was not reached.
void sign_in(LockedMember& member) {
    auto& annex = member.annex();
    until([&] { return annex.screen() == "home"; }, [&] { member.try_to_sign_in_at_annex(); });
}

} // namespace

TEST_CASE("nodes: a call is verified and its account unlocked, once, while one node after another is killed, "
          "locked "
          "out and cut off") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    LockedMember member(nodes.bench());
    auto& lobby = member.lobby();
    auto& desk = member.desk();
    member.lock_at_annex();
    member.sign_in_at_lobby();
    member.begin_call();
    auto const number = member.ask_member();
    lobby.wait_screen("call_check");
    nodes.kill(0);
    press_key(lobby, number);
    until([&] { return lobby.shows("call_check.right"); },
          [&] {
              lobby.attempt({{"do", "tap"}, {"msg", "part.try_again"}});
          });
    desk.wait_shows("case.level_verified", 60);
    nodes.start(0);
    nodes.haproxy().wait_for_up(Nodes::count);
    nodes.lock_out(1);
    nodes.haproxy().wait_for_up(Nodes::count - 1);
    // Off while the desk knows of no central: then the key does nothing, and the rep is told why.
    until([&] { return desk.shows("unlock.reasons"); },
          [&] {
              if (!desk.shows("unlock.title"))
                  desk.key("Alt+U");
              else if (!desk.shows("unlock.loading"))
                  desk.key("Escape"); // it could not be read
          });
    desk.tap_key("mistyped");
    until([&] { return desk.shows("unlock.done"); },
          [&] {
              if (is_on(desk, "unlock.go"))
                  desk.key("Alt+O");
          });
    nodes.let_in(1);
    nodes.cut_off(2);
    member.annex().wait_shows("locked.open", 60);
    sign_in(member);
    nodes.connect(2);
    nodes.haproxy().wait_for_up(Nodes::count);
    CHECK(count_of(nodes.bench(), "case_unlock WHERE state = 'unlocked'") == 1);
    CHECK(count_of(nodes.bench(), "case_check WHERE state = 'confirmed'") == 1);
    nodes.verify_audit();
}
