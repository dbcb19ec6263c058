// What is kept of a read of an EOB: the next read is the same to the byte, and nothing old, moved or foreign
// is ever shown.

#include "central/plan/plan_keys.h"
#include "central/plan/plan_state.h"
#include "central/plan/rendered_eob.h"
#include "tests/central/call_bench.h"

#include <chrono>

using namespace portico;
using namespace portico::central;
namespace known = sample::known;
using portico::test::CallBench;
using portico::test::eob_line;
using portico::test::patient_line;

namespace {

std::string const alex_id(known::alex_patient_id);
std::string const eob_id(known::alex_duplicate_line_eob);

struct RenderedBench : CallBench {
    RenderedBench() { import_sample(); }

    std::string read(std::string const& patient = alex_id, std::string const& id = eob_id) {
        static_cast<void>(call(eob, patient, {}, id).value());
        return json;
    }
    std::int64_t kept() { return count("plan_eob_rendered"); }

    RenderedEobKey key(std::string const& patient, std::string const& id) {
        auto const& vault = opened().vault;
        return {plan_key(vault, "member", patient), plan_key(vault, "eob", id), Date{2026, 11, 20}};
    }
    std::int64_t revision() {
        auto reading = [](storage::Database& database) { return plan_data_revision(database); };
        return opened().store->read<std::int64_t>(reading).value();
    }
    void keep(RenderedEobKey const& as, std::int64_t at_revision, std::string const& text) {
        opened()
            .store
            ->write([&](storage::Database& database) {
                return keep_rendered_eob(database, opened().vault, as, at_revision, text);
            })
            .value();
    }
    void change(std::string const& sql) {
        opened().store->write([&](storage::Database& database) { return database.execute(sql); }).value();
    }
};

} // namespace

TEST_CASE("rendered EOB: the second read is the first to the byte, and it is the kept one that is read") {
    RenderedBench bench;
    auto const first = bench.read();
    REQUIRE(bench.kept() == 1);
    CHECK(bench.read() == first);
    // What the first read was made from is gone: only what was kept can answer.
    bench.change("DELETE FROM plan_eob");
    CHECK(bench.read() == first);
    CHECK(bench.fields == std::vector<std::string>{"eob"});
    CHECK(bench.subject == alex_id);
    CHECK(bench.kept() == 1);
}

TEST_CASE("rendered EOB: nobody else's member opens it, and a read that fails keeps nothing") {
    RenderedBench bench;
    static_cast<void>(bench.read());
    std::string const other = "nobody-of-this-plan";
    CHECK(bench.call(eob, other, {}, eob_id).error().reason == "eob_not_found");
    CHECK(bench.call(eob, alex_id, {}, "no-such-eob").error().reason == "eob_not_found");
    CHECK(bench.kept() == 1);
}

TEST_CASE("rendered EOB: what the member answers shows at once, though the rendering is kept") {
    RenderedBench bench;
    auto const first = bench.read();
    bench.answered[eob_id] = {"duplicate_line", "totals_not_lines"};
    auto const detail = bench.call(eob, alex_id, {}, eob_id).value();
    CHECK(detail.answered_findings == bench.answered[eob_id]);
    bench.answered[eob_id] = {};
    CHECK(bench.read() == first);
}

TEST_CASE(
    "rendered EOB: an import that changes anything clears what was kept, one that changes nothing does not") {
    CallBench bench;
    std::string const earlier =
        R"({"resourceType":"Practitioner","id":"d1","name":[{"text":"Dr. Former Name"}]})";
    std::string const later =
        R"({"resourceType":"Practitioner","id":"d1","meta":{"lastUpdated":"2026-11-02T00:00:00Z"},"name":[{"text":"Dr. Newer Name"}]})";
    bench.import_text("a.ndjson",
                      patient_line("p1", "M1") + "\n" + eob_line("e1", "p1") + "\n" + earlier + "\n");
    static_cast<void>(bench.call(eob, "p1", {}, "e1").value());
    REQUIRE(bench.count("plan_eob_rendered") == 1);
    bench.import_text("a.ndjson",
                      patient_line("p1", "M1") + "\n" + eob_line("e1", "p1") + "\n" + earlier + "\n");
    CHECK(bench.count("plan_eob_rendered") == 1);
    bench.import_text("b.ndjson", later + "\n");
    CHECK(bench.count("plan_eob_rendered") == 0);
}

TEST_CASE("rendered EOB: one made while an import went on is not kept") {
    RenderedBench bench;
    auto const before = bench.revision();
    bench.import_text("b.ndjson", patient_line("p-new", "M-new") + "\n");
    REQUIRE(bench.revision() > before);
    bench.keep(bench.key(alex_id, eob_id), before, R"({"old":true})");
    CHECK(bench.kept() == 0);
}

TEST_CASE("rendered EOB: the next day, and another build, make it anew") {
    RenderedBench bench;
    auto const first = bench.read();
    SECTION("the day") {
        bench.change("DELETE FROM plan_eob");
        bench.clock.advance(std::chrono::hours(24));
        CHECK(bench.call(eob, alex_id, {}, eob_id).error().reason == "eob_not_found");
    }
    SECTION("the build") {
        bench.change("UPDATE plan_eob_rendered SET build = 'of another program'");
        CHECK(bench.read() == first);
        bench.change("DELETE FROM plan_eob");
        CHECK(bench.read() == first); // kept anew by this one
    }
}

TEST_CASE("rendered EOB: a row that someone moved, aged or damaged is not shown, and is made anew") {
    RenderedBench bench;
    auto const first = bench.read();
    bench.keep(bench.key(alex_id, "of-another-eob"), bench.revision(), R"({"forged":true})");
    REQUIRE(bench.kept() == 2);
    SECTION("the content of another row") {
        bench.change("UPDATE plan_eob_rendered SET sealed ="
                     " (SELECT other.sealed FROM plan_eob_rendered AS other"
                     "  WHERE other.record_key <> plan_eob_rendered.record_key)");
    }
    SECTION("an old one made current") {
        bench.import_text("b.ndjson", patient_line("p-new", "M-new") + "\n");
        auto const now = bench.revision();
        bench.keep(bench.key(alex_id, eob_id), now, R"({"forged":true})");
        bench.change("UPDATE plan_state SET value = value + 1 WHERE name = 'personal_revision'");
        bench.change("UPDATE plan_eob_rendered SET revision = revision + 1");
    }
    SECTION("another day's") {
        bench.clock.advance(std::chrono::hours(24));
        bench.change("UPDATE plan_eob_rendered SET day = '2026-11-21'");
    }
    CHECK(bench.read() == first);
    CHECK(bench.call(eob, alex_id, {}, eob_id).value().eob.id == EobId(eob_id));
}
