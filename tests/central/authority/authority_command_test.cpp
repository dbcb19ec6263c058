#include "central/authority/authority_book.h"
#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "central/plan/plan_writer.h"
#include "tests/central/cases/cases_bench.h"
#include "tests/support/places.h"
#include "tests/support/scratch_folder.h"

#include <cstdlib>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// A data folder with two members.
struct BackOffice {
    BackOffice() {
        ::setenv("PORTICO_ASSETS", (source_dir() + "/assets").c_str(), 1);
        std::vector<std::string> const args{"--data", data(), "--plan-name", "Testville Health Plan"};
        REQUIRE(init_command(args) == exit_done);
        auto core = open();
        for (auto const* id : {"robin", "casey"}) {
            MemberRecord record;
            record.member = sample_member(id, {id, "Sample"}, "1990-01-01", "02103", std::string("M-") + id);
            auto const prepared = prepare(record, {1, 1}, core->vault);
            must(core->store->write([&](storage::Database& database) -> Result<void> {
                auto writer = TRY(PlanWriter::begin(database));
                TRY(writer.apply(prepared));
                return writer.finish();
            }));
        }
    }
    std::string data() const { return (folder.path / "data").string(); }
    std::unique_ptr<Core> open() { return must(Core::open({folder.path / "data", ""}, clock)); }
    int run(std::vector<std::string> args) const {
        args.insert(args.end(), {"--data", data()});
        return authority_command(args);
    }
    int add(std::vector<std::string> const& more) const {
        std::vector<std::string> args{"add", "--patient", "robin", "--document", "Folder 12"};
        args.insert(args.end(), more.begin(), more.end());
        return run(std::move(args));
    }
    std::vector<AuthorityRecord> on_file() {
        auto core = open();
        return must(core->store->read<std::vector<AuthorityRecord>>([&](storage::Database& database) {
            return AuthorityBook(core->vault, clock).of_member(database, PatientId("robin"));
        }));
    }
    /// Of which the audit says that they were done.
    std::vector<std::string> audited() {
        auto core = open();
        std::vector<std::string> actions;
        must(core->store->read<void>([&](storage::Database& database) {
            return core->audit->each_record(database,
                                            [&](std::string const&, std::int64_t, ByteView,
                                                std::optional<AuditRecord> const& record) -> Result<void> {
                                                if (record->action.rfind("authority_", 0) == 0)
                                                    actions.push_back(record->action + " " + record->subject);
                                                return ok();
                                            });
        }));
        return actions;
    }

    ScratchFolder folder;
    SystemClock clock;
};

} // namespace

TEST_CASE("authority command: the back office enters one, looks at it and ends it, and the audit knows") {
    BackOffice office;
    REQUIRE(office.add({"--kind", "power_of_attorney", "--scope", "claims", "--scope", "contact", "--from",
                        "2026-01-01", "--until", "2099-12-31", "--representative", "casey"}) == exit_done);
    auto const entered = office.on_file();
    REQUIRE(entered.size() == 1);
    CHECK(entered[0].terms.kind == AuthorityKind::PowerOfAttorney);
    CHECK(entered[0].terms.scopes == std::vector{AuthorityScope::Claims, AuthorityScope::Contact});
    CHECK_FALSE(entered[0].terms.tells_sensitive);
    CHECK(office.run({"list", "--patient", "robin"}) == exit_done);
    CHECK(office.run({"end", entered[0].id}) == exit_done);
    CHECK(office.on_file().at(0).ended_us != 0);
    CHECK(office.audited() == std::vector<std::string>{"authority_add robin", "authority_list robin",
                                                       "authority_end " + entered[0].id});
}

TEST_CASE("authority command: what is no authority is refused, and a wrong word is wrong use") {
    BackOffice office;
    std::vector<std::string> const who{"--representative", "casey"};
    auto const with = [&](std::vector<std::string> args) {
        args.insert(args.end(), who.begin(), who.end());
        return office.add(args);
    };
    CHECK(with({"--kind", "parent_of_minor", "--scope", "claims"}) == exit_wrong_use);
    CHECK(with({"--kind", "legal_guardian", "--scope", "everything"}) == exit_wrong_use);
    CHECK(with({"--kind", "legal_guardian", "--scope", "claims", "--until", "2026-02-30"}) == exit_wrong_use);
    CHECK(with({"--kind", "legal_guardian"}) == exit_failed);
    CHECK(office.add({"--kind", "legal_guardian", "--scope", "claims"}) == exit_failed);
    CHECK(office.run({"end", "0192f0c1-0000-7000-8000-000000000001"}) == exit_failed);
    CHECK(office.run({"grant"}) == exit_wrong_use);
    CHECK(office.on_file().empty());
    CHECK(office.audited().empty());
}
