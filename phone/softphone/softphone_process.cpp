#include "phone/softphone/softphone_process.h"

#include "phone/softphone/softphone_files.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace portico::phone {

namespace {

/// To say goodbye to each caller.
constexpr int end_grace_ms = 1500;

bool ends_within(int fd, int milliseconds) {
    pollfd entry{fd, POLLIN, 0};
    return poll(&entry, 1, milliseconds) == 1;
}

/// Ours, with OpenSSL told to read this file.
std::vector<std::string> environment_with(std::filesystem::path const& tls_file) {
    static constexpr std::string_view name = "OPENSSL_CONF=";
    std::vector<std::string> all{std::string(name) + tls_file.string()};
    for (char** each = environ; *each != nullptr; ++each)
        if (!std::string_view(*each).starts_with(name))
            all.emplace_back(*each);
    return all;
}

/// Between fork and exec: calls that are safe there alone.
[[noreturn]] void become(char const* const* words, char* const* environment, pid_t parent) {
    constexpr int not_started = 127;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    rlimit const no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    int const nowhere = open("/dev/null", O_RDWR);
    bool good = nowhere >= 0;
    for (int fd = 0; fd <= 2; ++fd)
        good = good && dup2(nowhere, fd) == fd;
    good = good && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
    if (good)
        execve(words[0], const_cast<char* const*>(words), environment); // NOLINT: it changes none of them
    _exit(not_started);
}

} // namespace

Result<SoftphoneProcess> SoftphoneProcess::start(std::filesystem::path const& program,
                                                 std::filesystem::path const& folder) {
    auto const failed = error(ErrorKind::Unavailable, "softphone_not_started",
                              "cannot start " + program.string() + ": is baresip-core installed?");
    if (access(program.c_str(), X_OK) != 0)
        return failed;
    char const* words[] = {program.c_str(), "-f", folder.c_str(), nullptr};
    auto variables = environment_with(softphone_tls_file(folder));
    std::vector<char*> environment;
    for (auto& each : variables)
        environment.push_back(each.data());
    environment.push_back(nullptr);
    auto const parent = getpid();
    auto const child = fork();
    if (child < 0)
        return failed;
    if (child == 0)
        become(words, environment.data(), parent);
    // The header of glibc 2.36 that declares pidfd_open is none for C++.
    FileDescriptor fd(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
    if (!fd.is_open()) {
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        return failed;
    }
    return SoftphoneProcess(child, std::move(fd));
}

SoftphoneProcess::SoftphoneProcess(SoftphoneProcess&& other) noexcept
    : id_(std::exchange(other.id_, 0)), fd_(std::move(other.fd_)) {}

SoftphoneProcess::~SoftphoneProcess() {
    if (id_ == 0)
        return;
    kill(id_, SIGTERM);
    if (!ends_within(fd_.get(), end_grace_ms))
        kill(id_, SIGKILL);
    while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

bool SoftphoneProcess::has_ended() const {
    return ends_within(fd_.get(), 0);
}

} // namespace portico::phone
