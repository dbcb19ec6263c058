#include "central/commands/arguments.h"
#include "central/commands/commands.h"
#include "central/serve.h"
#include "shared/base/service_manager.h"
#include "shared/base/swap.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <unistd.h>

namespace portico::central {

namespace {

Result<Serving::Options> options_of(Arguments const& arguments) {
    Serving::Options options;
    options.listen = TRY(parse_address(TRY(arguments.need("--listen"))));
    if (arguments.has("--enroll-listen"))
        options.enrollment_listen = TRY(parse_address(arguments.get("--enroll-listen")));
    if (arguments.has("--health-listen"))
        options.health_listen = TRY(parse_address(arguments.get("--health-listen")));
    return options;
}

/// Said and not refused, as a swap in clear is: a small plan needs no more.
void say_if_few_connections(std::size_t connections) {
    if (connections < ServerLimits{}.connections_max)
        static_cast<void>(std::fprintf(stderr,
                                       "portico-central: %zu terminals' connections at once, for the system "
                                       "allows no more open files (LimitNOFILE=, ulimit -Hn)\n",
                                       connections));
}

} // namespace

int serve_command(std::span<std::string const> args) {
    auto const arguments =
        Arguments::parse(args, {{"--data", "--listen", "--enroll-listen", "--health-listen"}, {}, 0, 0});
    if (arguments.has_error())
        return report(arguments.error());
    // Blocked before any thread starts, so that only sigwait below sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    // Said and not refused: the machine may have other duties, and whoever runs it decides.
    if (auto const swap = check_no_swap_in_clear(); swap.has_error())
        static_cast<void>(report(swap.error()));
    SystemClock clock;
    auto const outcome = [&]() -> Result<void> {
        auto const place = TRY(arguments.value().place());
        auto options = TRY(options_of(arguments.value()));
        auto manager = TRY(ServiceManager::from_environment(&std::getenv));
        std::atomic<bool> superseded = false;
        options.on_superseded = [&superseded] {
            if (!superseded.exchange(true))
                ::kill(::getpid(), SIGTERM); // ends as when it is told to
        };
        auto serving = TRY(Serving::start(place, clock, options));
        say_if_few_connections(serving->server().connections_max());
        std::printf("%s\n", serving->ready_line().c_str());
        static_cast<void>(std::fflush(stdout));
        // Once, and no heartbeat after it: a node that does not see its database is not better off anew.
        manager.turned(clock.monotonic());
        int which = 0;
        sigwait(&signals, &which);
        std::printf("portico-central stopping\n");
        static_cast<void>(std::fflush(stdout));
        serving->drain();
        if (superseded)
            return error(ErrorKind::Refused, "program_superseded",
                         "a newer program has changed the database: start that one here");
        return ok();
    }();
    return outcome.has_error() ? report(outcome.error()) : exit_done;
}

} // namespace portico::central
