#include "central/changes/change_feed.h"

#include "central/changes/cursor.h"
#include "central/changes/work_news.h"
#include "central/store/counter.h"
#include "shared/api/json.h"
#include "shared/base/clock.h"
#include "shared/base/out_of_memory.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::size_t text_max = 2000;
constexpr char const* notice_feed = "notices";
constexpr char const* event_feed = "events";
constexpr char const* reference_feed = "reference"; // of no row: the source counts

Result<std::string> generation(storage::Database& database) {
    auto query = TRY(database.prepare("SELECT generation FROM feed_generation WHERE one = 1"));
    return TRY(query.step()) ? query.text(0) : std::string();
}

/// The last removal that is no longer kept.
Result<std::int64_t> oldest_kept(storage::Database& database) {
    auto query = TRY(database.prepare("SELECT forgotten FROM feed_generation WHERE one = 1"));
    return TRY(query.step()) ? query.integer(0) : 0;
}

Result<void> put_item(storage::Database& database, std::string const& kind, std::string const& id,
                      std::optional<std::string> const& body, std::int64_t now_us) {
    auto const sequence = TRY(next_count(database, notice_feed));
    auto upsert = TRY(database.prepare(
        "INSERT INTO feed_item (kind, id, sequence, body, changed_us) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (kind, id) DO UPDATE SET sequence = excluded.sequence, body = excluded.body,"
        " changed_us = excluded.changed_us"));
    return upsert.bind(1, kind).bind(2, id).bind(3, sequence).bind(4, body).bind(5, now_us).run();
}

/// Removals everybody had time to see.
Result<void> forget_removals(storage::Database& database, std::int64_t before_us) {
    auto last =
        TRY(database.prepare("SELECT max(sequence) FROM feed_item WHERE body IS NULL AND changed_us < $1"));
    last.bind(1, before_us);
    if (!TRY(last.step()) || last.is_null(0))
        return ok();
    auto const sequence = last.integer(0);
    last.reset();
    auto forget = TRY(database.prepare("DELETE FROM feed_item WHERE body IS NULL AND changed_us < $1"));
    TRY(forget.bind(1, before_us).run());
    auto remember = TRY(database.prepare("UPDATE feed_generation SET forgotten = $1 WHERE forgotten < $1"));
    return remember.bind(1, sequence).run();
}

Result<api::Change> read_item(storage::Statement const& row) {
    api::Change change;
    auto const kind = row.text(0);
    if (row.is_null(2))
        change.removed = api::Removed{kind, row.text(1)};
    else if (kind == "notice")
        change.notice = TRY(api::from_json<api::Notice>(row.text(2), api::UnknownFields::Ignore));
    else
        change.contact_way = TRY(api::from_json<api::ContactWay>(row.text(2), api::UnknownFields::Ignore));
    return change;
}

/// Fills one page part by part; each change carries the cursor that stands after it.
class Pager {
public:
    Pager(storage::Database& database, Cursor cursor, int limit)
        : database_(database), cursor_(std::move(cursor)), limit_(static_cast<std::size_t>(limit)) {}

    Result<void> reference(ReferenceSource& source) {
        if (room() == 0) {
            page.more = page.more || TRY(source.last(database_)) > cursor_.reference;
            return ok();
        }
        auto changes = TRY(source.after(database_, cursor_.reference, room()));
        page.more = page.more || changes.more;
        for (auto& item : changes.items) {
            cursor_.reference = item.sequence;
            api::Change change;
            change.provider = std::move(item.provider);
            change.plan = std::move(item.plan);
            change.removed = std::move(item.removed);
            add(std::move(change));
        }
        return ok();
    }

    Result<void> notices() {
        auto query =
            TRY(database_.prepare("SELECT kind, id, body, sequence FROM feed_item WHERE sequence > $1"
                                  " ORDER BY sequence LIMIT $2"));
        query.bind(1, cursor_.notices).bind(2, std::int64_t{room()} + 1);
        while (TRY(query.step())) {
            if (full())
                break;
            auto change = TRY(read_item(query));
            cursor_.notices = query.integer(3);
            add(std::move(change));
        }
        return ok();
    }

    Result<void> events(TerminalId const& terminal, std::int64_t now_us) {
        auto query = TRY(database_.prepare(
            "SELECT event, ticket, sequence FROM terminal_event WHERE terminal = $1 AND sequence > $2"
            " AND expires_us >= $3 ORDER BY sequence LIMIT $4"));
        query.bind(1, terminal.text())
            .bind(2, cursor_.events)
            .bind(3, now_us)
            .bind(4, std::int64_t{room()} + 1);
        while (TRY(query.step())) {
            if (full())
                break;
            api::Change change;
            change.event = api::TerminalEvent{query.text(0), query.text(1)};
            cursor_.events = query.integer(2);
            add(std::move(change));
        }
        return ok();
    }

    Result<void> work() {
        auto const last = TRY(last_count(database_, work_feed));
        if (last <= cursor_.work || full())
            return ok();
        cursor_.work = last;
        api::Change change;
        change.event = api::TerminalEvent{"work_changed", ""};
        add(std::move(change));
        return ok();
    }

    api::ChangesPage finish() {
        page.cursor = to_text(cursor_);
        return std::move(page);
    }

    api::ChangesPage page;

private:
    bool full() {
        bool const none_left = page.changes.size() >= limit_;
        page.more = page.more || none_left;
        return none_left;
    }
    int room() const { return static_cast<int>(limit_ - page.changes.size()); }
    void add(api::Change change) {
        change.cursor = to_text(cursor_);
        page.changes.push_back(std::move(change));
    }

    storage::Database& database_;
    Cursor cursor_;
    std::size_t limit_;
};

} // namespace

ChangeFeed::ChangeFeed(Clock& clock, Store& store, ReferenceSource* reference)
    : clock_(clock), store_(store), reference_(reference) {}

ChangeFeed::~ChangeFeed() {
    stop_watching();
}

void ChangeFeed::stop_watching() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

Result<void> ChangeFeed::migrate(storage::Database& database) {
    TRY(storage::migrate(database, "changes", {{"changes", 1, R"(
        CREATE TABLE feed_generation (
            one INTEGER PRIMARY KEY, generation TEXT NOT NULL, forgotten INTEGER NOT NULL) STRICT;
        CREATE TABLE feed_item (
            kind TEXT NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL, body TEXT,
            changed_us INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT;
        CREATE INDEX feed_item_sequence ON feed_item (sequence);
        CREATE TABLE terminal_event (
            terminal TEXT NOT NULL, sequence INTEGER NOT NULL, event TEXT NOT NULL, ticket TEXT NOT NULL,
            expires_us INTEGER NOT NULL, PRIMARY KEY (terminal, sequence)) STRICT;
    )"}}));
    if (TRY(generation(database)).empty())
        TRY(renew_generation(database));
    return ok();
}

Result<void> ChangeFeed::renew_generation(storage::Database& database) {
    auto upsert =
        TRY(database.prepare("INSERT INTO feed_generation (one, generation, forgotten) VALUES (1, $1, 0)"
                             " ON CONFLICT (one) DO UPDATE SET generation = excluded.generation"));
    return upsert.bind(1, to_hex(random_bytes(4))).run();
}

Result<api::ChangesPage> ChangeFeed::page(Puller const& puller, std::string const& after, int limit) {
    return store_.read<api::ChangesPage>([&](storage::Database& database) -> Result<api::ChangesPage> {
        auto const one_moment = TRY(storage::Transaction::begin_read(database));
        auto const current = TRY(generation(database));
        auto cursor = parse_cursor(after);
        bool const restart =
            !cursor || cursor->generation != current || cursor->notices < TRY(oldest_kept(database));
        if (restart) {
            auto const events = TRY(last_count(database, event_feed));
            auto const work = puller.is_desk ? TRY(last_count(database, work_feed)) : 0;
            cursor = Cursor{current, 0, 0, events, work};
        }
        Pager pager(database, *cursor, std::clamp(limit, 1, page_max));
        pager.page.restart = restart;
        // What concerns the open session first: it must not wait behind a directory's first copy.
        TRY(pager.events(puller.terminal, to_micros(clock_.now())));
        if (puller.is_desk)
            TRY(pager.work());
        TRY(pager.notices());
        if (reference_ != nullptr)
            TRY(pager.reference(*reference_));
        return pager.finish();
    });
}

Result<void> ChangeFeed::put(storage::Database& database, api::Notice const& notice) {
    bool const known =
        notice.severity == "notice" || notice.severity == "look_again" || notice.severity == "error";
    if (!known || notice.id.empty() || notice.function.empty() || notice.text_en.empty() ||
        notice.text_es.empty() || notice.text_en.size() > text_max || notice.text_es.size() > text_max)
        return error(ErrorKind::InvalidInput, "notice_invalid",
                     "a notice needs a function, a severity and its text in English and Spanish");
    auto const now_us = to_micros(clock_.now());
    TRY(forget_removals(database, now_us - removal_kept_days * 86'400 * second_us));
    return put_item(database, "notice", notice.id, api::to_json(notice), now_us);
}

Result<void> ChangeFeed::put(storage::Database& database, api::ContactWay const& way) {
    bool const known =
        way.kind == "phone" || way.kind == "web" || way.kind == "address" || way.kind == "hours";
    if (!known || way.id.empty() || way.value.empty() || way.label_en.empty() || way.label_es.empty() ||
        way.value.size() > text_max)
        return error(ErrorKind::InvalidInput, "contact_way_invalid",
                     "a contact way needs a kind (phone, web, address, hours), labels in English and "
                     "Spanish, a value");
    return put_item(database, "contact_way", way.id, api::to_json(way), to_micros(clock_.now()));
}

Result<void> ChangeFeed::remove(storage::Database& database, std::string const& kind, std::string const& id) {
    auto query =
        TRY(database.prepare("SELECT 1 FROM feed_item WHERE kind = $1 AND id = $2 AND body IS NOT NULL"));
    query.bind(1, kind).bind(2, id);
    if (!TRY(query.step()))
        return error(ErrorKind::NotFound, "change_unknown", "no " + kind + " has this id");
    query.reset();
    return put_item(database, kind, id, std::nullopt, to_micros(clock_.now()));
}

Result<void> ChangeFeed::tell(storage::Database& database, TerminalId const& terminal,
                              api::TerminalEvent const& event) {
    auto const now_us = to_micros(clock_.now());
    auto forget = TRY(database.prepare("DELETE FROM terminal_event WHERE expires_us < $1"));
    TRY(forget.bind(1, now_us).run());
    auto const sequence = TRY(next_count(database, event_feed));
    auto insert =
        TRY(database.prepare("INSERT INTO terminal_event (terminal, sequence, event, ticket, expires_us)"
                             " VALUES ($1, $2, $3, $4, $5)"));
    return insert.bind(1, terminal.text())
        .bind(2, sequence)
        .bind(3, event.event)
        .bind(4, event.ticket)
        .bind(5, now_us + event_window_s * second_us)
        .run();
}

Result<ChangeFeed::Listing> ChangeFeed::list(storage::Database& database) {
    auto query = TRY(
        database.prepare("SELECT kind, id, body FROM feed_item WHERE body IS NOT NULL ORDER BY kind, id"));
    Listing listing;
    while (TRY(query.step())) {
        auto change = TRY(read_item(query));
        if (change.notice)
            listing.notices.push_back(std::move(*change.notice));
        if (change.contact_way)
            listing.contact_ways.push_back(std::move(*change.contact_way));
    }
    return listing;
}

Result<ChangeFeed::Counters> ChangeFeed::counters() {
    return store_.read<Counters>([&](storage::Database& database) -> Result<Counters> {
        auto query = TRY(database.prepare("SELECT feed, last FROM feed_counter"));
        Counters all;
        while (TRY(query.step()))
            all[query.text(0)] = query.integer(1);
        if (reference_ != nullptr)
            all[reference_feed] = TRY(reference_->last(database));
        return all;
    });
}

Result<NewsFor> ChangeFeed::news_between(Counters const& seen, Counters const& now) {
    NewsFor news;
    std::optional<std::int64_t> events_after;
    for (auto const& [feed, last] : now) {
        auto const before = seen.find(feed);
        if (before != seen.end() && before->second == last)
            continue;
        if (before != seen.end() && feed == event_feed && before->second < last)
            events_after = before->second;
        else if (feed == work_feed)
            news.desks = true;
        else
            news.everybody = true; // that the counter went back, as after a restore, too
    }
    if (!events_after || news.everybody)
        return news;
    TRY(store_.read<bool>([&](storage::Database& database) -> Result<bool> {
        auto query =
            TRY(database.prepare("SELECT DISTINCT terminal FROM terminal_event WHERE sequence > $1"));
        query.bind(1, *events_after);
        while (TRY(query.step()))
            news.terminals.insert(TerminalId(query.text(0)));
        return true;
    }));
    return news;
}

void ChangeFeed::watch(std::function<Result<void>(NewsFor const&)> on_news,
                       std::function<void(Error const&)> on_failure) {
    on_news_ = std::move(on_news);
    on_failure_ = std::move(on_failure);
    thread_ = std::thread([this] { look_loop(); });
}

void ChangeFeed::hint() {
    {
        std::lock_guard const lock(guard_);
        hinted_ = true;
    }
    wake_.notify_all();
}

Result<void> ChangeFeed::look(Counters& seen) {
    auto const begun = clock_.monotonic();
    TRY(store_.check_still_serves());
    auto now = TRY(counters());
    if (now != seen) {
        auto const news = TRY(news_between(seen, now));
        ++news_;
        TRY(on_news_(news));
        seen = std::move(now);
    }
    last_look_ = begun;
    return ok();
}

void ChangeFeed::look_loop() {
    Counters seen;
    std::unique_lock lock(guard_);
    while (!stopping_) {
        wake_.wait_for(lock, std::chrono::milliseconds(look_period_ms), [&] { return hinted_ || stopping_; });
        hinted_ = false;
        lock.unlock();
        auto const looked = or_out_of_memory([&] { return look(seen); });
        if (looked.has_error() && on_failure_)
            on_failure_(looked.error());
        lock.lock();
    }
}

} // namespace portico::central
