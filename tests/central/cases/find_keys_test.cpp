#include "central/plan/fill_find_keys.h"
#include "central/plan/plan_keys.h"
#include "tests/central/cases/cases_bench.h"
#include "tests/central/import_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr auto unfound =
    "SELECT count(*) FROM plan_member WHERE phone_of IS NULL OR phone_of <> content_hash";

std::string find_alex(CaseDesk& desk) {
    auto const id = desk.open();
    return desk.identify(says_alex(id));
}

} // namespace

TEST_CASE("find keys: each is of two facts, by the plan's own key, and of none that is not known") {
    CasesBench bench;
    CasesBench other;
    FindFacts const facts{find_name("Alex", "Sample"), "1980-02-03", "02101"};
    auto const keys = find_keys(*bench.vault, facts);
    REQUIRE((keys.name_birth && keys.name_zip && keys.birth_zip));
    CHECK(*keys.name_birth != *keys.name_zip);
    CHECK(*keys.name_birth != *keys.birth_zip);
    CHECK(find_keys(*other.vault, facts).name_birth != keys.name_birth);
    auto const without_zip = find_keys(*bench.vault, {facts.name, facts.birth_date, ""});
    CHECK(without_zip.name_birth == keys.name_birth);
    CHECK_FALSE(without_zip.name_zip.has_value());
    CHECK_FALSE(without_zip.birth_zip.has_value());
    auto const other_name = find_keys(*bench.vault, {find_name("Robin", "Sample"), "1980-02-03", "02101"});
    CHECK(other_name.name_birth != keys.name_birth);
    CHECK(other_name.name_zip != keys.name_zip);
    CHECK(other_name.birth_zip == keys.birth_zip);
    // Where one name ends and the next begins makes a difference.
    CHECK(find_name("Alex Sam", "Ple") != find_name("Alex", "Sam Ple"));
}

TEST_CASE("find keys: a birth date or a ZIP that many share shows in no column of the database") {
    CasesBench bench;
    // As many as live there: of one birth date or of one ZIP, not of both.
    for (int i = 0; i < 20; ++i)
        bench.add(sample_member("z" + std::to_string(i), {"Alex", "Sample" + std::to_string(i)},
                                "1970-01-" + std::to_string(10 + i), "02177", "Z-" + std::to_string(i)));
    for (auto const* column : {"name_birth", "name_zip", "birth_zip"})
        CHECK(
            bench.number(std::string("SELECT max(n) FROM (SELECT count(*) AS n FROM plan_member GROUP BY ") +
                         column + ") AS counted") <= 2); // Robin and Casey share birth date and ZIP
}

TEST_CASE("find keys: members of a database from before are found once their keys are made") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    bench.run("UPDATE plan_member SET name_birth = NULL, name_zip = NULL, birth_zip = NULL, phone = NULL,"
              " find_of = NULL, phone_of = NULL");
    CHECK(bench.number(unfound) == 4);
    CHECK(find_alex(rep) == "nobody_found");
    CHECK(must(fill_find_keys(*bench.store, *bench.vault, 3)) == 3);
    CHECK(must(fill_find_keys(*bench.store, *bench.vault, 3)) == 1);
    CHECK(must(fill_find_keys(*bench.store, *bench.vault, 3)) == 0);
    CHECK(bench.number(unfound) == 0);
    CHECK(find_alex(rep).empty());
}

TEST_CASE("find keys: what an older program writes beside this one is found by what it is now") {
    CasesBench bench;
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    CHECK(must(fill_find_keys(*bench.store, *bench.vault)) == 0);
    // Alex by the name of Alexis, as the statement of before writes it.
    auto member = bench.facts.members.at("alex");
    member.name.given = "Alexis";
    MemberRecord const record{member, {member.member_id}, {}};
    auto const prepared = prepare(record, {2, 2}, *bench.vault);
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        auto update = TRY(
            database.prepare("UPDATE plan_member SET sealed = $1, content_hash = $2 WHERE record_key = $3"));
        update.bind(1, ByteView(prepared.sealed)).bind(2, ByteView(prepared.content_hash));
        return update.bind(3, ByteView(prepared.record_key)).run();
    }));
    CHECK(find_alex(rep) == "nobody_found"); // the record is looked at, whatever the keys say
    CHECK(must(fill_find_keys(*bench.store, *bench.vault)) == 1);
    auto const id = rep.open();
    auto said = says_alex(id);
    said.name->given = "Alexis";
    CHECK(rep.identify(said).empty());
}

TEST_CASE("find keys: a record whose seal is broken is nobody's, and is tried once") {
    CasesBench bench;
    bench.run("UPDATE plan_member SET find_of = NULL, phone_of = NULL");
    auto const key = plan_key(*bench.vault, "member", "alex");
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        auto update = TRY(database.prepare("UPDATE plan_member SET sealed = $1 WHERE record_key = $2"));
        return update.bind(1, ByteView(key)).bind(2, ByteView(key)).run();
    }));
    CHECK(must(fill_find_keys(*bench.store, *bench.vault)) == 4);
    CHECK(must(fill_find_keys(*bench.store, *bench.vault)) == 0);
    CHECK(bench.number("SELECT count(*) FROM plan_member WHERE name_birth IS NULL") == 1);
}

TEST_CASE("find keys: an import makes them, and the same import again changes none") {
    ImportBench bench;
    auto const keys = [&] {
        return must(
            bench.opened().store->read<std::string>([&](storage::Database& database) -> Result<std::string> {
                auto query = TRY(database.prepare(
                    "SELECT name_birth, birth_zip, find_of = content_hash FROM plan_member"));
                TRY(query.step());
                return std::to_string(query.integer(0)) + (query.is_null(1) ? " none" : " some") +
                       (query.is_null(2) ? " unknown" : "");
            }));
    };
    auto const line = patient_line("p1");
    bench.import_text("a.ndjson", line);
    auto const first = keys();
    CHECK(first.find(" none") != first.npos); // no address, no ZIP
    CHECK(first.find("unknown") == first.npos);
    bench.import_text("a.ndjson", line);
    CHECK(keys() == first);
    bench.import_text("b.ndjson", patient_line("p1", "Example", R"({"lastUpdated":"2026-05-01T00:00:00Z"})"));
    CHECK(keys() != first);
}
