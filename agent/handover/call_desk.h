#pragma once

#include "agent/handover/call_message.h"
#include "shared/base/clock.h"
#include "shared/devices/file_descriptor.h"
#include "shared/devices/local_socket.h"

#include <atomic>
#include <deque>
#include <filesystem>
#include <functional>
#include <thread>

namespace portico::agent {

/// Calls that are taken over within a minute, whoever hands them over.
inline constexpr std::size_t handovers_a_minute_max = 12;
/// How long somebody who connects may take to say what they want.
inline constexpr std::chrono::milliseconds handover_time_ms{1000};

/// Who would see a call that is handed over.
enum class Attended : std::uint8_t {
    ByNobody,
    ByARep,
    Full, ///< a rep, who has as many of them as are shown at once
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
    void set_attended(Attended attended) { attended_ = attended; }

private:
    CallDesk(LocalListener listener, Clock const& clock, std::function<void(HandedCall)> take);
    void serve();
    void attend(LocalSocket client);
    HandoverReply answer(std::string_view line);
    bool may_take_one_more();

    LocalListener listener_;
    Clock const& clock_;
    std::function<void(HandedCall)> take_;
    std::atomic<Attended> attended_ = Attended::ByNobody;
    std::deque<MonoTime> taken_; ///< within the last minute
    EventFlag stop_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico::agent
