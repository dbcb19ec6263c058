// A phone rep's two moments, with every program the real one and all of them on this machine: from the call
// that is placed to the names it might be on the desk's screen, and from an approver's yes to the kiosk that
// says so.

#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "tests/phone/telephone_of.h"
#include "tests/support/catch.h"
#include "tests/support/meddling_proxy.h"
#include "tests/support/must.h"
#include "tests/walk/locked_member.h"

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

using namespace portico;
using namespace portico::test;

namespace {

// A rep may look up 120 numbers an hour (central/calls/candidates.h).
constexpr int rings = 100;
constexpr int unlocks = 9; // a member is asked ten times an hour
constexpr double ring_limit_ms = 200;
constexpr double unlock_limit_ms = 1000;
constexpr char const* alex_number = "+18605550101";
/// A desk shows a call that nobody answered for less.
constexpr int ended_call_gone_s = 30;

void report_moment(std::string const& name, std::vector<double> const& ms, double limit_ms) {
    bench::report_limit(name + "_p99", bench::quantile(ms, 0.99), "ms", limit_ms);
    bench::report_limit(name + "_p50", bench::median(ms), "ms", limit_ms);
}

/// A kiosk may try 30 times a minute, and each round tries eleven: the count goes, as it does with the
/// minute.
void end_minute(Bench& bench) {
    auto database = bench.database();
    must(database.execute("DELETE FROM auth_terminal_rate"));
}

/// Calls whose unlock needs a second person's yes; `said` has each time from that to the kiosk's screen, in
/// ms.
void unlock_at_kiosk(LockedMember& member, std::function<void(double)> const& said) {
    auto& office = member.office;
    register_staff(office.bench, member.lobby(), {.key = "ash", .name = "Ash Approver", .role = "approver"});
    auto const approvers = office.another_desk("desk-2");
    approvers->sign_in("ash");
    auto& approver = approvers->screen();
    auto& desk = member.desk();
    member.sign_in_at_lobby();
    for (int i = 0; i <= unlocks; ++i) {
        end_minute(office.bench);
        member.lock_at_annex();
        member.begin_call();
        desk.wait_shows("member.covered");
        member.confirm(member.ask_member());
        desk.wait_shows("case.level_verified");
        member.ask_for_unlock();
        if (i == 0) { // it needs no second person's yes
            member.annex().wait_shows("locked.open");
        } else {
            desk.wait_shows("unlock.waiting_until");
            approver.tap_key(approvers->wait_entry("work_kind.unlock_approval"));
            approver.wait_shows("act.take");
            approver.key("Alt+T");
            approver.wait_shows("work.done_take");
            approver.key("Alt+D");
            approver.wait_shows("asked.by");
            approver.tap("decide.unlock_yes");
            double const begun = bench::wall_seconds();
            approver.key("Alt+O");
            member.annex().wait_shows("locked.open");
            said((bench::wall_seconds() - begun) * 1000);
        }
        member.sign_in_at_annex();
        finish_visit(member.annex());
        desk.wait_shows("unlock.done");
        office.close_case();
    }
}

/// A proxy between each terminal and central knows when central had a request and when it answered.
class WatchedLines {
public:
    explicit WatchedLines(Bench& bench) {
        bench.lead_each_terminal_by([this, &bench](std::filesystem::path const& data) {
            auto& line = lines_[data.parent_path().filename().string()];
            line = std::make_unique<MeddlingProxy>(bench.port(), bench.data() / "keys", data,
                                                   [](std::string const&) { return Meddling::None; });
            return line->port();
        });
    }
    /// From the newest yes that central had to the newest word of central to the kiosk, which must have come.
    double from_yes_to_told_ms() {
        auto const yes = newest("desk-2", "POST /v1/work/decide").sent;
        auto const told = newest("annex", "GET /v1/changes").answered;
        REQUIRE(told > yes);
        return std::chrono::duration<double, std::milli>(told - yes).count();
    }

private:
    MeddlingProxy::Exchange newest(std::string const& terminal, std::string const& call) {
        auto const all = lines_.at(terminal)->exchanges();
        auto const found = std::find_if(all.rbegin(), all.rend(), [&](auto const& each) {
            return each.call == call && each.status == 200;
        });
        REQUIRE(found != all.rend());
        return *found;
    }

    std::map<std::string, std::unique_ptr<MeddlingProxy>> lines_;
};

} // namespace

TEST_CASE("from the call to the names on the screen") {
    REQUIRE(PhoneBench::can_run());
    ScratchFolder const run;
    Bench::Settings settings;
    settings.desk_config = "[telephone]\nsocket = '" + (run.path / "desk.sock").string() + "'\n";
    Bench bench(settings);
    PhoneDesk office(bench);
    PhoneBench telephone(telephone_of(bench, office.desk->terminal_id(), run.path));
    auto& screen = office.screen();
    screen.wait_gone("call.telephone_gone");
    screen.wait_gone("call.not_registered");
    std::vector<double> ms;
    for (int i = 0; i <= rings; ++i) {
        auto const caller = telephone.add_caller(alex_number);
        double const begun = bench::wall_seconds();
        caller->call();
        screen.wait_shows("call.rings_who");
        if (i > 0) // the first also opens connections
            ms.push_back((bench::wall_seconds() - begun) * 1000);
        caller->give_up();
        caller->expect_end();
        screen.wait_gone("call.rings_who");
        screen.advance(ended_call_gone_s);
        screen.wait_gone("call.tab");
        screen.key("F2"); // a desk that nobody touches locks
    }
    report_moment("ring_to_pop", ms, ring_limit_ms);
}

TEST_CASE("from the yes to the kiosk") {
    LockedMember member;
    std::vector<double> ms;
    unlock_at_kiosk(member, [&](double to_kiosk_ms) { ms.push_back(to_kiosk_ms); });
    report_moment("unlock_to_kiosk", ms, unlock_limit_ms);
}

TEST_CASE("central's share of the way from the yes to the kiosk") {
    Bench bench;
    WatchedLines lines(bench);
    LockedMember member(bench);
    std::vector<double> ms;
    unlock_at_kiosk(member, [&](double) { ms.push_back(lines.from_yes_to_told_ms()); });
    report_moment("unlock_in_central", ms, unlock_limit_ms);
}
