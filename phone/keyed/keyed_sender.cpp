#include "phone/keyed/keyed_sender.h"

#include "shared/client/withdrawn.h"

namespace portico::phone {

namespace {

/// The same entry once more, as central may not have had it, or its answer was lost: it counts an id once.
constexpr int tries_max = 2;

bool is_worth_another(Error const& failed) {
    return failed.kind == ErrorKind::Unavailable || failed.kind == ErrorKind::TimedOut;
}

} // namespace

KeyedSender::KeyedSender(std::unique_ptr<client::Transport> transport, std::function<void()> answered)
    : central_(std::move(transport)), answered_(std::move(answered)),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

KeyedSender::~KeyedSender() = default;

void KeyedSender::send(KeyedEntry entry) {
    {
        std::lock_guard const lock(guard_);
        waiting_ = std::move(entry);
    }
    changed_.notify_one();
}

std::vector<KeyedAnswer> KeyedSender::take_answers() {
    std::lock_guard const lock(guard_);
    return std::exchange(answers_, {});
}

void KeyedSender::run(std::stop_token const& stop) {
    while (true) {
        std::optional<KeyedEntry> entry;
        {
            std::unique_lock lock(guard_);
            if (!changed_.wait(lock, stop, [this] { return waiting_.has_value(); }))
                return;
            entry = std::exchange(waiting_, std::nullopt);
        }
        auto outcome = outcome_of(*entry, stop);
        auto const keyed = entry->keyed;
        entry.reset(); // before anybody hears what came of it
        {
            std::lock_guard const lock(guard_);
            answers_.push_back({keyed, std::move(outcome)});
        }
        answered_();
    }
}

std::string KeyedSender::outcome_of(KeyedEntry const& entry, std::stop_token const& stop) {
    api::KeyedDigits keyed{entry.keyed, entry.call, std::string(entry.digits.reveal())};
    auto answer = central_.keyed_digits(stop, keyed);
    for (int i = 1; i < tries_max && answer.has_error() && is_worth_another(answer.error()); ++i)
        answer = central_.keyed_digits(stop, keyed);
    wipe(keyed.digits);
    central_.forget(); // its connection's buffers hold what was sent
    if (answer.has_error() && client::is_withdrawn(answer.error()))
        return "out_of_service";
    if (answer.has_error())
        return answer.error().reason == "code_gone" ? "code_gone" : "central_unreachable";
    auto const& outcome = answer.value().outcome;
    bool const known = outcome == "right" || outcome == "wrong" || outcome == "ended";
    return known ? outcome : "central_unreachable";
}

} // namespace portico::phone
