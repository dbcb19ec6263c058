#pragma once

#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::central {

/// When each telephone system was heard of last, and its last message. Writes run inside the caller's write
/// transaction, which is alone among those of all nodes. Errors beside those named: those of the store.
class TelephoneSystems {
public:
    /// Not heard of for so long: nobody could put its calls through.
    static constexpr std::int64_t heard_within_s = 30;
    /// After so long any sequence number is taken: a system that counted wrong comes back by itself, and no
    /// message is on its way for so long.
    static constexpr std::int64_t sequence_kept_s = std::int64_t{10} * 60;
    /// After so long its calls have ended.
    static constexpr std::int64_t lost_after_s = std::int64_t{60} * 60;

    explicit TelephoneSystems(Clock const& clock) : clock_(clock) {}

    enum class Message : std::uint8_t { Next, Again };
    /// Whether a message is the next one. Errors: Conflict "calls_outdated".
    Result<Message> judge(storage::Database& database, TerminalId const& system, std::int64_t sequence) const;
    /// It was heard of. True: it had not been for a while.
    Result<bool> hear(storage::Database& database, TerminalId const& system, std::int64_t sequence) const;
    /// Whether any that is enrolled fell silent since the last question; each is told once.
    Result<bool> note_silence(storage::Database& database) const;
    /// When one that was heard of falls silent at the soonest, unless it is heard of again; one that is first
    /// heard of after this moment cannot sooner than `heard_within_s` from now.
    Result<UtcTime> may_fall_silent_at(storage::Database& database) const;
    /// Of those that are enrolled: "none", "heard" (all of them), "silent".
    Result<std::string> state(storage::Database& database) const;

    /// SQL of the ids of those that are enrolled and heard of; `heard_after_us` is its parameter `$1`.
    static constexpr char const* heard =
        "SELECT t.system FROM line_telephone t JOIN terminal e ON e.id = t.system"
        " WHERE e.state = 'active' AND t.heard_us > $1";
    std::int64_t heard_after_us() const { return to_micros(clock_.now()) - heard_within_s * second_us; }

private:
    Clock const& clock_;
};

} // namespace portico::central
