#pragma once

#include "central/commands/arguments.h"
#include "central/core.h"

namespace portico::central {

/// Opens what --data and --database name, and runs `act` on it. Errors are printed; the exit code comes
/// back.
template <class Act>
int with_core(Arguments const& arguments, Act const& act) {
    SystemClock clock;
    auto const outcome = [&]() -> Result<void> {
        auto core = TRY(Core::open(TRY(arguments.place()), clock));
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
