#pragma once

#include "central/changes/news_for.h"
#include "central/store/store.h"
#include "shared/api/changes.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portico::central {

/// A page of reference data in the order it changed.
struct ReferenceChanges {
    struct Item {
        std::int64_t sequence = 0;
        std::optional<ProviderListing> provider;
        std::optional<InsurancePlan> plan;
        std::optional<api::Removed> removed;
    };
    std::vector<Item> items;
    bool more = false;
};

/// Where the imported reference data comes from.
class ReferenceSource {
public:
    ReferenceSource() = default;
    ReferenceSource(ReferenceSource const&) = delete;
    ReferenceSource& operator=(ReferenceSource const&) = delete;
    virtual ~ReferenceSource() = default;
    /// What changed after `sequence`, oldest first, at most `limit`.
    virtual Result<ReferenceChanges> after(storage::Database& database, std::int64_t sequence, int limit) = 0;
    /// The last sequence given.
    virtual Result<std::int64_t> last(storage::Database& database) = 0;
};

/// What terminals pull: reference data, notices and contact ways (kept, the newest of each), events for one
/// terminal (kept for `event_window_s`, then gone whether they were fetched or not), and at desks that what
/// waits for staff has changed (once, however often it did).
///
/// A cursor names the feed's generation and a place in each part. One of another generation (restored from a
/// backup) or from before the oldest kept removal starts over. Safe from any thread.
class ChangeFeed {
public:
    static constexpr int page_max = 500;
    static constexpr int page_default = 200;
    static constexpr std::int64_t wait_max_s = 50;
    /// How long an event waits for its terminal.
    static constexpr std::int64_t event_window_s = 60;
    /// How long a removal is kept; a replica older than that starts over.
    static constexpr std::int64_t removal_kept_days = 90;
    /// A notification is only a hint: the store is looked at again so often.
    static constexpr int look_period_ms = 500;

    /// `reference` may be null: then there is no imported data.
    ChangeFeed(Clock& clock, Store& store, ReferenceSource* reference);
    ChangeFeed(ChangeFeed const&) = delete;
    ChangeFeed& operator=(ChangeFeed const&) = delete;
    ~ChangeFeed();

    static Result<void> migrate(storage::Database& database);
    /// Starts a new generation: every replica is copied anew. For `init` and `restore`.
    static Result<void> renew_generation(storage::Database& database);

    /// Who pulls.
    struct Puller {
        TerminalId terminal;
        bool is_desk = false; ///< staff work there
    };
    /// One page. `more` tells that another is ready. Errors: those of the store.
    Result<api::ChangesPage> page(Puller const& puller, std::string const& after, int limit);

    // Inside the caller's write transaction. Errors: InvalidInput "notice_invalid", NotFound
    // "change_unknown".
    Result<void> put(storage::Database& database, api::Notice const& notice);
    Result<void> put(storage::Database& database, api::ContactWay const& contact_way);
    /// `kind` "notice" or "contact_way".
    Result<void> remove(storage::Database& database, std::string const& kind, std::string const& id);
    Result<void> tell(storage::Database& database, TerminalId const& terminal,
                      api::TerminalEvent const& event);

    /// All notices and contact ways in force, for commands.
    struct Listing {
        std::vector<api::Notice> notices;
        std::vector<api::ContactWay> contact_ways;
    };
    static Result<Listing> list(storage::Database& database);

    /// Starts looking every `look_period_ms`; `on_news` runs on the looking thread when something moved, and
    /// hears whom it concerns. As long as it fails, the same news is there again at the next look.
    /// `on_failure` is told, on that thread as well, of each look that failed.
    void watch(std::function<Result<void>(NewsFor const&)> on_news,
               std::function<void(Error const&)> on_failure);
    /// No `on_news` runs after this returns.
    void stop_watching();
    /// From any thread, after a write: look now.
    void hint();
    /// Counts up with each news.
    std::uint64_t news_count() const { return news_; }
    /// When the last look began that reached the store and whose news, if any, `on_news` has taken in: what
    /// is known here is as of then. The clock's first moment before there was one.
    MonoTime last_look() const { return last_look_; }

private:
    void look_loop();
    /// The last number of each feed, and of the reference data.
    using Counters = std::map<std::string, std::int64_t>;
    Result<void> look(Counters& seen);
    Result<Counters> counters();
    Result<NewsFor> news_between(Counters const& seen, Counters const& now);

    Clock& clock_;
    Store& store_;
    ReferenceSource* reference_;
    std::atomic<std::uint64_t> news_ = 0;
    std::atomic<MonoTime> last_look_ = MonoTime{};
    std::function<Result<void>(NewsFor const&)> on_news_;
    std::function<void(Error const&)> on_failure_;
    std::mutex guard_;
    std::condition_variable wake_;
    bool hinted_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace portico::central
