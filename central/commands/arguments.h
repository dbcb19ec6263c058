#pragma once

#include "central/store/data_place.h"
#include "shared/base/result.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace portico::central {

/// Exit codes of every command.
inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_wrong_use = 2;

/// "--name value", "--name=value", "--switch" and plain words, as a command declares them.
class Arguments {
public:
    struct Shape {
        std::set<std::string> options;  ///< take a value, "--data"
        std::set<std::string> switches; ///< take none, "--help"
        std::size_t words_min = 0;
        std::size_t words_max = 0;
    };
    /// Whoever takes --data takes --database too. Errors: InvalidInput "usage" with a sentence for the
    /// person.
    static Result<Arguments> parse(std::span<std::string const> args, Shape const& shape);

    bool has(std::string const& name) const { return values_.count(name) != 0; }
    /// The last value given, else `fallback`.
    std::string get(std::string const& name, std::string const& fallback = "") const;
    /// All values given.
    std::vector<std::string> all(std::string const& name) const;
    /// Errors: InvalidInput "usage" when it was not given.
    Result<std::string> need(std::string const& name) const;
    /// What --data and --database name. Errors: InvalidInput "usage" without --data.
    Result<DataPlace> place() const;
    std::vector<std::string> const& words() const { return words_; }

private:
    std::map<std::string, std::vector<std::string>> values_;
    std::vector<std::string> words_;
};

/// Prints `problem` to standard error; the exit code that goes with it (2 for reason "usage" and for a
/// configuration that cannot be read as meant).
int report(Error const& problem);

} // namespace portico::central
