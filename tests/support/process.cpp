#include "tests/support/process.h"

#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/scratch_folder.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <sstream>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace portico::test {

namespace {

std::string slurp(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

pid_t spawn(std::vector<std::string> const& argv, std::map<std::string, std::string> const& environment,
            int out, int err) {
    std::vector<char*> arguments;
    for (auto const& each : argv)
        arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    std::vector<std::string> kept;
    for (char** each = environ; *each != nullptr; ++each) {
        std::string const entry = *each;
        if (environment.count(entry.substr(0, entry.find('='))) == 0)
            kept.push_back(entry);
    }
    for (auto const& [name, value] : environment)
        kept.push_back(name + "=" + value);
    std::vector<char*> pointers;
    for (auto& each : kept)
        pointers.push_back(each.data());
    pointers.push_back(nullptr);

    pid_t const child = ::fork();
    if (child == 0) {
        ::dup2(out, 1);
        ::dup2(err, 2);
        int const nothing = ::open("/dev/null", O_RDONLY);
        ::dup2(nothing, 0);
        // What is ignored here would be ignored there: a program must show that it asks for that itself.
        static_cast<void>(std::signal(SIGPIPE, SIG_DFL));
        ::execvpe(arguments[0], arguments.data(), pointers.data());
        ::_exit(127);
    }
    return child;
}

} // namespace

Process::Process(std::vector<std::string> const& argv, std::filesystem::path log,
                 std::map<std::string, std::string> const& environment)
    : log_(std::move(log)) {
    int const out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE(out >= 0);
    pid_ = spawn(argv, environment, out, out);
    ::close(out);
    REQUIRE(pid_ > 0);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), exit_code_(other.exit_code_), log_(std::move(other.log_)) {}

Process::~Process() {
    if (pid_ > 0 && exit_code_ < 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
}

std::string Process::wait_for_line(std::string const& text, std::chrono::seconds timeout) const {
    int const watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ::inotify_add_watch(watch, log_.c_str(), IN_MODIFY);
    int const child = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    auto const end = std::chrono::steady_clock::now() + timeout;
    std::string found;
    bool ended = false;
    while (true) {
        std::istringstream lines(slurp(log_));
        std::string line;
        // One without an end may be half of what the program is about to write.
        while (found.empty() && std::getline(lines, line))
            if (line.find(text) != std::string::npos && (ended || !lines.eof()))
                found = line;
        auto const left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now())
                .count();
        if (!found.empty() || ended || left <= 0)
            break;
        pollfd waits[2] = {{watch, POLLIN, 0}, {child, POLLIN, 0}};
        ::poll(waits, 2, static_cast<int>(left));
        char events[4096];
        while (::read(watch, events, sizeof events) > 0) {
        }
        ended = (waits[1].revents & POLLIN) != 0; // look once more at what it wrote last
    }
    ::close(watch);
    ::close(child);
    INFO("waited for: " << text << "\n" << slurp(log_));
    REQUIRE_FALSE(found.empty());
    return found;
}

void Process::signal(int number) const {
    ::kill(pid_, number);
}

int Process::wait(std::chrono::seconds timeout) {
    if (exit_code_ >= 0)
        return exit_code_;
    int const child = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    pollfd wait{child, POLLIN, 0};
    int const ready = ::poll(
        &wait, 1, static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(timeout).count()));
    ::close(child);
    INFO(output());
    REQUIRE(ready == 1);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return exit_code_;
}

bool Process::running() {
    if (exit_code_ >= 0)
        return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_)
        return true;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return false;
}

std::string Process::output() const {
    return slurp(log_);
}

Finished run(std::vector<std::string> const& argv, std::map<std::string, std::string> const& environment) {
    // Files, not pipes: what is written beyond a pipe's size would block the program while we wait for its
    // end.
    ScratchFolder const said;
    auto const out_name = (said.path / "out").string();
    auto const err_name = (said.path / "err").string();
    int const out = ::open(out_name.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    int const err = ::open(err_name.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    pid_t const child = spawn(argv, environment, out, err);
    ::close(out);
    ::close(err);
    int status = 0;
    ::waitpid(child, &status, 0);
    Finished finished{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), slurp(out_name),
                      slurp(err_name)};
    return finished;
}

std::string program(std::string const& name) {
    return bin_dir() + "/" + name;
}

std::filesystem::path shared_data() {
    char const* named = std::getenv("PORTICO_SHARED");
    std::filesystem::path const folder =
        (named != nullptr ? std::filesystem::path(named)
                          : std::filesystem::path(source_dir()) / "../shared") /
        "data";
    return std::filesystem::exists(folder) ? std::filesystem::canonical(folder) : std::filesystem::path();
}

} // namespace portico::test
