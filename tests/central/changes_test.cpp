#include "central/changes/change_feed.h"
#include "central/changes/cursor.h"
#include "central/changes/work_news.h"
#include "central/store/counter.h"
#include "tests/central/store_of_test.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <atomic>

using namespace portico;
using namespace portico::central;

namespace {

/// Twelve providers that came in this order.
class TwelveProviders final : public ReferenceSource {
public:
    Result<ReferenceChanges> after(storage::Database&, std::int64_t sequence, int limit) override {
        ReferenceChanges changes;
        for (auto at = sequence + 1; at <= 12; ++at) {
            if (changes.items.size() == static_cast<std::size_t>(limit)) {
                changes.more = true;
                break;
            }
            ProviderListing listing;
            listing.id = "p" + std::to_string(at);
            changes.items.push_back({at, listing, std::nullopt, std::nullopt});
        }
        return changes;
    }
    Result<std::int64_t> last(storage::Database&) override { return 12; }
};

struct FeedBench {
    FeedBench() : clock(from_micros(1'800'000'000'000'000)) {
        auto database = scratch.connect();
        migrate_counters(database).value();
        ChangeFeed::migrate(database).value();
        store = Store::open(test::address_of(scratch)).value();
        feed.emplace(clock, *store, &providers);
    }
    void put(std::string const& id) {
        store
            ->write([&](storage::Database& database) {
                return feed->put(database,
                                 api::Notice{id, "all", "notice", "Text " + id, "Texto " + id, "", ""});
            })
            .value();
    }
    void remove(std::string const& id) {
        store->write([&](storage::Database& database) { return feed->remove(database, "notice", id); })
            .value();
    }
    void tell(std::string const& terminal, std::string const& ticket) {
        store
            ->write([&](storage::Database& database) {
                return feed->tell(database, TerminalId(terminal), {"account_unlocked", ticket});
            })
            .value();
    }
    api::ChangesPage page(std::string const& after, int limit = 500, std::string const& terminal = "t1") {
        return feed->page({TerminalId(terminal), false}, after, limit).value();
    }
    api::ChangesPage desk_page(std::string const& after, int limit = 500) {
        return feed->page({TerminalId("desk"), true}, after, limit).value();
    }
    void change_work() {
        store->write([](storage::Database& database) { return note_work_changed(database); }).value();
    }

    test::ScratchDatabase scratch;
    ManualClock clock;
    TwelveProviders providers;
    std::unique_ptr<Store> store;
    std::optional<ChangeFeed> feed;
};

} // namespace

TEST_CASE("changes: a new terminal copies everything in pages and then has nothing more") {
    FeedBench bench;
    bench.put("n1");
    bench.put("n2");
    std::string cursor;
    std::vector<std::string> ids;
    int pages = 0;
    while (true) {
        auto const page = bench.page(cursor, 5);
        CHECK(page.restart == cursor.empty());
        CHECK(page.changes.size() <= 5);
        for (auto const& change : page.changes)
            ids.push_back(change.notice ? change.notice->id : change.provider->id);
        cursor = page.cursor;
        ++pages;
        if (!page.more)
            break;
    }
    CHECK(pages == 3);
    CHECK(ids.size() == 14);
    CHECK(ids.front() == "n1");
    CHECK(ids.back() == "p12");
    CHECK(bench.page(cursor).changes.empty());
    CHECK(bench.page(cursor).cursor == cursor);
}

TEST_CASE("changes: a change replaced before it was fetched comes once, in its newest form") {
    FeedBench bench;
    auto const start = bench.page("").cursor;
    bench.put("n1");
    bench.put("n2");
    bench.put("n1");
    auto const page = bench.page(start);
    REQUIRE(page.changes.size() == 2);
    CHECK(page.changes[0].notice->id == "n2");
    CHECK(page.changes[1].notice->id == "n1");
}

TEST_CASE("changes: each change's own cursor continues behind it") {
    FeedBench bench;
    auto const start = bench.page("").cursor;
    bench.put("n1");
    bench.put("n2");
    auto const page = bench.page(start);
    REQUIRE(page.changes.size() == 2);
    auto const rest = bench.page(page.changes[0].cursor);
    REQUIRE(rest.changes.size() == 1);
    CHECK(rest.changes[0].notice->id == "n2");
}

TEST_CASE("changes: a removal reaches whoever had the thing") {
    FeedBench bench;
    bench.put("n1");
    auto const have = bench.page("").cursor;
    bench.remove("n1");
    auto const page = bench.page(have);
    REQUIRE(page.changes.size() == 1);
    CHECK(page.changes[0].removed->kind == "notice");
    CHECK(page.changes[0].removed->id == "n1");
}

TEST_CASE("changes: a cursor that is none of ours, of another generation or too old starts over") {
    FeedBench bench;
    bench.put("n1");
    auto const have = bench.page("").cursor;
    for (auto const* broken : {"x", "1.aaaa.0.0", "1.aaaa.0.0.0", "2.aaaa.0.0.0", "1.aaaa.-1.0.0",
                               "1.aaaa.0.0.0.0", "1.aaaa.0.0.0.-1", "1.aaaa.0.0.0.0.0"})
        CHECK(bench.page(broken).restart);
    CHECK_FALSE(bench.page(have).restart);

    auto const old = have;
    bench.put("n2");
    bench.remove("n2");
    bench.clock.advance(std::chrono::hours(24 * 91));
    bench.put("n3"); // forgets removals older than 90 days
    CHECK(bench.page(old).restart);

    auto const fresh = bench.page("").cursor;
    bench.store->write([](storage::Database& database) { return ChangeFeed::renew_generation(database); })
        .value();
    CHECK(bench.page(fresh).restart);
}

TEST_CASE("changes: desks are told that work has changed, once however often it did, kiosks are not") {
    FeedBench bench;
    bench.change_work(); // before there was a desk: its first list has it
    auto const kiosk = bench.page("").cursor;
    auto const desk = bench.desk_page("").cursor;
    CHECK(bench.desk_page(desk).changes.empty());
    bench.change_work();
    bench.change_work();
    CHECK(bench.page(kiosk).changes.empty());
    auto const told = bench.desk_page(desk);
    REQUIRE(told.changes.size() == 1);
    REQUIRE(told.changes[0].event.has_value());
    CHECK(told.changes[0].event->event == "work_changed");
    CHECK(bench.desk_page(told.cursor).changes.empty());
    bench.change_work();
    CHECK(bench.desk_page(told.cursor).changes.size() == 1);
    SECTION("a full page keeps it for the next") {
        bench.put("n1");
        auto const first = bench.desk_page(told.cursor, 1);
        REQUIRE(first.changes.size() == 1);
        CHECK(first.more);
        auto const next = bench.desk_page(first.cursor, 1);
        REQUIRE(next.changes.size() == 1);
        CHECK(next.changes[0].event.has_value() != first.changes[0].event.has_value());
        CHECK(bench.desk_page(next.cursor).changes.empty());
    }
}

TEST_CASE("changes: a kiosk's cursor is one that every version of central reads, a desk's comes back whole") {
    CHECK(to_text(Cursor{"aaaa", 1, 2, 3}) == "1.aaaa.1.2.3");
    Cursor const desk{"aaaa", 1, 2, 3, 4};
    CHECK(parse_cursor(to_text(desk)) == desk);
    CHECK(parse_cursor("1.aaaa.1.2.3") == Cursor{"aaaa", 1, 2, 3});
}

TEST_CASE("changes: an event reaches its own terminal once, and is gone when its time is over") {
    FeedBench bench;
    auto const mine = bench.page("", 500, "t1").cursor;
    auto const other = bench.page("", 500, "t2").cursor;
    bench.tell("t1", "ticket-1");
    CHECK(bench.page(other, 500, "t2").changes.empty());
    auto const page = bench.page(mine, 500, "t1");
    REQUIRE(page.changes.size() == 1);
    CHECK(page.changes[0].event->ticket == "ticket-1");
    CHECK(bench.page(page.cursor, 500, "t1").changes.empty());

    bench.tell("t1", "ticket-2");
    bench.clock.advance(std::chrono::seconds(ChangeFeed::event_window_s + 1));
    CHECK(bench.page(page.cursor, 500, "t1").changes.empty());
    bench.tell("t2", "ticket-3"); // a later one clears what is over
    auto const left =
        bench.store->read<std::int64_t>([](storage::Database& database) -> Result<std::int64_t> {
            auto query = TRY(database.prepare("SELECT count(*) FROM terminal_event"));
            TRY(query.step());
            return query.integer(0);
        });
    CHECK(left.value() == 1);
}

TEST_CASE("changes: a notice without its Spanish text is not published") {
    FeedBench bench;
    auto const outcome = bench.store->write([&](storage::Database& database) {
        return bench.feed->put(database, api::Notice{"n", "all", "notice", "English only", "", "", ""});
    });
    CHECK(outcome.error().reason == "notice_invalid");
    CHECK(bench.feed->page({TerminalId("t"), false}, "", 500).value().changes.size() == 12);
}

TEST_CASE("changes: a write by another connection is noticed without a hint") {
    FeedBench bench;
    std::mutex guard;
    std::condition_variable noticed;
    int news = 0;
    bench.feed->watch(
        [&](NewsFor const&) -> Result<void> {
            std::lock_guard const lock(guard);
            ++news;
            noticed.notify_all();
            return ok();
        },
        [](Error const& failed) { FAIL(failed.message); });
    std::unique_lock lock(guard);
    auto const more_than = [&](int before) {
        return noticed.wait_for(lock, std::chrono::seconds(30), [&] { return news > before; });
    };
    REQUIRE(more_than(0)); // the first look
    auto const before = news;
    lock.unlock();
    auto other = bench.scratch.connect();
    next_count(other, "notices").value();
    lock.lock();
    CHECK(more_than(before));
    lock.unlock();
    bench.feed->stop_watching();
}

TEST_CASE("changes: news that could not be taken in is there again at the next look, and counts as unseen") {
    FeedBench bench;
    std::atomic<bool> broken = true;
    std::atomic<int> failures = 0;
    bench.feed->watch(
        [&](NewsFor const&) -> Result<void> {
            if (broken)
                return error(ErrorKind::Unavailable, "database_unavailable");
            return ok();
        },
        [&](Error const&) { ++failures; });
    REQUIRE(test::eventually([&] { return failures >= 3; }));
    CHECK(bench.feed->last_look() == MonoTime{});
    broken = false;
    CHECK(test::eventually([&] { return bench.feed->last_look() == bench.clock.monotonic(); }));
    bench.feed->stop_watching();
}

TEST_CASE("changes: an event wakes its own terminal, work all desks, a notice everybody") {
    FeedBench bench;
    std::mutex guard;
    std::condition_variable noticed;
    std::vector<NewsFor> news;
    bench.feed->watch(
        [&](NewsFor const& each) -> Result<void> {
            std::lock_guard const lock(guard);
            news.push_back(each);
            noticed.notify_all();
            return ok();
        },
        [](Error const& failed) { FAIL(failed.message); });
    std::size_t seen = 0;
    auto const next = [&] {
        std::unique_lock lock(guard);
        REQUIRE(noticed.wait_for(lock, std::chrono::seconds(30), [&] { return news.size() > seen; }));
        return news[seen++];
    };
    auto const write = [&](auto const& change) {
        REQUIRE(bench.store->write(change).has_value());
        bench.feed->hint();
        return next();
    };
    auto const tell = [&](char const* terminal) {
        return write([&bench, terminal](storage::Database& database) {
            return bench.feed->tell(database, TerminalId(terminal), {"case_changed", ""});
        });
    };
    TerminalId const desk("desk-1");
    TerminalId const other("desk-2");
    CHECK(next().everybody); // the first look knows of nothing before
    tell("desk-0");          // the first event there ever was
    auto const event = tell("desk-1");
    CHECK(event.concerns(desk, true));
    CHECK_FALSE(event.concerns(other, true));
    CHECK_FALSE(event.concerns(TerminalId("desk-0"), true));                        // it had its own before
    write([](storage::Database& database) { return note_work_changed(database); }); // the first
    auto const work = write([](storage::Database& database) { return note_work_changed(database); });
    CHECK(work.concerns(other, true));
    CHECK_FALSE(work.concerns(TerminalId("kiosk-1"), false));
    auto const notice = write([&](storage::Database& database) {
        return bench.feed->put(database, api::Notice{"n", "all", "notice", "English", "Spanish", "", ""});
    });
    CHECK(notice.concerns(TerminalId("kiosk-1"), false));
    bench.feed->stop_watching();
}
