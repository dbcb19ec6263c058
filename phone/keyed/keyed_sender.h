#pragma once

#include "phone/keyed/keyed_entry.h"
#include "shared/client/central.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace portico::phone {

/// Takes entries to central, one after the other, and brings back what came of them. Nothing of one is kept
/// when central cannot be reached: the caller keys it again.
class KeyedSender {
public:
    /// `answered` runs on this object's own thread when there is something to take.
    KeyedSender(std::unique_ptr<client::Transport> transport, std::function<void()> answered);
    KeyedSender(KeyedSender const&) = delete;
    KeyedSender& operator=(KeyedSender const&) = delete;
    ~KeyedSender();

    /// In the place of one that waits: of one caller at a time there are keys.
    void send(KeyedEntry entry);
    std::vector<KeyedAnswer> take_answers();

private:
    void run(std::stop_token const& stop);
    std::string outcome_of(KeyedEntry const& entry, std::stop_token const& stop);

    client::Central central_;
    std::function<void()> answered_;
    std::mutex guard_; ///< of what follows
    std::condition_variable_any changed_;
    std::optional<KeyedEntry> waiting_;
    std::vector<KeyedAnswer> answers_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico::phone
