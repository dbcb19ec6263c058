#include "central/plan/overview_cache.h"

#include <algorithm>

namespace portico::central {

/// Whatever comes of it, who waits for it goes on.
class OverviewCache::Making {
public:
    Making(OverviewCache& cache, Key const& key) : cache_(cache), key_(key) {}
    Making(Making const&) = delete;
    Making& operator=(Making const&) = delete;
    ~Making() {
        {
            std::lock_guard const lock(cache_.guard_);
            cache_.in_making_.remove(key_);
        }
        cache_.ended_.notify_all();
    }

private:
    OverviewCache& cache_;
    Key const& key_;
};

OverviewCache::Overview OverviewCache::known_or_begun(Key const& key) {
    std::unique_lock lock(guard_);
    while (true) {
        for (auto each = kept_.begin(); each != kept_.end(); ++each)
            if (each->first == key) {
                kept_.splice(kept_.begin(), kept_, each);
                return kept_.front().second;
            }
        if (std::find(in_making_.begin(), in_making_.end(), key) == in_making_.end()) {
            in_making_.push_back(key);
            return nullptr;
        }
        ended_.wait(lock);
    }
}

void OverviewCache::keep(Key const& key, Overview overview) {
    std::lock_guard const lock(guard_);
    kept_.remove_if([&](auto const& each) {
        return each.first.patient == key.patient && each.first.telling == key.telling;
    });
    ++made_count_;
    kept_.emplace_front(key, std::move(overview));
    if (kept_.size() > kept_max_)
        kept_.pop_back();
}

Result<OverviewCache::Overview> OverviewCache::get(Key const& key,
                                                   std::function<Result<Overview>()> const& make) {
    if (auto known = known_or_begun(key))
        return known;
    Making const making(*this, key);
    auto made = TRY(make());
    keep(key, made);
    return made;
}

std::int64_t OverviewCache::made_count() const {
    std::lock_guard const lock(guard_);
    return made_count_;
}

} // namespace portico::central
