#include "shared/domain/wait_estimate.h"

#include <algorithm>
#include <cmath>

namespace portico {

namespace {

constexpr double low_share = 0.05;
constexpr double high_share = 0.95;

double minutes_a_place(MeasuredWait const& wait) {
    return std::max(0.0, wait.minutes) / static_cast<double>(std::max<std::int64_t>(1, wait.place));
}

/// Nearest rank, of sorted values: one that was measured, and none between two.
double percentile(std::vector<double> const& sorted, double share) {
    auto const rank = std::ceil(share * static_cast<double>(sorted.size()));
    return sorted[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

std::vector<double> paces(std::vector<MeasuredWait> const& measured) {
    std::vector<double> ended;
    for (auto const& wait : measured)
        if (!wait.goes_on)
            ended.push_back(minutes_a_place(wait));
    std::sort(ended.begin(), ended.end());
    if (ended.size() < measured_waits_min)
        return {};
    auto const high = percentile(ended, high_share);
    for (auto const& wait : measured)
        if (wait.goes_on && minutes_a_place(wait) > high)
            ended.push_back(minutes_a_place(wait));
    std::sort(ended.begin(), ended.end());
    return ended;
}

} // namespace

std::optional<WaitEstimate> estimate_wait(std::vector<MeasuredWait> const& measured, std::int64_t place) {
    auto const pace = paces(measured);
    if (pace.empty())
        return std::nullopt;
    auto const at = static_cast<double>(std::max<std::int64_t>(1, place));
    auto const bounded = [](double minutes) {
        return static_cast<int>(std::min(minutes, double{told_wait_max_min}));
    };
    WaitEstimate estimate;
    estimate.least = bounded(std::floor(percentile(pace, low_share) * at));
    estimate.most = std::max(bounded(std::ceil(percentile(pace, high_share) * at)), estimate.least + 1);
    return estimate;
}

} // namespace portico
