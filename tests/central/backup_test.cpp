#include "tests/central/serving_bench.h"

using namespace portico;
using namespace portico::central;
using test::ServingBench;

namespace {
int run(int (*command)(std::span<std::string const>), std::vector<std::string> const& args) {
    return command(args);
}

/// `restore` into a folder, and into an empty database where the backup is of one.
int restore(std::filesystem::path const& data, std::string const& from, std::string const& keys) {
    std::vector<std::string> args{"--data", data.string(), "--from", from, "--keys", keys};
    test::ScratchDatabase const target;
    if (!target.server_address().empty())
        args.insert(args.end(), {"--database", target.server_address()});
    return restore_command(args);
}
} // namespace

TEST_CASE("backup: one taken while central serves is restored elsewhere, with its terminals and its audit") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    auto const cursor =
        api::from_json<api::ChangesPage>(bench.call(terminal, ServingBench::get("/v1/changes")).body,
                                         api::UnknownFields::Refuse)
            .value()
            .cursor;
    auto const to = (bench.folder.path / "backup").string();
    auto const keys = (bench.data / "keys").string();
    REQUIRE(run(backup_command, {"--data", bench.data.string(), "--to", to}) == 0);
    CHECK_FALSE(std::filesystem::exists(bench.folder.path / "backup" / "keys"));
    CHECK(run(backup_command, {"--data", bench.data.string(), "--to", to}) == 1); // not over another

    auto const restored = bench.folder.path / "restored";
    REQUIRE(restore(restored, to, keys) == 0);
    bench.data = restored;
    bench.start();
    auto const page = bench.call(terminal, ServingBench::get("/v1/changes?after=" + cursor));
    REQUIRE(page.status == 200);
    CHECK(page.body.find("\"restart\":true") != std::string::npos);
    auto const verdict = bench.core()
                             .store
                             ->read<AuditVerdict>([&](storage::Database& database) {
                                 return verify_audit(*bench.core().audit, database, "");
                             })
                             .value();
    CHECK(verdict.faults.empty());
}

TEST_CASE("restore: never over a folder that is used or served, and not without keys") {
    ServingBench bench;
    auto const to = (bench.folder.path / "backup").string();
    auto const keys = (bench.data / "keys").string();
    REQUIRE(run(backup_command, {"--data", bench.data.string(), "--to", to}) == 0);
    CHECK(restore(bench.data, to, keys) == 1);
    CHECK(restore(bench.folder.path / "x", to, to) == 1);
    CHECK(restore(bench.folder.path / "x", keys, keys) == 1);
    CHECK_FALSE(std::filesystem::exists(bench.folder.path / "x"));
    CHECK(bench.call(bench.enroll(), ServingBench::get("/v1/changes")).status == 200);
}

TEST_CASE("serve: a second central on the same folder does not start") {
    ServingBench bench;
    Serving::Options const options{{"127.0.0.1", 0}, std::nullopt, {}};
    auto const second = Serving::start(bench.data, bench.clock, options);
    REQUIRE(second.has_error());
    CHECK(second.error().reason == "already_serving");
}

TEST_CASE("serve: a typing error in the configuration stops the start and is named with its line") {
    ServingBench bench;
    bench.serving.reset();
    std::ofstream(bench.data / "central.toml", std::ios::app) << "prot = 2\n";
    Serving::Options const options{{"127.0.0.1", 0}, std::nullopt, {}};
    auto const second = Serving::start(bench.data, bench.clock, options);
    REQUIRE(second.has_error());
    CHECK(second.error().message.find("unknown key text.prot") != std::string::npos);
}

TEST_CASE("serve: the server certificate is made anew when it nears its end, and keeps its key") {
    ServingBench bench;
    auto const pin = bench.core().identity.server_key.public_key_pin();
    auto const first = bench.core().identity.server_certificate_pem;
    bench.start();
    CHECK(bench.core().identity.server_certificate_pem == first);
    bench.clock.advance(std::chrono::hours(24 * 380));
    bench.start();
    CHECK(bench.core().identity.server_certificate_pem != first);
    CHECK(bench.core().identity.server_key.public_key_pin() == pin);
}
