#include "central/commands/arguments.h"
#include "central/commands/commands.h"
#include "central/commands/help.h"
#include "central/version.h"
#include "shared/base/broken_pipe.h"
#include "shared/base/no_core_dump.h"
#include "shared/base/out_of_memory.h"

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "central/commands/other_commands.h"

using namespace portico::central;

int main(int argc, char** argv) {
    portico::ignore_broken_pipes();
    portico::leave_no_core_dump();
    portico::end_clearly_without_memory();
    std::vector<std::string> const args(argv + 1, argv + argc);
    static std::map<std::string, int (*)(std::span<std::string const>)> const commands{
        {"init", init_command},           {"serve", serve_command},     {"terminal", terminal_command},
        {"audit", audit_command},         {"backup", backup_command},   {"restore", restore_command},
        {"notice", notice_command},       {"queue", queue_command},     {"contact-way", contact_way_command},
        {"openapi", openapi_command},     {"import", run_import},       {"inspect", run_inspect},
        {"sample", run_sample},           {"account", run_account},     {"node", node_command},
        {"authority", authority_command}, {"release", release_command},
    };
    if (args.empty()) {
        static_cast<void>(std::fputs(help_text(), stderr));
        return exit_wrong_use;
    }
    if (args.front() == "--help" || args.front() == "-h" || args.front() == "help") {
        static_cast<void>(std::fputs(help_text(), stdout));
        return exit_done;
    }
    if (args.front() == "--version") {
        std::printf("portico-central %s\n", version);
        return exit_done;
    }
    auto const command = commands.find(args.front());
    if (command == commands.end()) {
        static_cast<void>(
            std::fprintf(stderr, "portico-central: there is no command \"%s\"\n", args.front().c_str()));
        static_cast<void>(std::fputs("Try: portico-central --help\n", stderr));
        return exit_wrong_use;
    }
    auto const rest = std::span(args).subspan(1);
    // Commands with much to explain have a --help of their own.
    for (auto const& arg : rest)
        if (arg == "--help" && !has_own_help(args.front())) {
            static_cast<void>(std::fputs(help_text(), stdout));
            return exit_done;
        }
    return command->second(rest);
}
