#pragma once

#include "agent/handover/call_message.h"
#include "shared/base/clock.h"
#include "shared/base/file_descriptor.h"
#include "shared/devices/local_socket.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

namespace portico::agent {

/// Calls that are taken over within a minute, whoever hands them over.
inline constexpr std::size_t handovers_a_minute_max = 12;
/// How long somebody who connects may take to say what they want.
inline constexpr std::chrono::milliseconds handover_time_ms{1000};

/// Who would see a call that is handed over.
struct Attended {
    bool by_a_rep = false;
    std::size_t room = 0; ///< how many more of them are shown beside those that are shown now
    /// How many of those that were taken the screen has heard of. One that is on its way there takes room
    /// too.
    std::uint64_t heard = 0;
};

/// The socket of the desktop of this user: in their $XDG_RUNTIME_DIR, which is theirs alone. Errors:
/// Unavailable "no_runtime_folder".
Result<std::filesystem::path> handover_socket();

/// Takes calls that `portico-agent call` hands over, on a thread of its own, from this user alone. What comes
/// is believed no more than a caller's number is: it shows a rep initials, and is counted.
class CallDesk {
public:
    /// Errors: Unavailable "socket_unusable"; Conflict "desktop_runs": another one of this user's has it.
    static Result<std::unique_ptr<CallDesk>> open(std::filesystem::path const& socket, Clock const& clock,
                                                  std::function<void(HandedCall)> take);
    ~CallDesk();
    CallDesk(CallDesk const&) = delete;
    CallDesk& operator=(CallDesk const&) = delete;

    /// Any thread.
    void set_attended(Attended attended);

private:
    CallDesk(LocalListener listener, Clock const& clock, std::function<void(HandedCall)> take);
    void serve();
    void attend(LocalSocket client);
    HandoverReply answer(std::string_view line);
    bool has_room(Attended const& attended) const { return taken_count_ - attended.heard < attended.room; }
    bool may_take_one_more();

    LocalListener listener_;
    Clock const& clock_;
    std::function<void(HandedCall)> take_;
    std::mutex guard_;
    Attended attended_; // under guard_
    std::uint64_t taken_count_ = 0;
    std::deque<MonoTime> taken_; ///< within the last minute
    EventFlag stop_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico::agent
