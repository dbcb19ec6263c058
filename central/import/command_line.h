#pragma once

#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/result.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace portico::central {

/// The arguments of `import` and `inspect`: options that take a value, and words. A word may begin with a
/// single hyphen: ids of patients do.
struct CommandLine {
    std::map<std::string, std::string> options; ///< "--data" -> DIR
    std::vector<std::string> words;
    bool help = false;

    /// Errors: InvalidInput "usage".
    static Result<CommandLine> parse(std::vector<std::string> const& args,
                                     std::vector<std::string> const& options_known);
    std::string option(std::string const& name) const;
};

/// The plan's data of a data folder, opened: keys, store, tables up to date.
struct OpenedData {
    Vault vault;
    std::unique_ptr<Store> store;
};
/// Errors: those of Vault::open and Store::open.
Result<OpenedData> open_data(std::string const& folder);

} // namespace portico::central
