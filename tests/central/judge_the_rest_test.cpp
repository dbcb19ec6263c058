// EOBs that an older program imported, or older rules judged, are judged in the background.

#include "central/plan/judged_eob.h"
#include "central/plan/plan_writer.h"
#include "tests/central/judged_bench.h"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace portico;
using namespace portico::central;
using portico::test::eob_line;
using portico::test::JudgedBench;
using portico::test::plain_meta;
using portico::test::sensitive_meta;

namespace {

/// Five EOBs of p1, as an older program left them; the last is sensitive.
struct UnjudgedFive : JudgedBench {
    UnjudgedFive() {
        std::string text = eob_line("e5", "p1", "100.00", sensitive_meta()) + "\n";
        for (auto const* id : {"e1", "e2", "e3", "e4"})
            text += eob_line(id, "p1") + "\n";
        import_text("a.ndjson", text);
        for (auto const* id : {"e1", "e2", "e3", "e4", "e5"})
            forget_judgement(id);
    }
    bool is_judged(std::string const& eob) {
        auto const at = row(eob);
        auto const kept = summary_of(at).judged;
        return kept && counts_for(decode<JudgedEob>(*kept).value(), eob_seal(at.sealed));
    }
    /// The statement of before there was judging.
    void older_program_writes(std::string const& id, bool sensitive, std::int64_t version) {
        EobRecord record;
        record.eob.id = EobId(id);
        record.eob.patient = PatientId("p1");
        record.eob.claim_number = id;
        record.eob.created = Date{2026, 3, 2};
        record.eob.sensitive = sensitive;
        auto const prepared = prepare(record, {version, version}, vault());
        auto summary = open_sealed_record<StoredSummary>(vault(), "plan_eob_summary", prepared.member_key,
                                                         prepared.record_key, prepared.summary)
                           .value();
        summary.judged.reset();
        auto const context = seal_context("plan_eob_summary", prepared.member_key, prepared.record_key);
        auto const sealed_summary = crypto::seal_record(vault().records, context, as_bytes(encode(summary)));
        store()
            .write([&](storage::Database& database) -> Result<void> {
                auto insert = TRY(database.prepare(
                    "INSERT INTO plan_eob (member_key, record_key, sealed, updated_us, version_number,"
                    " content_hash, summary) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                    " ON CONFLICT (member_key, record_key) DO UPDATE SET sealed = excluded.sealed,"
                    " summary = excluded.summary, updated_us = excluded.updated_us,"
                    " version_number = excluded.version_number, content_hash = excluded.content_hash"));
                insert.bind(1, ByteView(prepared.member_key)).bind(2, ByteView(prepared.record_key));
                insert.bind(3, ByteView(prepared.sealed)).bind(4, version).bind(5, version);
                insert.bind(6, ByteView(prepared.content_hash)).bind(7, ByteView(sealed_summary));
                return insert.run();
            })
            .value();
    }
    void this_program_writes(std::string const& id, bool sensitive, std::int64_t version) {
        EobRecord record;
        record.eob.id = EobId(id);
        record.eob.patient = PatientId("p1");
        record.eob.claim_number = id;
        record.eob.sensitive = sensitive;
        auto const prepared = prepare(record, {version, version}, vault());
        store()
            .write([&](storage::Database& database) -> Result<void> {
                auto writer = TRY(PlanWriter::begin(database));
                TRY(writer.apply(prepared));
                return writer.finish();
            })
            .value();
    }
};

constexpr std::int64_t later_us = 1'800'000'000'000'000;

} // namespace

TEST_CASE("judge the rest: some at a time until all are judged, and then lists open none") {
    UnjudgedFive bench;
    CHECK(bench.judge_rest(2) == 2);
    // Another process goes on with it.
    bench.close();
    CHECK(bench.judge_rest(2) == 2);
    CHECK(bench.judge_rest(2) == 1);
    CHECK(bench.judge_rest(2) == 0);
    for (auto const* id : {"e1", "e2", "e3", "e4", "e5"}) {
        CHECK(bench.is_judged(id));
        bench.spoil(id);
    }
    CHECK(bench.all() == "e1, e2, e3, e4, e5");
    CHECK(bench.told_to_others() == "e1, e2, e3, e4");
}

TEST_CASE("judge the rest: what is told, what is content and what is known to terminals stays as it was") {
    UnjudgedFive bench;
    auto const content = bench.dump(false);
    auto const revision = bench.number("SELECT CAST(sum(value) AS BIGINT) FROM plan_state");
    auto const told = bench.told_to_others();
    auto const sealed = bench.row("e1").sealed;
    CHECK(bench.judge_rest() == 5);
    CHECK(bench.dump(false) == content);
    CHECK(bench.number("SELECT CAST(sum(value) AS BIGINT) FROM plan_state") == revision);
    CHECK(bench.told_to_others() == told);
    CHECK(bench.row("e1").sealed == sealed);
    CHECK(bench.import_text("b.ndjson", eob_line("e1", "p1")).kinds.at("ExplanationOfBenefit").unchanged ==
          1);
    CHECK(bench.is_judged("e1"));
}

TEST_CASE("judge the rest: what an import has judged is not judged again") {
    JudgedBench bench;
    bench.import_text("a.ndjson", eob_line("e1", "p1") + "\n" + eob_line("e2", "p1"));
    CHECK(bench.judge_rest() == 0);
}

TEST_CASE("judge the rest: what an older program writes beside this one is found, and never told by what was "
          "judged before") {
    UnjudgedFive bench;
    CHECK(bench.judge_rest() == 5);
    bench.older_program_writes("e1", true, later_us);
    bench.older_program_writes("e6", true, later_us);
    CHECK(bench.told_to_others() == "e2, e3, e4");
    CHECK(bench.judge_rest() == 2);
    CHECK(bench.judge_rest() == 0);
    CHECK(bench.told_to_others() == "e2, e3, e4");
    bench.spoil("e1");
    bench.spoil("e6");
    CHECK(bench.told_to_others() == "e2, e3, e4");
}

TEST_CASE("judge the rest: an EOB that is replaced between the look and the write keeps its own judgement") {
    UnjudgedFive bench;
    auto const late = judge_some(bench.store(), bench.vault(), 10).value();
    REQUIRE(late.size() == 5);
    SECTION("by this program") {
        bench.this_program_writes("e1", true, later_us);
        auto const now = bench.row("e1");
        keep_judged(bench.store(), late).value();
        CHECK(bench.row("e1").summary == now.summary);
        CHECK(bench.is_judged("e1"));
    }
    SECTION("by an older one, which leaves it to be judged") {
        bench.older_program_writes("e1", true, later_us);
        auto const now = bench.row("e1");
        keep_judged(bench.store(), late).value();
        CHECK(bench.row("e1").summary == now.summary);
        CHECK(bench.judge_rest() == 1);
    }
    SECTION("by the same content, sealed once more") {
        // Only the seal tells the two apart.
        auto const at = bench.row("e1");
        auto const plain =
            crypto::open_record(bench.vault().records, seal_context("plan_eob", at.member_key, at.record_key),
                                at.sealed)
                .value();
        bench.put(at, at.summary,
                  crypto::seal_record(bench.vault().records,
                                      seal_context("plan_eob", at.member_key, at.record_key), plain));
        keep_judged(bench.store(), late).value();
        CHECK(bench.row("e1").summary == at.summary);
        CHECK(bench.judge_rest() == 1);
        CHECK(bench.is_judged("e1"));
    }
    SECTION("or is gone") {
        bench.run("DELETE FROM plan_eob");
        keep_judged(bench.store(), late).value();
        CHECK(bench.count("plan_eob") == 0);
    }
    if (bench.count("plan_eob") > 0) {
        CHECK(bench.judge_rest() == 0);
        CHECK(bench.told_to_others().find("e5") == std::string::npos);
    }
}

TEST_CASE("judge the rest: what newer rules have said stays, and what older ones said is judged again") {
    UnjudgedFive bench;
    auto const late = judge_some(bench.store(), bench.vault(), 10).value();
    bench.run("UPDATE plan_eob SET judged_of = content_hash, judged_by = " +
              std::to_string(eob_alone_version + 1));
    auto const before = bench.row("e1").summary;
    CHECK(bench.judge_rest() == 0);
    keep_judged(bench.store(), late).value();
    CHECK(bench.row("e1").summary == before);
    CHECK(bench.number("SELECT min(judged_by) FROM plan_eob") == eob_alone_version + 1);
    bench.run("UPDATE plan_eob SET judged_by = " + std::to_string(eob_alone_version - 1));
    CHECK(bench.judge_rest() == 5);
    CHECK(bench.is_judged("e1"));
}

TEST_CASE("judge the rest: a record that does not open is tried once, and the others are judged") {
    UnjudgedFive bench;
    auto const e1 = bench.row("e1");
    auto const e2 = bench.row("e2");
    auto const e3 = bench.row("e3");
    bench.spoil("e1");
    bench.put(e2, {}, e2.sealed);
    bench.put(e3, e3.summary, {});
    CHECK(bench.judge_rest() == 5);
    CHECK(bench.judge_rest() == 0);
    CHECK(bench.is_judged("e4"));
    CHECK(bench.is_judged("e5"));
    CHECK(bench.told_to_others() == "record_seal_broken");
}

TEST_CASE("judge the rest: two nodes judge at once, beside imports, and no EOB has another's judgement") {
    UnjudgedFive bench;
    auto& store = bench.store();
    std::atomic<bool> done = false;
    std::vector<std::thread> nodes;
    std::mutex guard;
    std::vector<std::string> failures;
    for (int node = 0; node < 2; ++node)
        nodes.emplace_back([&] {
            while (!done) {
                auto const judged = judge_the_rest(store, bench.vault(), 3);
                std::lock_guard const lock(guard);
                if (judged.has_error())
                    failures.push_back(judged.error().reason + ": " + judged.error().message);
            }
        });
    for (int round = 1; round <= 20; ++round) {
        // Sensitive by turns, so that the judgement of a round before would be the wrong one.
        bench.older_program_writes("e1", round % 2 == 0, later_us + round);
        bench.this_program_writes("e2", round % 2 == 0, later_us + round);
        bool const listed = bench.told_to_others().find("e1") != std::string::npos;
        CHECK(listed == (round % 2 != 0));
        CHECK((bench.told_to_others().find("e2") != std::string::npos) == listed);
    }
    done = true;
    for (auto& node : nodes)
        node.join();
    CHECK(failures == std::vector<std::string>());
    while (bench.judge_rest() > 0) {
    }
    // An older program that writes again what was judged once leaves the hint that it is: who goes on with
    // the rest passes e1 over then, and lists open it.
    for (auto const* id : {"e2", "e3", "e4", "e5"})
        CHECK(bench.is_judged(id));
    CHECK(bench.told_to_others() == "e3, e4");
}
