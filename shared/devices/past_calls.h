#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>

namespace portico {

/// The ids of calls that ended at this telephone, as many as are kept: a command for one of them came too
/// late, one for any other id is a mistake.
class PastCalls {
public:
    static constexpr std::size_t kept_max = 1000; // a long day's calls

    void add(std::string id) {
        ids_.push_back(std::move(id));
        if (ids_.size() > kept_max)
            ids_.pop_front();
    }
    bool knows(std::string_view id) const { return std::ranges::find(ids_, id) != ids_.end(); }

private:
    std::deque<std::string> ids_;
};

} // namespace portico
