// What an EOB says alone is kept beside it. It must never be told of another record, of another version of
// the record, or by other rules: of all that somebody could do to a row, nothing lists a sensitive EOB.

#include "central/plan/judged_eob.h"
#include "shared/api/domain_described.h"
#include "shared/api/json.h"
#include "tests/central/call_bench.h"
#include "tests/central/judged_bench.h"

using namespace portico;
using namespace portico::central;
using portico::test::CallBench;
using portico::test::eob_line;
using portico::test::JudgedBench;
using portico::test::plain_meta;
using portico::test::sensitive_meta;

namespace {

/// A line too much in the total: a finding that rests on the EOB alone.
std::string const wrong_total =
    R"(,"item":[{"sequence":1,"adjudication":[{"category":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/adjudication","code":"submitted"}]},"amount":{"value":90.00,"currency":"USD"}}]}])";

std::string wrong_eob(std::string const& id, std::string const& patient, std::string const& meta = "") {
    auto line = eob_line(id, patient, "100.00", meta);
    auto const item = line.find(",\"item\":");
    auto const total = line.find(",\"total\":");
    return line.replace(item, total - item, wrong_total);
}

/// Of p1: a visit, one with a finding, one that is sensitive. Of p2: a visit.
struct ThreeJudged : JudgedBench {
    ThreeJudged() {
        import_text("a.ndjson", eob_line("visit", "p1") + "\n" + wrong_eob("wrong", "p1") + "\n" +
                                    eob_line("secret", "p1", "100.00", sensitive_meta()) + "\n" +
                                    eob_line("other", "p2"));
    }
};

constexpr auto all_three = "secret, visit, wrong total_differs_from_lines";
constexpr auto without_secret = "visit, wrong total_differs_from_lines";

std::string overview_json(CallBench& bench, std::string const& patient) {
    PlanData plan(bench.clock, *bench.opened().store, bench.opened().vault);
    auto const about = plan.overview(PatientId(patient)).value();
    std::string text;
    for (auto const& claim : about->claims)
        text += api::to_json(claim.summary) + api::to_json(claim.findings) + "\n";
    return text;
}

} // namespace

TEST_CASE("judged EOB: a list of claims opens no EOB") {
    ThreeJudged bench;
    for (auto const* eob : {"visit", "wrong", "secret"})
        bench.spoil(eob);
    CHECK(bench.all() == all_three);
    CHECK(bench.told_to_others() == without_secret);
    // They are broken indeed.
    PlanData plan(bench.clock, bench.store(), bench.vault());
    CHECK(plan.eob(PatientId("p1"), EobId("visit")).error().reason == "record_seal_broken");
}

TEST_CASE("judged EOB: one that an older program imported is opened, and the list is the same") {
    ThreeJudged bench;
    for (auto const* eob : {"visit", "wrong", "secret"})
        bench.forget_judgement(eob);
    CHECK(bench.all() == all_three);
    CHECK(bench.told_to_others() == without_secret);
    // Nobody guesses what an EOB says that does not open.
    bench.spoil("secret");
    CHECK(bench.told_to_others() == "record_seal_broken");
    CHECK(bench.all() == "record_seal_broken");
}

TEST_CASE("judged EOB: all of a plan's claims have the same findings, judged at import or opened now") {
    CallBench bench;
    bench.import_sample();
    auto const read_all = [&](std::string const& column) {
        auto const read = [&](storage::Database& database) -> Result<std::vector<Bytes>> {
            auto query = TRY(database.prepare("SELECT " + column + " FROM plan_eob ORDER BY record_key"));
            std::vector<Bytes> values;
            while (TRY(query.step()))
                values.push_back(query.blob(0));
            return values;
        };
        return bench.opened().store->read<std::vector<Bytes>>(read).value();
    };
    auto const judged = overview_json(bench, std::string(sample::known::alex_patient_id));
    REQUIRE(judged.find("\"kind\"") != judged.npos);
    auto const& vault = bench.opened().vault;
    auto const member_keys = read_all("member_key");
    auto const record_keys = read_all("record_key");
    auto const summaries = read_all("summary");
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        auto summary = open_sealed_record<StoredSummary>(vault, "plan_eob_summary", member_keys[i],
                                                         record_keys[i], summaries[i])
                           .value();
        REQUIRE(summary.judged.has_value());
        summary.judged.reset();
        auto const context = seal_context("plan_eob_summary", member_keys[i], record_keys[i]);
        auto const sealed = crypto::seal_record(vault.records, context, as_bytes(encode(summary)));
        bench.opened()
            .store
            ->write([&](storage::Database& database) -> Result<void> {
                auto update = TRY(database.prepare("UPDATE plan_eob SET summary = $1 WHERE record_key = $2"));
                return update.bind(1, ByteView(sealed)).bind(2, ByteView(record_keys[i])).run();
            })
            .value();
    }
    CHECK(overview_json(bench, std::string(sample::known::alex_patient_id)) == judged);
}

TEST_CASE(
    "judged EOB: a new version of an EOB is judged anew, and an old judgement that is put back counts no "
    "more") {
    JudgedBench bench;
    bench.import_text("a.ndjson", eob_line("e1", "p1", "100.00", plain_meta("2026-04-01T00:00:00Z")));
    auto const before = bench.row("e1");
    REQUIRE(bench.told_to_others() == "e1");
    bench.import_text("b.ndjson", eob_line("e1", "p1", "100.00", sensitive_meta()));
    CHECK(bench.told_to_others().empty());
    CHECK(bench.all() == "e1");
    auto const now = bench.row("e1");
    SECTION("the summary of before beside the record of now") {
        bench.put(now, before.summary, now.sealed);
        CHECK(bench.told_to_others().empty());
        CHECK(bench.all() == "e1");
    }
    SECTION("and its tag on the record of now") {
        // The list believes it, as it would believe the whole row of before; the EOB opens to nobody.
        auto forged = now.sealed;
        std::copy(before.sealed.end() - 16, before.sealed.end(), forged.end() - 16);
        bench.put(now, before.summary, forged);
        PlanData plan(bench.clock, bench.store(), bench.vault());
        CHECK(plan.eob(PatientId("p1"), EobId("e1"), Telling::WithoutSensitive).error().reason ==
              "record_seal_broken");
    }
}

TEST_CASE("judged EOB: the same EOB sealed once more has another seal, and the judgement of before is not "
          "its") {
    JudgedBench bench;
    bench.import_text("a.ndjson", eob_line("e1", "p1", "100.00", plain_meta("2026-04-01T00:00:00Z")));
    auto const before = bench.row("e1");
    bench.import_text("b.ndjson", eob_line("e1", "p1", "100.00", plain_meta("2026-04-02T00:00:00Z")));
    auto const now = bench.row("e1");
    REQUIRE(before.sealed != now.sealed);
    CHECK_FALSE(counts_for(bench.judgement_of(before), eob_seal(now.sealed)));
    CHECK(counts_for(bench.judgement_of(now), eob_seal(now.sealed)));
    CHECK_FALSE(counts_for(JudgedEob{eob_alone_version, "", false, {}}, eob_seal({})));
}

TEST_CASE(
    "judged EOB: what other rules said, older or newer, or in a shape nobody knows, counts for nothing") {
    ThreeJudged bench;
    auto const wrongly = [&](int version) {
        bench.rejudge("secret", [&](JudgedEob& judged) {
            judged.version = version;
            judged.sensitive = false;
        });
        bench.rejudge("wrong", [&](JudgedEob& judged) {
            judged.version = version;
            judged.alone.findings.clear();
        });
    };
    SECTION("older") {
        wrongly(eob_alone_version - 1);
    }
    SECTION("newer") {
        wrongly(eob_alone_version + 1);
    }
    SECTION("of another record") {
        auto const of = eob_seal(bench.row("visit").sealed);
        bench.rejudge("secret", [&](JudgedEob& judged) {
            judged.of = of;
            judged.sensitive = false;
        });
    }
    SECTION("in another shape") {
        for (auto const* eob : {"secret", "wrong"}) {
            auto const at = bench.row(eob);
            auto summary = bench.summary_of(at);
            summary.judged = R"({"version":"of the future","sensitive":[]})";
            bench.put_summary(at, summary);
        }
    }
    CHECK(bench.told_to_others() == without_secret);
    CHECK(bench.all() == all_three);
}

TEST_CASE("judged EOB: this program's judgement of this record is what a list goes by") {
    // What the tests above rest on: were it looked at never, they would all hold.
    ThreeJudged bench;
    bench.rejudge("secret", [](JudgedEob& judged) { judged.sensitive = false; });
    bench.rejudge("visit", [](JudgedEob& judged) { judged.sensitive = true; });
    CHECK(bench.told_to_others() == "secret, wrong total_differs_from_lines");
}

TEST_CASE(
    "judged EOB: an EOB that says itself that it is sensitive is told to nobody else, whatever its list "
    "says") {
    ThreeJudged bench;
    bench.rejudge("secret", [](JudgedEob& judged) { judged.sensitive = false; });
    PlanData plan(bench.clock, bench.store(), bench.vault());
    PatientId const p1("p1");
    CHECK(plan.eob(p1, EobId("secret"), Telling::WithoutSensitive).error().reason == "eob_not_found");
    CHECK(plan.eob(p1, EobId("secret"), Telling::All).value().id == EobId("secret"));
    CHECK(plan.eob(p1, EobId("visit"), Telling::WithoutSensitive).value().id == EobId("visit"));
}

TEST_CASE("judged EOB: rows that are swapped, with another member's or among one's own, list nothing") {
    ThreeJudged bench;
    auto const secret = bench.row("secret");
    auto const visit = bench.row("visit");
    auto const other = bench.row("other", "p2");
    SECTION("the summary of another member's") {
        bench.put(secret, other.summary, secret.sealed);
    }
    SECTION("the record of another member's") {
        bench.put(secret, secret.summary, other.sealed);
    }
    SECTION("both of another member's") {
        bench.put(secret, other.summary, other.sealed);
    }
    SECTION("the summary of another of one's own") {
        bench.put(secret, visit.summary, secret.sealed);
    }
    SECTION("the record of another of one's own") {
        bench.put(secret, secret.summary, visit.sealed);
    }
    SECTION("both of another of one's own") {
        bench.put(secret, visit.summary, visit.sealed);
    }
    CHECK(bench.told_to_others() == "record_seal_broken");
    CHECK(bench.all() == "record_seal_broken");
    CHECK(bench.list(Telling::WithoutSensitive, "p2") == "other");
}

TEST_CASE("judged EOB: a row that is moved to another member is not theirs") {
    ThreeJudged bench;
    auto const secret = bench.row("secret");
    bench.store()
        .write([&](storage::Database& database) -> Result<void> {
            auto update = TRY(database.prepare("UPDATE plan_eob SET member_key = $1 WHERE record_key = $2"));
            auto const p2 = plan_key(bench.vault(), "member", "p2");
            return update.bind(1, ByteView(p2)).bind(2, ByteView(secret.record_key)).run();
        })
        .value();
    CHECK(bench.list(Telling::All, "p2") == "record_seal_broken");
    CHECK(bench.told_to_others() == without_secret);
}

TEST_CASE("judged EOB: versions of a sensitive EOB are left out by what is judged, too") {
    JudgedBench bench;
    auto const replaces = [](std::string const& id) {
        return R"(,"related":[{"relationship":{"coding":[{"code":"prior"}]},"reference":{"value":")" + id +
               R"("}}])";
    };
    bench.import_text("a.ndjson", eob_line("first", "p1") + "\n" +
                                      eob_line("second", "p1", "90.00", sensitive_meta(), replaces("first")) +
                                      "\n" + eob_line("third", "p1", "80.00", "", replaces("second")) + "\n" +
                                      eob_line("visit", "p1"));
    for (auto const* eob : {"first", "second", "third", "visit"})
        bench.spoil(eob);
    CHECK(bench.told_to_others() == "visit");
}

TEST_CASE("judged EOB: what is judged is no part of the content, so the same input again changes nothing") {
    ThreeJudged bench;
    auto const at = bench.row("wrong");
    auto summary = bench.summary_of(at);
    summary.judged.reset();
    auto const eob =
        open_sealed_record<Eob>(bench.vault(), "plan_eob", at.member_key, at.record_key, at.sealed).value();
    // As programs made it that knew nothing of judging.
    auto hash = crypto::keyed_hash(bench.vault().index, encode(eob) + encode(summary));
    hash.resize(plan_key_bytes);
    auto const stands = bench.store().read<bool>([&](storage::Database& database) -> Result<bool> {
        auto query = TRY(database.prepare("SELECT 1 FROM plan_eob WHERE content_hash = $1"));
        query.bind(1, ByteView(hash));
        return query.step();
    });
    CHECK(stands.value());
    auto const again = bench.import_text("b.ndjson", wrong_eob("wrong", "p1"));
    CHECK(again.kinds.at("ExplanationOfBenefit").unchanged == 1);
    CHECK(bench.row("wrong").sealed == at.sealed);
}

TEST_CASE("judged EOB: the columns beside the sealed ones are the same for a sensitive EOB as for any") {
    ThreeJudged bench;
    CHECK(bench.number("SELECT count(*) FROM plan_eob") == 4);
    CHECK(bench.number("SELECT count(*) FROM plan_eob WHERE judged_of = content_hash") == 4);
    CHECK(bench.number("SELECT count(DISTINCT judged_by) FROM plan_eob") == 1);
}
