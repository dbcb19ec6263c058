#pragma once

#include "central/plan/judge_the_rest.h"
#include "central/plan/personal_reads.h"
#include "tests/central/import_bench.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace portico::test {

/// What the label of a sensitive EOB, and the time of a version, look like in FHIR.
inline std::string sensitive_meta(std::string const& updated = "2026-05-01T00:00:00Z") {
    return R"({"lastUpdated":")" + updated +
           R"(","security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]})";
}
inline std::string plain_meta(std::string const& updated) {
    return R"({"lastUpdated":")" + updated + R"("})";
}

/// An imported plan, and hands in its database that have its keys or have not.
struct JudgedBench : ImportBench {
    ManualClock clock{from_micros(day_number(Date{2026, 6, 15}) * 86'400'000'000)};

    /// The sealed parts of a row of plan_eob.
    struct Row {
        Bytes member_key, record_key, summary, sealed;
    };
    central::Vault const& vault() { return opened().vault; }
    central::Store& store() { return *opened().store; }

    Row row(std::string const& eob, std::string const& patient = "p1") {
        Row found{
            central::plan_key(vault(), "member", patient), central::plan_key(vault(), "eob", eob), {}, {}};
        auto const read = store().read<bool>([&](storage::Database& database) -> Result<bool> {
            auto query = TRY(database.prepare(
                "SELECT summary, sealed FROM plan_eob WHERE member_key = $1 AND record_key = $2"));
            query.bind(1, ByteView(found.member_key)).bind(2, ByteView(found.record_key));
            bool const there = TRY(query.step());
            found.summary = query.blob(0);
            found.sealed = query.blob(1);
            return there;
        });
        REQUIRE(read.value());
        return found;
    }
    /// As somebody who can write the database: nothing else of the row changes.
    void put(Row const& to, Bytes const& summary, Bytes const& sealed) {
        store()
            .write([&](storage::Database& database) -> Result<void> {
                auto update = TRY(database.prepare("UPDATE plan_eob SET summary = $1, sealed = $2"
                                                   " WHERE member_key = $3 AND record_key = $4"));
                update.bind(1, ByteView(summary)).bind(2, ByteView(sealed));
                return update.bind(3, ByteView(to.member_key)).bind(4, ByteView(to.record_key)).run();
            })
            .value();
    }
    void run(std::string const& sql) {
        store().write([&](storage::Database& database) { return database.execute(sql); }).value();
    }
    std::int64_t number(std::string const& sql) {
        return store()
            .read<std::int64_t>([&](storage::Database& database) -> Result<std::int64_t> {
                auto query = TRY(database.prepare(sql));
                TRY(query.step());
                return query.integer(0);
            })
            .value();
    }

    central::StoredSummary summary_of(Row const& row) {
        return central::open_sealed_record<central::StoredSummary>(
                   vault(), "plan_eob_summary", row.member_key, row.record_key, row.summary)
            .value();
    }
    central::JudgedEob judgement_of(Row const& row) {
        return central::decode<central::JudgedEob>(summary_of(row).judged.value()).value();
    }
    /// As a program would that has the keys.
    void put_summary(Row const& row, central::StoredSummary const& summary) {
        auto const context = central::seal_context("plan_eob_summary", row.member_key, row.record_key);
        put(row, crypto::seal_record(vault().records, context, as_bytes(central::encode(summary))),
            row.sealed);
    }
    /// As another program would have judged it.
    void rejudge(std::string const& eob, std::function<void(central::JudgedEob&)> const& change) {
        auto const at = row(eob);
        auto summary = summary_of(at);
        auto judgement = judgement_of(at);
        change(judgement);
        summary.judged = central::encode(judgement);
        put_summary(at, summary);
    }
    /// As a program leaves it that knew nothing of judging.
    void forget_judgement(std::string const& eob, std::string const& patient = "p1") {
        auto const at = row(eob, patient);
        auto summary = summary_of(at);
        summary.judged.reset();
        put_summary(at, summary);
        run("UPDATE plan_eob SET judged_by = NULL, judged_of = NULL");
    }
    /// Whoever opens this EOB fails; its seal's tag is as it was.
    void spoil(std::string const& eob, std::string const& patient = "p1") {
        auto const at = row(eob, patient);
        auto sealed = at.sealed;
        sealed[sealed.size() / 2] ^= 1;
        put(at, at.summary, sealed);
    }

    /// Worked out anew: what is kept in memory would not see what is done to rows.
    Result<central::MemberOverview> overview(central::Telling telling, std::string const& patient = "p1") {
        central::PlanData plan(clock, store(), vault());
        return *TRY(plan.overview(PatientId(patient), telling));
    }
    /// The ids that are listed, and after each the kinds of its findings; or why there is no list.
    std::string list(central::Telling telling, std::string const& patient = "p1") {
        auto const about = overview(telling, patient);
        if (about.has_error())
            return about.error().reason;
        std::vector<std::string> lines;
        for (auto const& claim : about.value().claims) {
            lines.push_back(claim.summary.id.text());
            for (auto const& finding : claim.findings)
                lines.back() += std::string(" ") + name(finding.kind);
        }
        std::sort(lines.begin(), lines.end());
        std::string text;
        for (auto const& line : lines)
            text += (text.empty() ? "" : ", ") + line;
        return text;
    }
    std::string all() { return list(central::Telling::All); }
    std::string told_to_others() { return list(central::Telling::WithoutSensitive); }

    int judge_rest(int eobs_max = 200) { return central::judge_the_rest(store(), vault(), eobs_max).value(); }
};

} // namespace portico::test
