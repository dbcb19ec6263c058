#pragma once

#include "shared/client/quiet_hours.h"
#include "shared/client/release_fetch.h"
#include "shared/domain/release.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace portico::client {

/// Tells central what version a terminal runs and how its last update went, and brings the release that
/// central wants it to have into its data folder, for the machine to check and install: in a thread of its
/// own, at the plan's quiet hours, while nobody stands before it. What was cut off goes on where it was.
/// Never an older version than the one that runs.
class ReleaseFetcher {
public:
    struct Settings {
        std::filesystem::path folder;  ///< VERSION.part/ and ready/ come to lie here
        std::filesystem::path outcome; ///< where the machine says how an update ended
        ReleaseVersion running;
        QuietHours quiet;
    };
    struct Paces {
        std::chrono::milliseconds look =
            std::chrono::seconds(5);                           ///< at the clock, and at the machine's outcome
        std::chrono::milliseconds ask = std::chrono::hours(1); ///< central, by day
        std::chrono::milliseconds ask_quiet = std::chrono::minutes(5);
        std::chrono::milliseconds report = std::chrono::hours(24); ///< though nothing changed
        std::chrono::milliseconds piece = std::chrono::milliseconds(200);
        std::chrono::milliseconds retry_min = std::chrono::seconds(5);
        std::chrono::milliseconds retry_max = std::chrono::minutes(5);
    };
    /// Wrong sums of one release before that is told and left for the next night.
    static constexpr int tries_max = 3;

    /// `clock` must outlive it; `failed` is told what does not come about, from its thread.
    ReleaseFetcher(Central central, Settings settings, Clock const& clock,
                   std::function<void(Error const&)> failed, Paces paces);
    ReleaseFetcher(Central central, Settings settings, Clock const& clock,
                   std::function<void(Error const&)> failed)
        : ReleaseFetcher(std::move(central), std::move(settings), clock, std::move(failed), Paces()) {}
    ReleaseFetcher(ReleaseFetcher const&) = delete;
    ReleaseFetcher& operator=(ReleaseFetcher const&) = delete;
    ~ReleaseFetcher();

    /// Somebody has come, or nobody is here any more. What is under way stops at once. From any thread.
    void visit(bool on);

private:
    void run(std::stop_token const& stop);
    /// One look: tells, asks and fetches what is due.
    Result<void> turn(std::stop_token const& stop);
    void listen_to_machine();
    Result<void> report(std::stop_token const& stop);
    Result<void> ask(std::stop_token const& stop);
    Result<void> take(std::optional<api::Release> wanted);
    Result<void> fetch(std::stop_token const& stop);
    /// After a fetch that failed for this error.
    Result<void> after(Error const& failure, std::stop_token const& stop);
    Result<void> give_up(std::string const& reason, std::stop_token const& stop);

    bool wants() const;
    bool is_quiet() const;
    bool may_go_on(std::stop_token const& stop);
    std::optional<api::UpdateOutcome> update() const;
    void set_own(api::UpdateState state, std::string reason = {});
    std::stop_token next_call(std::stop_token const& stop);
    std::chrono::milliseconds pause_after(Result<void> const& outcome);
    /// Until the time is over, or somebody who was here has gone.
    void wait(std::stop_token const& stop, std::chrono::milliseconds time);

    Central central_;
    ReleaseFolder folder_;
    Settings settings_;
    Clock const& clock_;
    std::function<void(Error const&)> failed_;
    Paces paces_;

    std::mutex guard_;
    std::condition_variable_any changed_;
    bool visiting_ = false;
    bool free_again_ = false;
    std::stop_source call_; ///< of the call under way

    // Of its own thread alone.
    std::chrono::seconds ahead_{0};
    std::optional<api::Release> wanted_;
    std::optional<api::UpdateOutcome> own_; ///< how `wanted_` stands, as far as this program has brought it
    std::optional<api::UpdateOutcome> machine_;
    std::optional<MonoTime> asked_at_;
    std::int64_t asked_night_ = 0;
    std::string told_; ///< the last report
    std::optional<MonoTime> told_at_;
    std::optional<std::int64_t> gave_up_night_;
    FetchState fetch_; ///< of `wanted_`
    int tries_ = 0;
    int failures_ = 0; ///< in a row
    std::string complained_of_;

    std::jthread thread_; // last: it uses everything above
};

} // namespace portico::client
