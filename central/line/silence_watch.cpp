#include "central/line/silence_watch.h"

#include "central/line/line_news.h"
#include "shared/base/out_of_memory.h"

#include <cstdio>

namespace portico::central {

SilenceWatch::SilenceWatch(Parts const& parts) : parts_(parts), thread_([this] { run(); }) {}

SilenceWatch::~SilenceWatch() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

Result<UtcTime> SilenceWatch::look(Parts const& parts) {
    auto const next = [&] {
        return parts.store.read<UtcTime>([&](storage::Database& database) {
            return TelephoneSystems(parts.clock).may_fall_silent_at(database);
        });
    };
    // Looking costs no write: nearly always it was heard of meanwhile.
    auto const at = TRY(next());
    if (at > parts.clock.now())
        return at;
    bool const told = TRY(parts.store.write_value<bool>([&](storage::Database& database) {
        return note_silence_of(database, WaitingLine(parts.vault, parts.clock), parts.changes);
    }));
    if (told)
        parts.changes.hint();
    return next();
}

void SilenceWatch::run() {
    bool well = true;
    std::unique_lock lock(guard_);
    while (!stopping_) {
        lock.unlock();
        auto const next = or_out_of_memory([&] { return look(parts_); });
        if (next.has_error() && well) // trouble that stays is told once
            static_cast<void>(std::fprintf(stderr, "portico-central: telephone systems: %s\n",
                                           next.error().message.c_str()));
        well = next.has_value();
        auto const rest = well ? next.value() - parts_.clock.now() : retry_after_s;
        lock.lock();
        wake_.wait_for(lock, rest, [&] { return stopping_; });
    }
}

} // namespace portico::central
