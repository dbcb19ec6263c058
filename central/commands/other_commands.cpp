#include "central/commands/other_commands.h"

#include "central/import/import_command.h"
#include "central/import/inspect_command.h"
#include "central/sample/command.h"

#include <vector>

namespace portico::central {

int run_import(std::span<std::string const> args) {
    return import_command({args.begin(), args.end()});
}

int run_inspect(std::span<std::string const> args) {
    return inspect_command({args.begin(), args.end()});
}

int run_sample(std::span<std::string const> args) {
    return sample::sample_command(args);
}

} // namespace portico::central
