#pragma once

#include "central/commands/arguments.h"
#include "central/core.h"

namespace portico::central {

/// Opens the data folder that --data names, and runs `act` on it. Errors are printed; the exit code comes
/// back.
template <class Act>
int with_core(Arguments const& arguments, Act const& act) {
    SystemClock clock;
    auto const outcome = [&]() -> Result<void> {
        auto const data = TRY(arguments.need("--data"));
        auto core = TRY(Core::open(data, clock));
        return act(*core);
    }();
    return outcome.has_error() ? report(outcome.error()) : exit_done;
}

/// The word that says what to do; the rest of the arguments behind it.
struct Verb {
    std::string word;
    std::span<std::string const> rest;
};
inline Verb verb_of(std::span<std::string const> args) {
    return args.empty() ? Verb{} : Verb{args.front(), args.subspan(1)};
}

} // namespace portico::central
