#include "agent/app/acts.h"
#include "agent/screens/work_words.h"
#include "shared/base/rfc3339.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// An approver, with an unlock to decide that is theirs, and something else.
struct Approver : Desk {
    Approver() {
        sign_in();
        answer(WorkRead{
            list({item("u", "unlock_approval", "staff-0001"), item("b", "finding_disputed", "staff-0001")})});
    }
    static api::AskedUnlock asked_unlock(std::string entry = "u") {
        api::AskedUnlock asked;
        asked.entry = std::move(entry);
        asked.asked_by_name = "Robin Example";
        asked.account = "locked";
        return asked;
    }
    DecideDialog* dialog() { return std::get_if<DecideDialog>(&work().dialog); }
    RequestNumber open() {
        want(Pick{"u"});
        want(Do{Act::Decide});
        return number_of<FetchAskedUnlock>();
    }
    void open_and_read() {
        auto const request = open();
        reply(AskedUnlockRead{"u", asked_unlock()}, request);
    }
};

} // namespace

TEST_CASE("approval: nothing is decided before what is asked has been read and yes or no was chosen") {
    Approver desk;
    auto const request = desk.open();
    REQUIRE(desk.asked<FetchAskedUnlock>() != nullptr);
    CHECK(desk.asked<FetchAskedUnlock>()->entry == "u");
    REQUIRE(desk.dialog() != nullptr);
    CHECK_FALSE(desk.dialog()->decision);
    desk.want(ChooseDecision{0});
    desk.want(Continue{});
    CHECK(desk.asked<Decide>() == nullptr);
    desk.reply(AskedUnlockRead{"u", Approver::asked_unlock()}, request);
    desk.want(Continue{});
    REQUIRE(desk.asked<Decide>() != nullptr);
    CHECK(desk.asked<Decide>()->decision.decision == "applied");
    CHECK_FALSE(desk.asked<Decide>()->decision.reason);
    desk.answer(WorkDone{ok()});
    CHECK(desk.work().said.words.id() == "work.done_unlock");

    Approver other;
    other.open_and_read();
    other.want(Continue{});
    CHECK(other.asked<Decide>() == nullptr);
    REQUIRE(other.dialog() != nullptr);
}

TEST_CASE("approval: a no carries a reason that fits") {
    Approver desk;
    desk.open_and_read();
    auto const reasons = reasons_for("unlock_approval");
    CHECK(reasons == std::vector<std::string>{"ask_us", "could_not_confirm"});
    CHECK(decisions_for("unlock_approval") == std::vector<std::string>{"applied", "refused"});
    desk.want(ChooseDecision{1});
    desk.want(ChooseReason{1});
    desk.want(Continue{});
    REQUIRE(desk.asked<Decide>() != nullptr);
    CHECK(desk.asked<Decide>()->decision.decision == "refused");
    CHECK(desk.asked<Decide>()->decision.reason == "could_not_confirm");
}

TEST_CASE("approval: what cannot be read cannot be decided, and the queue is looked at") {
    auto const* const reason = GENERATE("approval_expired", "queue_entry_done", "central_unreachable");
    Approver desk;
    auto const request = desk.open();
    desk.reply(AskedUnlockRead{"u", failure(ErrorKind::Conflict, reason)}, request);
    CHECK(desk.asked<FetchWork>() != nullptr);
    desk.want(ChooseDecision{0});
    desk.want(Continue{});
    CHECK(desk.asked<Decide>() == nullptr);
    CHECK(desk.dialog()->unlock.failure->reason == reason);
}

TEST_CASE("approval: the facts of another entry, or of an older reading, decide nothing") {
    Approver desk;
    auto const older = desk.open();
    desk.want(Close{});
    auto const request = desk.open();
    desk.reply(AskedUnlockRead{"u", Approver::asked_unlock()}, older);
    CHECK_FALSE(desk.dialog()->unlock.value);
    desk.reply(AskedUnlockRead{"x", Approver::asked_unlock("x")}, request);
    CHECK_FALSE(desk.dialog()->unlock.value);
    desk.reply(AskedUnlockRead{"u", Approver::asked_unlock("x")}, request);
    CHECK_FALSE(desk.dialog()->unlock.value);
    CHECK(desk.dialog()->unlock.failure);
}

TEST_CASE("approval: other entries are decided as before, with nothing to read first") {
    Approver desk;
    desk.want(Pick{"b"});
    desk.want(Do{Act::Decide});
    CHECK(desk.asked<FetchAskedUnlock>() == nullptr);
    desk.want(Continue{});
    CHECK(desk.asked<Decide>() != nullptr);
}

TEST_CASE("approval: what central refuses is told at the queue") {
    auto const* const reason = GENERATE("approval_expired", "own_request", "own_matter", "case_closed");
    Approver desk;
    desk.open_and_read();
    desk.want(ChooseDecision{0});
    desk.want(Continue{});
    desk.answer(WorkDone{failure(ErrorKind::Refused, reason)});
    CHECK(desk.work().doing.failure->reason == reason);
    CHECK_FALSE(desk.work().said.good);
    CHECK(desk.asked<FetchWork>() != nullptr);
}

TEST_CASE("approval: the minutes that are left are shown, and an entry past its end says so") {
    UtcTime const minute{std::chrono::hours(24 * 20524)};
    auto entry = Desk::item("u", "unlock_approval");
    auto const due_in = [&](std::chrono::seconds time) {
        entry.due = to_rfc3339(minute + time);
        return std::string(due_text(minute, entry).id());
    };
    CHECK(due_in(15min) == "work.minutes_left");
    CHECK(due_in(30s) == "work.minute_left");
    CHECK(late_text(minute, entry).empty());
    CHECK(due_in(-30s) == "work.ended");
    CHECK(late_text(minute, entry).id() == "work.too_late");
    entry.kind = "mailed_card";
    CHECK(due_in(-5min) == "work.minutes_late");
    CHECK(late_text(minute, entry).id() == "work.late");
}
