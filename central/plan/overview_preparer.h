#pragma once

#include "central/plan/member_overview.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace portico::central {

/// Has the overview of a member made before it is asked for, on a thread of its own: a member of many years
/// has thousands of claims, and their caller keys a code or finds a number meanwhile. What fails here fails
/// again, and is told, when it is asked for.
class OverviewPreparer {
public:
    /// More calls than one central verifies at a time. What comes above is made when it is asked for.
    static constexpr std::size_t waiting_max = 64;
    using Make = std::function<void(PatientId const&, Telling)>; ///< blocks, and throws nothing

    explicit OverviewPreparer(Make make) : make_(std::move(make)) {}
    OverviewPreparer(OverviewPreparer const&) = delete;
    OverviewPreparer& operator=(OverviewPreparer const&) = delete;
    /// What is in hand ends first; what waits is forgotten.
    ~OverviewPreparer();

    /// Returns at once.
    void prepare(PatientId const& patient, Telling telling);

private:
    using Wanted = std::pair<PatientId, Telling>;
    void run();

    Make make_;
    std::mutex guard_;
    std::condition_variable changed_;
    std::deque<Wanted> waiting_;
    bool ending_ = false;
    std::thread thread_; ///< started by the first: commands prepare nothing
};

} // namespace portico::central
