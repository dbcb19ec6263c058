#include "agent/handover/call_desk.h"

#include <array>
#include <cstdlib>
#include <poll.h>
#include <unistd.h>

namespace portico::agent {

namespace {

constexpr std::chrono::minutes window{1};
constexpr mode_t own_alone = 0600;

} // namespace

Result<std::filesystem::path> handover_socket() {
    char const* const folder =
        std::getenv("XDG_RUNTIME_DIR"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (folder == nullptr || *folder != '/')
        return error(ErrorKind::Unavailable, "no_runtime_folder",
                     "XDG_RUNTIME_DIR is not set: calls are handed over within the rep's own session");
    return std::filesystem::path(folder) / "portico-agent-calls";
}

Result<std::unique_ptr<CallDesk>> CallDesk::open(std::filesystem::path const& socket, Clock const& clock,
                                                 std::function<void(HandedCall)> take) {
    // A name that nobody listens at was left by a desktop that was killed.
    if (LocalSocket::connect(socket).has_value())
        return error(ErrorKind::Conflict, "desktop_runs",
                     "another desktop of this user takes the calls that are handed over");
    auto listener = TRY(LocalListener::open(socket, own_alone));
    return std::unique_ptr<CallDesk>(new CallDesk(std::move(listener), clock, std::move(take)));
}

CallDesk::CallDesk(LocalListener listener, Clock const& clock, std::function<void(HandedCall)> take)
    : listener_(std::move(listener)), clock_(clock), take_(std::move(take)), thread_([this] { serve(); }) {}

CallDesk::~CallDesk() {
    stop_.signal();
}

void CallDesk::set_attended(Attended attended) {
    std::lock_guard const lock(guard_);
    attended_ = attended;
}

void CallDesk::serve() {
    while (!stop_.is_set()) {
        std::array<pollfd, 2> waits{{{listener_.fd(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}}};
        if (poll(waits.data(), waits.size(), -1) < 0)
            continue;
        if (auto client = listener_.accept())
            attend(std::move(*client));
    }
}

/// One after the other, each for so long: who is slow is sent away and keeps nobody else out.
void CallDesk::attend(LocalSocket client) {
    auto const peer = client.peer();
    if (peer.has_error() || peer.value().user != getuid())
        return;
    std::string heard;
    auto const until = std::chrono::steady_clock::now() + handover_time_ms;
    auto const take = [&](std::string_view bytes) -> Result<void> {
        heard += bytes;
        return heard.size() > handover_line_max + 1 ? Result<void>(error(ErrorKind::InvalidInput, "long"))
                                                    : ok();
    };
    while (heard.find('\n') == std::string::npos) {
        auto const left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        std::array<pollfd, 2> waits{{{client.fd(), POLLIN, 0}, {stop_.fd(), POLLIN, 0}}};
        if (left.count() <= 0 || poll(waits.data(), waits.size(), static_cast<int>(left.count())) <= 0 ||
            stop_.is_set())
            return;
        if (client.receive(take).has_error() && heard.find('\n') == std::string::npos)
            return;
    }
    (void)client.send(line_of(answer(std::string_view(heard).substr(0, heard.find('\n')))));
}

HandoverReply CallDesk::answer(std::string_view line) {
    auto call = read_handed_call(line);
    if (call.has_error())
        return {call.error().reason};
    auto const attended = [this] {
        std::lock_guard const lock(guard_);
        return attended_;
    }();
    if (!attended.by_a_rep)
        return {"nobody_signed_in"};
    if (!has_room(attended) || !may_take_one_more())
        return {"calls_many"};
    ++taken_count_; // before it can be heard of
    take_(std::move(call).value());
    return {};
}

bool CallDesk::may_take_one_more() {
    auto const now = clock_.monotonic();
    while (!taken_.empty() && now - taken_.front() >= window)
        taken_.pop_front();
    if (taken_.size() >= handovers_a_minute_max)
        return false;
    taken_.push_back(now);
    return true;
}

} // namespace portico::agent
