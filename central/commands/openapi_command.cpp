#include "central/commands/arguments.h"
#include "central/commands/commands.h"
#include "central/http/openapi.h"

#include <cstdio>

namespace portico::central {

int openapi_command(std::span<std::string const> args) {
    auto const arguments = Arguments::parse(args, {});
    if (arguments.has_error())
        return report(arguments.error());
    static_cast<void>(std::fputs(openapi_document().c_str(), stdout));
    return exit_done;
}

} // namespace portico::central
