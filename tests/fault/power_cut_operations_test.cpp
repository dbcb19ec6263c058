#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/lossy_disk.h"
#include "tests/support/rounds.h"

#include <set>

using namespace portico;
using namespace portico::test;

namespace {

/// Steps of the disk that the pushes below take, and some more: a cut may also miss them all.
constexpr std::uint64_t steps_max = 160;
constexpr int push_count = 16;

/// Two terminals push reports of directory errors, in batches, until the power fails; what central answered
/// for is noted.
struct Pushed {
    std::vector<std::pair<std::string, api::Operation>> all; ///< with the terminal
    std::set<std::string> answered;                          ///< ids
};

void push_until_dark(OperationsBench& bench, Dice& dice, Pushed& pushed) {
    for (int push = 0; push < push_count; ++push) {
        std::string const terminal = dice.one_in(2) ? "kiosk-1" : "kiosk-2";
        std::vector<api::SealedOperation> batch;
        for (auto count = 1 + dice.below(4); count > 0; --count) {
            auto const made = bench.report("", terminal);
            batch.push_back(bench.seal(made));
            pushed.all.emplace_back(terminal, made);
        }
        auto const outcomes = bench.push_sealed(batch, terminal);
        if (outcomes.has_error())
            return;
        for (auto const& outcome : outcomes.value().outcomes)
            if (outcome.outcome == "applied")
                pushed.answered.insert(outcome.id);
    }
}

/// What does not hold after a power cut among pushes; nothing when all does.
std::vector<std::string> faults_after_cut(std::uint64_t round, LossyDisk::Syncs syncs) {
    Dice dice(round);
    LossyDisk disk(syncs);
    OperationsBench bench;
    disk.cut_after(dice.below(steps_max));
    Pushed pushed;
    push_until_dark(bench, dice, pushed);
    bench.close();
    disk.power_on(dice);

    auto const opened = bench.open();
    if (opened.has_error())
        return {"central does not start again: " + opened.error().reason};
    std::vector<std::string> faults;
    auto const kept = bench.queued().size();
    if (kept < pushed.answered.size())
        faults.emplace_back("what was answered for is gone");
    std::size_t applied_now = 0;
    // The terminal sends again what it has no answer for, and for once all else too.
    for (auto const& [terminal, operation] : pushed.all) {
        auto const again = bench.push(operation, terminal);
        applied_now += again == "applied" ? 1 : 0;
        if (again != "applied" && again != "duplicate")
            faults.push_back("sent again it is " + again);
        if (again == "applied" && pushed.answered.contains(operation.id))
            faults.emplace_back("applied twice for its terminal");
    }
    if (kept + applied_now != pushed.all.size() || bench.queued().size() != pushed.all.size())
        faults.emplace_back("not one effect for each operation");
    auto const verdict = bench.store->read<central::AuditVerdict>(
        [&](storage::Database& database) { return central::verify_audit(*bench.audit, database, ""); });
    if (verdict.has_error() || !verdict.value().faults.empty())
        faults.emplace_back("the audit does not verify");
    else if (verdict.value().record_count != static_cast<std::int64_t>(pushed.all.size()))
        faults.emplace_back("not one audit record for each operation");
    return faults;
}

} // namespace

TEST_CASE("power cut: what central answered for is kept once, with its audit record, and the rest can be "
          "sent again",
          "[rounds]") {
    for (auto const round : Rounds(30)) {
        INFO("round " << round);
        CHECK(faults_after_cut(round, LossyDisk::Syncs::Kept) == std::vector<std::string>{});
    }
}

TEST_CASE("power cut: a central that does not wait for the disk is found out") {
    std::size_t found = 0;
    for (std::uint64_t round = 0; round < 8; ++round)
        found += faults_after_cut(round, LossyDisk::Syncs::Swallowed).empty() ? 0 : 1;
    CHECK(found > 1);
}
