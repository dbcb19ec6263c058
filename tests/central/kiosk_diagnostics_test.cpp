#include "central/terminals/kiosk_diagnostics.h"

#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "tests/central/serving_bench.h"
#include "tests/support/must.h"

#include <functional>
#include <string>
#include <vector>

using namespace portico;
using namespace portico::central;
using test::must;
using test::ServingBench;

namespace {

api::KioskDiagnostics well_kiosk() {
    return {.at = "2026-03-12T15:20:00.000000Z",
            .devices = {{TestedPart::SecurityKey, TestOutcome::Works},
                        {TestedPart::CardPrinter, TestOutcome::Faulty}},
            .network = {.central = api::CentralSeen::Answers,
                        .since = "2026-03-12T09:41:00Z",
                        .last_sync = "",
                        .central_ahead_s = -4},
            .disk = {.free = 11'400'000'000, .size = 16'000'000'000, .outbox = 49'152, .reference_data = -1},
            .versions = {.build = "0123456789abcdef0123456789abcdef01234567",
                         .reference_data = "1.0192f0c1-0000-7000-8000-000000000001.48211.12.7",
                         .providers = 18'240},
            .queue = {.waiting = 2, .refused = 0, .sent = 214, .cards_open = 0, .prints_unknown = 1},
            .faults = {{"central_silent", "2026-03-12T09:40:00Z", "2026-03-12T15:21:00Z", 3}}};
}

/// A kiosk's diagnostics with one thing changed.
std::string verdict_with(std::function<void(api::KioskDiagnostics&)> const& change) {
    auto told = well_kiosk();
    change(told);
    auto const checked = check_diagnostics(told);
    return checked.has_value() ? "ok" : checked.error().reason + " " + checked.error().message;
}

std::size_t count_all(Core& core) {
    return must(core.store->read<std::size_t>([](storage::Database& database) -> Result<std::size_t> {
        auto query = TRY(database.prepare("SELECT count(*) FROM terminal_diagnostics"));
        TRY(query.step());
        return static_cast<std::size_t>(query.integer(0));
    }));
}

/// Central's store, and time as the test has it.
struct KeptBench {
    std::vector<KeptDiagnostics> of(char const* terminal) {
        return must(core().store->read<std::vector<KeptDiagnostics>>([&](storage::Database& database) {
            return diagnostics_of(database, clock, TerminalId(terminal));
        }));
    }
    void keep(char const* terminal, std::int64_t waiting) {
        auto told = well_kiosk();
        told.queue.waiting = waiting;
        must(core().store->write([&](storage::Database& database) {
            return keep_diagnostics(database, clock, TerminalId(terminal), told);
        }));
    }
    Core& core() { return bench.core(); }

    ServingBench bench;
    ManualClock clock{from_micros(1'790'000'000'000'000)};
};

std::int64_t waiting_in(KeptDiagnostics const& kept) {
    return must(api::from_json<api::KioskDiagnostics>(kept.json, api::UnknownFields::Refuse)).queue.waiting;
}

} // namespace

TEST_CASE("kiosk diagnostics: what a kiosk can have to tell is taken") {
    CHECK(check_diagnostics(well_kiosk()).has_value());
    CHECK(check_diagnostics({.at = "2026-03-12T15:20:00Z"}).has_value());
}

TEST_CASE("kiosk diagnostics: no field takes a free text, so that none can hold anything of a member") {
    auto const refused = [](char const* field) {
        return std::string("diagnostics_invalid not what a kiosk tells of itself: ") + field;
    };
    for (std::string const text : {"Quillontra Zephyrwood", "77 Marzipan Crescent", "alex@example.org",
                                   "617 555 0142", "W-000-001", "A B"}) {
        INFO(text);
        CHECK(verdict_with([&](auto& told) { told.at = text; }) == refused("at"));
        CHECK(verdict_with([&](auto& told) { told.network.since = text; }) == refused("network.since"));
        CHECK(verdict_with([&](auto& told) { told.network.last_sync = text; }) ==
              refused("network.last_sync"));
        CHECK(verdict_with([&](auto& told) { told.versions.build = text; }) == refused("versions.build"));
        CHECK(verdict_with([&](auto& told) { told.versions.release = text; }) == refused("versions.release"));
        CHECK(verdict_with([&](auto& told) { told.versions.reference_data = text; }) ==
              refused("versions.reference_data"));
        CHECK(verdict_with([&](auto& told) { told.faults.at(0).reason = text; }) == refused("faults"));
        CHECK(verdict_with([&](auto& told) { told.faults.at(0).first = text; }) == refused("faults"));
        CHECK(verdict_with([&](auto& told) { told.faults.at(0).last = text; }) == refused("faults"));
    }
    CHECK(verdict_with([](auto& told) { told.faults.at(0).reason = ""; }) == refused("faults"));
    CHECK(verdict_with([](auto& told) { told.faults.at(0).reason = std::string(65, 'a'); }) ==
          refused("faults"));
    CHECK(verdict_with([](auto& told) { told.faults.at(0).count = 0; }) == refused("faults"));
    CHECK(verdict_with([](auto& told) {
              told.faults.resize(api::kiosk_faults_max + 1, told.faults.at(0));
          }) == refused("faults"));
    CHECK(verdict_with([](auto& told) { told.devices.resize(tested_parts.size() + 1); }) ==
          refused("devices"));
    CHECK(verdict_with([](auto& told) { told.versions.build = std::string(65, 'a'); }) ==
          refused("versions.build"));
}

TEST_CASE("kiosk diagnostics: of each kiosk the newest twenty are kept, for thirty days") {
    KeptBench bench;
    for (std::int64_t i = 0; i < diagnostics_of_terminal_max + 5; ++i) {
        bench.keep("kiosk-a", i);
        bench.clock.advance(std::chrono::minutes(1));
    }
    bench.keep("kiosk-b", 77);
    auto const of_a = bench.of("kiosk-a");
    REQUIRE(of_a.size() == diagnostics_of_terminal_max);
    CHECK(waiting_in(of_a.front()) == diagnostics_of_terminal_max + 4);
    CHECK(waiting_in(of_a.back()) == 5);
    REQUIRE(bench.of("kiosk-b").size() == 1);
    CHECK(waiting_in(bench.of("kiosk-b").front()) == 77);
    CHECK(bench.of("kiosk-c").empty());

    // Half an hour before its time the last is there still; after it nobody is shown it, and it goes.
    bench.clock.advance(std::chrono::hours(24 * diagnostics_kept_days) - std::chrono::minutes(30));
    CHECK(bench.of("kiosk-b").size() == 1);
    bench.clock.advance(std::chrono::hours(1));
    CHECK(bench.of("kiosk-b").empty());
    CHECK(count_all(bench.core()) == diagnostics_of_terminal_max + 1);
    must(bench.core().store->write(
        [&](storage::Database& database) { return purge_diagnostics(database, bench.clock.now()); }));
    CHECK(count_all(bench.core()) == 0);
}
