#pragma once

#include "central/changes/change_feed.h"
#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace portico::central {

/// Tells desks and kiosks that a telephone system has fallen silent, at the moment when it has: what they
/// show of the line changes then though nobody has written anything. On a thread of its own, until it is
/// destroyed, which sleeps until the first moment at which one could be silent. Each node has one; who is
/// told is told once.
class SilenceWatch {
public:
    /// Where the store could not be asked.
    static constexpr std::chrono::seconds retry_after_s{5};

    struct Parts {
        Clock const& clock;
        Store& store;
        Vault const& vault;
        ChangeFeed& changes;
    };
    explicit SilenceWatch(Parts const& parts);
    SilenceWatch(SilenceWatch const&) = delete;
    SilenceWatch& operator=(SilenceWatch const&) = delete;
    ~SilenceWatch();

    /// Tells of those that are silent by now, and says when to look again: one that is heard of meanwhile is
    /// not silent sooner. Errors: those of the store.
    static Result<UtcTime> look(Parts const& parts);

private:
    void run();

    Parts parts_;
    std::mutex guard_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace portico::central
