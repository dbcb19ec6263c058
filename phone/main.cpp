#include "phone/app/config.h"
#include "phone/app/helper.h"
#include "phone/program/usage.h"
#include "shared/base/swap.h"
#include "shared/client/certificate_keeper.h"
#include "shared/client/enrollment.h"
#include "shared/client/https.h"
#include "shared/crypto/sealing.h"
#include "shared/terminal/options.h"

#include <csignal>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace portico::phone {
namespace {

constexpr terminal::Named named{"portico-phone", "phone", PORTICO_VERSION, usage};

/// To central, when this telephone is enrolled; without, calls are taken and nothing can be keyed.
Result<std::unique_ptr<client::Transport>> open_transport(Config const& config) {
    auto const enrollment = client::load_enrollment(config.data);
    if (enrollment.has_error()) {
        terminal::complain(named, enrollment.error());
        return std::unique_ptr<client::Transport>();
    }
    return std::unique_ptr<client::Transport>(
        TRY(client::Https::open(config.central, enrollment.value().identity)));
}

/// Nobody comes every second year to enrol a telephone anew. Nothing when it is not enrolled.
Result<std::unique_ptr<client::CertificateKeeper>> keep_certificate(Config const& config,
                                                                    Clock const& clock) {
    auto const enrollment = client::load_enrollment(config.data);
    if (enrollment.has_error())
        return std::unique_ptr<client::CertificateKeeper>();
    auto const& identity = enrollment.value().identity;
    return std::make_unique<client::CertificateKeeper>(
        client::Central(TRY(client::Https::open(config.central, identity))), identity, clock,
        [](Error const& failure) { terminal::complain(named, failure); });
}

/// Readable when the program is asked to end. Before any thread, which takes over what is blocked.
FileDescriptor open_end() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    return FileDescriptor(signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK));
}

Result<void> run_helper(Config config) {
    std::error_code failed;
    std::filesystem::create_directories(config.run, failed); // else the sockets say what is wrong
    auto const end = open_end();
    SystemClock clock;
    Helper::Transports transports;
    transports.keyed = TRY(open_transport(config));
    if (transports.keyed != nullptr)
        transports.dialled = TRY(open_transport(config));
    auto const certificate = TRY(keep_certificate(config, clock));
    auto const helper = TRY(Helper::create(std::move(config), std::move(transports), clock));
    helper->run(end.get());
    return ok();
}

Result<void> run(terminal::Options const& options) {
    // Nobody of this user reads its memory either, by a debugger or /proc.
    prctl(PR_SET_DUMPABLE, 0);
    crypto::initialise();
    auto config = TRY(load_config(options.config));
    if (options.what == terminal::Options::Do::Enroll)
        return terminal::enroll(named, options, config.data);
    auto const swap = check_no_swap_in_clear();
#ifdef PORTICO_BENCH_PARTS
    if (swap.has_error())
        terminal::complain(named, swap.error()); // a machine for trying things out is nobody's desk
#else
    TRY(swap);
#endif
    return run_helper(std::move(config));
}

} // namespace
} // namespace portico::phone

int main(int count, char** words) {
    using namespace portico;
    return terminal::run_program(phone::named, count, words, phone::run);
}
