#include "phone/dialled/dial_sender.h"

#include "shared/client/withdrawn.h"

namespace portico::phone {

namespace {

/// As with keys: central may not have had it, or its answer was lost.
constexpr int tries_max = 2;

bool is_worth_another(Error const& failed) {
    return failed.kind == ErrorKind::Unavailable || failed.kind == ErrorKind::TimedOut;
}

} // namespace

DialSender::DialSender(std::unique_ptr<client::Transport> transport, Clock const& clock,
                       std::function<void()> came)
    : central_(std::move(transport)), clock_(clock), came_(std::move(came)),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

DialSender::~DialSender() = default;

void DialSender::ask(NumberWanted wanted) {
    {
        std::lock_guard const lock(guard_);
        wanted_.push_back(std::move(wanted));
    }
    changed_.notify_one();
}

void DialSender::tell(DialReport report) {
    {
        std::lock_guard const lock(guard_);
        if (reports_.size() >= waiting_max)
            reports_.pop_front(); // the oldest is worth the least
        reports_.push_back({std::move(report), clock_.monotonic() + patience_min});
    }
    changed_.notify_one();
}

std::vector<NumberCame> DialSender::take_numbers() {
    std::lock_guard const lock(guard_);
    return std::exchange(numbers_, {});
}

std::vector<DialReported> DialSender::take_reported() {
    std::lock_guard const lock(guard_);
    return std::exchange(reported_, {});
}

void DialSender::put(DialReported reported) {
    {
        std::lock_guard const lock(guard_);
        reported_.push_back(std::move(reported));
    }
    came_();
}

void DialSender::run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        std::optional<NumberWanted> wanted;
        std::optional<Waiting> report;
        {
            std::unique_lock lock(guard_);
            if (!changed_.wait(lock, stop, [this] { return !wanted_.empty() || !reports_.empty(); }))
                return;
            // A number first: somebody waits for it.
            if (!wanted_.empty()) {
                wanted = std::move(wanted_.front());
                wanted_.pop_front();
            } else {
                report = std::move(reports_.front());
                reports_.pop_front();
            }
        }
        if (wanted) {
            ask_now(stop, *wanted);
            continue;
        }
        if (tell_now(stop, *report))
            continue;
        std::unique_lock lock(guard_);
        reports_.push_front(std::move(*report)); // in their order
        changed_.wait_for(lock, stop, pause_ms, [this] { return !wanted_.empty(); });
    }
}

void DialSender::ask_now(std::stop_token const& stop, NumberWanted const& wanted) {
    auto reply = central_.number_of_ticket(stop, {wanted.ticket});
    for (int i = 1; i < tries_max && reply.has_error() && is_worth_another(reply.error()); ++i)
        reply = central_.number_of_ticket(stop, {wanted.ticket});
    NumberCame came{wanted.ticket, {}, reply.has_error() && client::is_withdrawn(reply.error())};
    if (reply.has_value()) {
        came.number = Secret(reply.value().number);
        wipe(reply.value().number);
    }
    central_.forget(); // its connection's buffers hold what came
    {
        std::lock_guard const lock(guard_);
        numbers_.push_back(std::move(came));
    }
    came_();
}

bool DialSender::tell_now(std::stop_token const& stop, Waiting& waiting) {
    auto const& report = waiting.report;
    auto const told = central_.dialled(stop, {report.ticket, report.call, report.outcome});
    DialReported reported{report.ticket, report.outcome, "right"};
    if (told.has_value()) {
        put(std::move(reported));
        return true;
    }
    // A refusal is one for good; anything else is tried again.
    auto const kind = told.error().kind;
    bool const refused = kind == ErrorKind::NotFound || kind == ErrorKind::InvalidInput ||
                         kind == ErrorKind::Forbidden || kind == ErrorKind::Conflict;
    bool const late = clock_.monotonic() >= waiting.until;
    bool const withdrawn = client::is_withdrawn(told.error());
    if (withdrawn || refused || late) {
        reported.taken = withdrawn ? "out_of_service" : "code_gone";
        put(std::move(reported));
        return true;
    }
    if (!std::exchange(waiting.said_so, true)) {
        reported.taken = "central_unreachable";
        put(std::move(reported));
    }
    return false;
}

} // namespace portico::phone
