#pragma once

#include "central/http/rate_limiter.h"
#include "central/plan/time_zone.h"
#include "central/releases/release_book.h"
#include "central/releases/release_changes.h"
#include "central/releases/release_shelf.h"

namespace portico::central {

/// What this node knows and has of releases, and how fast it gives them away.
struct Releases {
    /// Pieces that one terminal is given at once, then a second; and all together. A kiosk asks for a quarter
    /// of a MiB at a time (shared/client/release_fetch.h): so all of them together fill some 280 Mbit/s, and
    /// what members ask for finds room beside them.
    static constexpr int terminal_pieces_burst = 16;
    static constexpr int terminal_pieces_per_s = 8;
    static constexpr int pieces_burst = 200;
    static constexpr int pieces_per_s = 100;

    Releases(Clock& clock, std::filesystem::path const& data, TimeZone plan_zone)
        : book(clock), shelf(data / "releases"), changes(data / "releases"), zone(std::move(plan_zone)),
          of_terminal(clock, terminal_pieces_burst, terminal_pieces_per_s * 60.0),
          of_all(clock, pieces_burst, pieces_per_s * 60.0) {}

    ReleaseBook book;
    ReleaseShelf shelf;
    ReleaseChanges changes;
    TimeZone zone; ///< of the plan: quiet hours are counted in it
    RateLimiter of_terminal;
    RateLimiter of_all;
};

} // namespace portico::central
