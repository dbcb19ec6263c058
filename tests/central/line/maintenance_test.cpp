#include "central/line/silence_watch.h"
#include "central/line/waiting_line.h"
#include "shared/base/uuid.h"
#include "tests/central/serving_bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("held calls: central's own look brings back what was not put through, with an audit record") {
    ServingBench bench;
    auto& core = bench.core();
    std::string id;
    must(core.store->write([&](storage::Database& database) -> Result<void> {
        HeldCallRows const rows(core.vault, bench.clock);
        TerminalId const system("switch");
        TRY(TelephoneSystems(bench.clock).hear(database, system, 1));
        id = TRY(rows.add(database, system, {"a", "+16175550177", "es", to_micros(bench.clock.now())})).id;
        TRY(rows.set_taken(database, id, StaffId("gone"), "201"));
        return database.execute("UPDATE line_held_call SET taken_us = 1");
    }));
    must(core.return_overdue_call_backs());
    must(core.return_overdue_call_backs());
    std::string state;
    int records = 0;
    must(core.store->read<void>([&](storage::Database& database) -> Result<void> {
        state = TRY(HeldCallRows(core.vault, bench.clock).find(database, id))->state;
        return core.audit->each_record(database,
                                       [&](std::string const&, std::int64_t, ByteView,
                                           std::optional<AuditRecord> const& record) -> Result<void> {
                                           if (record && record->action == "held_call_returned") {
                                               ++records;
                                               CHECK(record->fields.at(0) == "held_call:" + id);
                                           }
                                           return ok();
                                       });
    }));
    CHECK(state == "waiting");
    CHECK(records == 1);
}

TEST_CASE("line: central's own look brings back what a desk that died had taken, with an audit record") {
    ServingBench bench;
    auto& core = bench.core();
    auto const id = make_uuid_v7(bench.clock);
    must(core.store->write([&](storage::Database& database) -> Result<void> {
        CallBackRows const rows(core.vault, bench.clock);
        TRY(rows.add(database, {id, TerminalId("kiosk-1"), "+16175550142", PatientId(), "en", "other"}, 1,
                     std::nullopt));
        TRY(rows.set_taken(database, id, StaffId("gone"), make_uuid_v7(bench.clock)));
        return database.execute("UPDATE line_call_back SET taken_us = 1");
    }));
    must(core.return_overdue_call_backs());
    must(core.return_overdue_call_backs());
    std::string state;
    int records = 0;
    must(core.store->read<void>([&](storage::Database& database) -> Result<void> {
        auto const found = TRY(CallBackRows(core.vault, bench.clock).find(database, id));
        state = found->state;
        return core.audit->each_record(database,
                                       [&](std::string const&, std::int64_t, ByteView,
                                           std::optional<AuditRecord> const& record) -> Result<void> {
                                           if (record && record->action == "call_back_returned") {
                                               ++records;
                                               CHECK(record->fields.at(0) == "call_back:" + id);
                                           }
                                           return ok();
                                       });
    }));
    CHECK(state == "waiting");
    CHECK(records == 1);
}

TEST_CASE(
    "held calls: desks hear that a telephone system fell silent when it does, and not at the next look") {
    ServingBench bench;
    ChangeFeed::Puller const desk{TerminalId("desk"), true};
    auto const cursor = must(bench.core().changes->page(desk, "", 10)).cursor;
    auto const heard = bench.clock.now() - std::chrono::seconds(TelephoneSystems::heard_within_s - 2);
    must(bench.core().store->write([&](storage::Database& database) -> Result<void> {
        TRY(TelephoneSystems(bench.clock).hear(database, TerminalId("switch"), 1));
        auto update = TRY(database.prepare("UPDATE line_telephone SET heard_us = $1"));
        return update.bind(1, to_micros(heard)).run();
    }));
    // A central that starts finds it heard of. Nobody tells it anything from now on.
    bench.start();
    auto const news = [&] {
        std::string all;
        for (auto const& each : must(bench.core().changes->page(desk, cursor, 10)).changes)
            all += each.event ? each.event->event : "";
        return all;
    };
    REQUIRE(eventually([&] { return !news().empty(); }));
    CHECK(bench.clock.now() >= heard + std::chrono::seconds(TelephoneSystems::heard_within_s));
    CHECK(news() == "work_changed");
}
