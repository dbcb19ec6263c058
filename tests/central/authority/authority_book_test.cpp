#include "central/authority/speakers.h"
#include "central/operations/rule.h"
#include "tests/central/cases/speaker_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::string refusal(FamilyBench& bench, AuthorityRecord const& record) {
    auto const outcome = bench.store->write([&](storage::Database& database) -> Result<void> {
        TRY(AuthorityBook(*bench.vault, bench.clock).add(database, record));
        return ok();
    });
    return outcome.has_error() ? outcome.error().reason : "";
}

std::vector<AuthorityRecord> on_file(FamilyBench& bench, std::string const& member) {
    return must(bench.store->read<std::vector<AuthorityRecord>>([&](storage::Database& database) {
        return AuthorityBook(*bench.vault, bench.clock).of_member(database, PatientId(member));
    }));
}

} // namespace

TEST_CASE("authorities on file: what was entered is read back, and ended once") {
    FamilyBench bench;
    auto form = FamilyBench::form("robin", "", {AuthorityScope::Claims, AuthorityScope::Account});
    form.terms.kind = AuthorityKind::LegalGuardian;
    form.terms.tells_sensitive = true;
    form.terms.period = {Date{2026, 1, 1}, Date{2028, 12, 31}};
    form.name = {"Pat", "Example"};
    form.birth_date = Date{1960, 1, 2};
    form.phone = "617-555-0199";
    auto const id = bench.enter(form);
    auto const read = on_file(bench, "robin");
    REQUIRE(read.size() == 1);
    CHECK(read[0].id == id);
    CHECK(read[0].terms.kind == AuthorityKind::LegalGuardian);
    CHECK(read[0].terms.scopes == form.terms.scopes);
    CHECK(read[0].terms.tells_sensitive);
    CHECK(read[0].terms.period == form.terms.period);
    CHECK(read[0].name == form.name);
    CHECK(read[0].birth_date == form.birth_date);
    CHECK(read[0].phone == form.phone);
    CHECK_FALSE(read[0].at(bench.clock.now()).revoked);
    bench.end(id);
    auto const ended_us = on_file(bench, "robin")[0].ended_us;
    CHECK(ended_us == to_micros(bench.clock.now()));
    bench.clock.advance(std::chrono::hours(1));
    bench.end(id);
    CHECK(on_file(bench, "robin")[0].ended_us == ended_us);
    CHECK(on_file(bench, "casey").empty());
}

TEST_CASE("authorities on file: what is no authority is refused, and nothing of it is kept") {
    FamilyBench bench;
    auto const form = FamilyBench::form("robin", "casey");
    auto const changed = [&](auto const& change) {
        auto made = form;
        change(made);
        return refusal(bench, made);
    };
    CHECK(changed([](auto& made) { made.terms.kind = AuthorityKind::ParentOfMinor; }) ==
          "authority_kind_invalid");
    CHECK(changed([](auto& made) { made.terms.scopes.clear(); }) == "authority_scopes_missing");
    CHECK(changed([](auto& made) {
              made.terms.period = {Date{2026, 1, 2}, Date{2026, 1, 1}};
          }) == "authority_period_invalid");
    CHECK(changed([](auto& made) {
              made.terms.period.end = Date{2026, 1, 0};
          }) == "authority_period_invalid");
    CHECK(changed([](auto& made) { made.document.clear(); }) == "authority_document_invalid");
    CHECK(changed([](auto& made) { made.document = "Folder\n12"; }) == "authority_document_invalid");
    CHECK(changed([](auto& made) { made.representative = PatientId("robin"); }) == "not_for_oneself");
    CHECK(changed([](auto& made) { made.representative = PatientId("nobody"); }) == "member_not_found");
    CHECK(changed([](auto& made) { made.patient = PatientId("nobody"); }) == "member_not_found");
    CHECK(changed([](auto& made) { made.representative = PatientId(); }) == "representative_invalid");
    CHECK(changed([](auto& made) { made.name = {"Pat", "Example"}; }) == "representative_invalid");
    auto const person = [&](auto const& change) {
        return changed([&](auto& made) {
            made.representative = PatientId();
            made.name = {"Pat", "Example"};
            made.birth_date = Date{1960, 1, 2};
            change(made);
        });
    };
    CHECK(person([](auto& made) { made.birth_date = Date{1960, 1, 0}; }) == "representative_invalid");
    CHECK(person([](auto& made) { made.name.given.clear(); }) == "representative_invalid");
    CHECK(person([](auto& made) { made.phone = "911"; }) == "representative_invalid");
    CHECK(person([](auto& made) { made.phone = "900-555-0100"; }) == "representative_invalid");
    CHECK(on_file(bench, "robin").empty());
    CHECK(person([](auto&) {}).empty());
    for (std::int64_t i = 1; i < AuthorityBook::of_member_max; ++i)
        CHECK(refusal(bench, form).empty());
    CHECK(refusal(bench, form) == "authorities_many");
}

TEST_CASE(
    "authorities on file: neither who speaks, nor for whom, nor in what stands in the database in clear") {
    FamilyBench bench;
    auto form = FamilyBench::form("robin", "");
    form.name = {"Pat", "Unmistakable"};
    form.birth_date = Date{1960, 1, 2};
    form.phone = "617-555-0199";
    form.document = "Folder 77";
    bench.enter(form);
    auto const sealed = must(bench.store->read<Bytes>([](storage::Database& database) -> Result<Bytes> {
        auto query = TRY(database.prepare("SELECT sealed FROM authority"));
        TRY(query.step());
        return query.blob(0);
    }));
    std::string const text(as_text(sealed));
    for (auto const* word :
         {"robin", "Pat", "Unmistakable", "1960", "0199", "Folder", "claims", "authorized"})
        CHECK(text.find(word) == std::string::npos);
}

TEST_CASE("authorities on file: a row that somebody has moved to another member speaks for nobody") {
    FamilyBench bench;
    auto const id = bench.enter(FamilyBench::form("robin", "casey"));
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        auto update = TRY(database.prepare("UPDATE authority SET patient_hash = $1"));
        update.bind(1, ByteView(patient_hash(*bench.vault, PatientId("alex"))));
        return update.run();
    }));
    CHECK(on_file(bench, "alex").empty());
    SpokenCall call(bench, "alex");
    CHECK(call.speakers().empty());
    CHECK(call.choose(id) == "no_authority");
    // Under another's id it does not open.
    auto const other = bench.enter(FamilyBench::form("robin", "casey"));
    bench.run("UPDATE authority SET sealed = (SELECT sealed FROM authority WHERE id = '" + id +
              "') WHERE id = '" + other + "'");
    auto const moved = bench.store->read<std::vector<AuthorityRecord>>([&](storage::Database& database) {
        return AuthorityBook(*bench.vault, bench.clock).of_member(database, PatientId("robin"));
    });
    CHECK(moved.has_error());
}
