#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/meddling_proxy.h"
#include "tests/support/rounds.h"
#include "tests/walk/effects.h"
#include "tests/walk/visit_steps.h"

#include <map>

using namespace portico::test;

namespace {

/// What a kiosk does by itself it tries again, whatever befell it; what a member reads comes back whole or
/// not at all; what a member does here and now arrives late, or twice, and must be as if it had come once.
Meddling fate(Dice& dice, std::string const& call, bool is_first) {
    using M = Meddling;
    static std::vector<M> const by_itself{M::Delayed,  M::RequestLost, M::RequestCut,   M::ReplyLost,
                                          M::ReplyCut, M::Repeated,    M::DoubledFirst, M::DoubledSecond,
                                          M::HeldBack, M::Overtaken};
    static std::vector<M> const read{M::Delayed, M::Repeated, M::DoubledFirst, M::DoubledSecond,
                                     M::Overtaken};
    static std::vector<M> const done{M::Delayed, M::Repeated, M::Overtaken};
    // A registration that comes twice ends the first one's session: the visit begins anew.
    if (call == "POST /v1/registration/code")
        return M::Delayed;
    auto const& fates = call == "POST /v1/operations" || call == "GET /v1/changes" ? by_itself
                        : call.starts_with("GET ")                                 ? read
                                                                                   : done;
    // Not all of what comes once may be spared: which dice it gets hangs on what comes beside it.
    return is_first || dice.one_in(2) ? fates.at(dice.below(fates.size())) : M::None;
}

} // namespace

TEST_CASE(
    "meddling: a whole visit through a line that doubles, delays, reorders and loses has each effect once") {
    Bench bench;
    Dice dice(1);
    std::map<std::string, int> met;
    auto const folder = bench.folder() / "lobby" / "data";
    MeddlingProxy proxy(bench.port(), bench.data() / "keys", folder, [&](std::string const& call) {
        auto const what = fate(dice, call, !met.contains(call));
        met[call] += what != Meddling::None ? 1 : 0;
        return what;
    });
    bench.lead_kiosks_to(proxy.port(), bench.enroll_port());
    auto const kiosk = bench.add_kiosk("lobby");
    auto& screen = kiosk->screen();

    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    finish_visit(screen);
    begin_visit(screen);
    sign_in_with_key(screen, bench.settings().key_pin);
    screen.wait_shows("home.year");
    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.check_it");
    press(screen, "eob.check_it");
    screen.wait_shows("eob.answered");
    press(screen, "part.claims");
    screen.wait_screen("claims");
    press(screen, "part.home");
    screen.wait_screen("home");
    check_prints_one_card(*kiosk);
    screen.device("card_printer", "take");
    press(screen, "card_print.have_it");
    screen.wait_screen("home");
    finish_visit(screen);

    // The card's end is reported, and the finding asked about, as soon as a push comes through.
    auto const counted = [&](std::string const& sql) {
        auto query = bench.database().prepare(sql).value();
        return query.step().value() ? query.integer(0) : -1;
    };
    REQUIRE(
        eventually([&] { return counted("SELECT count(*) FROM card_issue WHERE state = 'completed'") == 1; },
                   std::chrono::seconds(60)));
    REQUIRE(
        eventually([&] { return count_in_queue(bench, "finding_disputed") == 1; }, std::chrono::seconds(60)));
    proxy.deliver_held_back();
    CHECK(counted("SELECT count(*) FROM card_issue") == 1);
    CHECK(cards_printed(*kiosk) == 1);
    CHECK(count_in_queue(bench, "finding_disputed") == 1);
    CHECK(count_in_queue(bench, "operation_refused") == 0);
    CHECK(count_in_queue(bench, "card_outcome_unknown") == 0);
    bench.central({"audit", "verify"});
    std::size_t meddled = 0;
    for (auto const& [call, times] : met)
        meddled += times > 0 ? 1 : 0;
    CHECK(meddled > 8);
}
