#include "tests/fault/nodes.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/walk/locked_member.h"

using namespace portico;
using namespace portico::test;

namespace {

std::int64_t count_of(Bench& bench, std::string const& rows) {
    auto database = bench.database();
    auto query = must(database.prepare("SELECT count(*) FROM " + rows));
    REQUIRE(must(query.step()));
    return query.integer(0);
}

/// As a person does who is told that central was not reached: `again`, until `done` is shown.
template <class Again>
void until_shown(Driver& screen, std::string const& done, Again again) {
    CHECK(eventually([&] {
        if (!screen.shows(done))
            again();
        return screen.shows(done);
    }));
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
    until_shown(lobby, "call_check.right", [&] {
        if (lobby.shows("part.try_again"))
            press(lobby, "part.try_again");
    });
    desk.wait_shows("case.level_verified", 60);
    nodes.start(0);
    nodes.haproxy().wait_for_up(Nodes::count);
    nodes.lock_out(1);
    nodes.haproxy().wait_for_up(Nodes::count - 1);
    member.ask_for_unlock();
    until_shown(desk, "unlock.done", [&] {
        if (desk.shows("unlock.go")) // off while it is asked: then the key does nothing
            desk.key("Alt+O");
    });
    nodes.let_in(1);
    nodes.cut_off(2);
    member.sign_in_at_annex();
    nodes.connect(2);
    nodes.haproxy().wait_for_up(Nodes::count);
    CHECK(count_of(nodes.bench(), "case_unlock WHERE state = 'unlocked'") == 1);
    CHECK(count_of(nodes.bench(), "case_check WHERE state = 'confirmed'") == 1);
    nodes.verify_audit();
}
