#include "tests/sim/sim_base.h"

#include "central/core.h"
#include "central/import/import_run.h"
#include "central/sample/known_people.h"
#include "central/sample/sample.h"
#include "tests/support/must.h"
#include "tests/support/places.h"

#include <cstdlib>
#include <fstream>

namespace portico::test {

namespace {

constexpr int terminal_count = 3;

void import_small_plan(central::Core& core, std::filesystem::path const& folder) {
    central::sample::SampleOptions sample;
    sample.out_dir = folder.string();
    sample.members = 1;
    sample.seed = 3;
    sample.today = Date{2026, 11, 20};
    must(central::sample::write_sample(sample, [](central::sample::SampleCounts const&) {}));
    must(central::run_import(*core.store, core.vault, must(central::source_files({sample.out_dir})), {}));
}

SimBase::Terminal enroll(central::Core& core) {
    auto const key = crypto::PrivateKey::generate();
    SimBase::Terminal made;
    must(core.operate("terminal_add", "", [&](storage::Database& database) -> Result<void> {
        auto const invitation = TRY(core.terminals->invite(database, "Sim", "kiosk"));
        auto const enrolled = TRY(core.terminals->enroll(
            database,
            {std::string(invitation.code.reveal()), crypto::make_certificate_request(key, "sim"), "kiosk"},
            core.identity.authority));
        made.id = enrolled.id;
        made.fingerprint = TRY(crypto::read_certificate(enrolled.certificate_pem)).fingerprint;
        return ok();
    }));
    return made;
}

std::pair<std::string, std::int64_t> listings(central::Core& core) {
    return must(core.store->read<std::pair<std::string, std::int64_t>>(
        [](storage::Database& database) -> Result<std::pair<std::string, std::int64_t>> {
            auto query = TRY(database.prepare(
                "SELECT min(id), count(*) FROM plan_published WHERE kind = 'provider' AND removed = 0"));
            TRY(query.step());
            return std::pair(query.text(0), query.integer(1));
        }));
}

} // namespace

SimBase& SimBase::ours() {
    static SimBase base;
    return base;
}

SimBase::SimBase() {
    ::setenv("PORTICO_ASSETS", (source_dir() + "/assets").c_str(), 1);
    crypto::initialise();
    now_ = SystemClock().now();
    ManualClock clock(now_);
    std::filesystem::create_directories(central());
    std::ofstream(central() / "central.toml")
        << central::settings_text("Testville Health Plan", {"localhost"}, "");
    must(central::Vault::create(central()));
    must(central::create_identity(central(), "Testville Health Plan", now_));
    auto const core = must(central::Core::open({central(), ""}, clock));
    import_small_plan(*core, folder_.path / "sample");
    std::tie(listing_, provider_count_) = listings(*core);
    for (int count = 0; count < terminal_count; ++count)
        terminals_.push_back(enroll(*core));
    TestTerminal desk(*core->services, terminals_.front().id.text());
    namespace known = central::sample::known;
    member_ = open_account(*core->services, desk, PatientId(std::string(known::alex_patient_id)),
                           std::string(known::alex_birth_date), "CARD-1001");
    sealing_key_ = core->vault.sealing.public_key;
}

} // namespace portico::test
