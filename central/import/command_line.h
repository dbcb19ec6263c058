#pragma once

#include "central/store/data_place.h"
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

    /// Whoever takes --data takes --database too. Errors: InvalidInput "usage".
    static Result<CommandLine> parse(std::vector<std::string> const& args,
                                     std::vector<std::string> const& options_known);
    std::string option(std::string const& name) const;
    /// What --data and --database name.
    DataPlace place() const { return {option("--data"), option("--database")}; }
};

/// The plan's data of a data folder, opened: keys, store, tables up to date.
struct OpenedData {
    Vault vault;
    std::unique_ptr<Store> store;
};
/// Errors: those of read_settings, Vault::open and Store::open.
Result<OpenedData> open_data(DataPlace const& place);

} // namespace portico::central
