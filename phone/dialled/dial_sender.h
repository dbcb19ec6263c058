#pragma once

#include "phone/dialled/dial_step.h"
#include "shared/base/clock.h"
#include "shared/client/central.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace portico::phone {

/// Asks central for the numbers of tickets and tells it how their calls went, in order. A report that central
/// does not have yet is told again, for as long as it could be worth something there.
class DialSender {
public:
    /// How soon it is told again; how long. Central takes none five minutes after the answer.
    static constexpr std::chrono::milliseconds pause_ms{1000};
    static constexpr std::chrono::minutes patience_min{6};
    /// More than all calls of a telephone have to be told at once.
    static constexpr std::size_t waiting_max = 64;

    /// `came` runs on this object's own thread when there is something to take. `clock` must outlive this.
    DialSender(std::unique_ptr<client::Transport> transport, Clock const& clock, std::function<void()> came);
    DialSender(DialSender const&) = delete;
    DialSender& operator=(DialSender const&) = delete;
    ~DialSender();

    void ask(NumberWanted wanted);
    void tell(DialReport report);
    std::vector<NumberCame> take_numbers();
    std::vector<DialReported> take_reported();

private:
    struct Waiting {
        DialReport report;
        MonoTime until;
        bool said_so = false; ///< that central could not be reached
    };
    void run(std::stop_token const& stop);
    void ask_now(std::stop_token const& stop, NumberWanted const& wanted);
    /// False when it is to be told once more.
    bool tell_now(std::stop_token const& stop, Waiting& waiting);
    void put(DialReported reported);

    client::Central central_;
    Clock const& clock_;
    std::function<void()> came_;
    std::mutex guard_; ///< of what follows
    std::condition_variable_any changed_;
    std::deque<NumberWanted> wanted_;
    std::deque<Waiting> reports_;
    std::vector<NumberCame> numbers_;
    std::vector<DialReported> reported_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico::phone
