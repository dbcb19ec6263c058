#pragma once

#include "central/plan/member_overview.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace portico::central {

/// What was worked out for members, kept in memory for the last `kept_max` of them. Safe from any thread. Who
/// asks for what another thread is making waits for it: two who make the same take twice as long for both.
class OverviewCache {
public:
    using Overview = std::shared_ptr<MemberOverview const>;
    /// An overview is good for one state of the plan's data and one day.
    struct Key {
        PatientId patient;
        std::int64_t revision = 0;
        Date day;
        Telling telling = Telling::All;
        bool operator==(Key const&) const = default;
    };

    explicit OverviewCache(std::size_t kept_max) : kept_max_(kept_max) {}

    /// What is kept, else what `make` returns, which is kept then. A failure is not: the next one tries
    /// again.
    Result<Overview> get(Key const& key, std::function<Result<Overview>()> const& make);
    /// How many were made so far.
    std::int64_t made_count() const;

private:
    class Making;
    /// Null: it is the caller's to make, and `in_making_` says so.
    Overview known_or_begun(Key const& key);
    void keep(Key const& key, Overview overview);

    std::size_t kept_max_;
    mutable std::mutex guard_;
    std::condition_variable ended_;
    std::list<std::pair<Key, Overview>> kept_; ///< newest first
    std::list<Key> in_making_;
    std::int64_t made_count_ = 0;
};

} // namespace portico::central
