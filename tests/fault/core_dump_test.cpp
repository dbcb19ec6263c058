#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"
#include "tests/walk/visit_steps.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace portico::test;

namespace {

/// What a crash of a child of ours left.
enum class Left { Core, Nothing, StillRunning };
Left left_by(pid_t child) {
    siginfo_t how{};
    if (::waitid(P_PID, static_cast<id_t>(child), &how, WEXITED | WNOWAIT) != 0)
        return Left::StillRunning;
    return how.si_code == CLD_DUMPED ? Left::Core : Left::Nothing;
}

/// A program that asks for nothing, so that the test knows what this system does with one.
Left crash_without_care(std::filesystem::path const& folder) {
    pid_t const child = ::fork();
    if (child == 0) {
        if (::chdir(folder.c_str()) == 0)
            ::execlp("sh", "sh", "-c", "kill -ABRT $$", nullptr);
        ::_exit(127);
    }
    auto const left = left_by(child);
    ::waitpid(child, nullptr, 0);
    return left;
}

} // namespace

TEST_CASE(
    "core dump: a crash of kiosk or central leaves no picture of its memory, whatever the system allows") {
    rlimit own{};
    REQUIRE(::getrlimit(RLIMIT_CORE, &own) == 0);
    rlimit const all{own.rlim_max, own.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_CORE, &all) == 0);
    ScratchFolder const scratch;
    if (crash_without_care(scratch.path) != Left::Core) {
        WARN("this system keeps no core files at all: nothing to see here");
        return;
    }
    // The address sanitizer forbids core files by itself; the programs must do without that.
    auto const* options = std::getenv("ASAN_OPTIONS");
    auto const kept = std::string(options != nullptr ? options : "");
    ::setenv("ASAN_OPTIONS", (kept + ":disable_coredump=0").c_str(), 1);
    {
        Bench bench;
        auto const kiosk = bench.add_kiosk();
        begin_visit(kiosk->screen());
        for (auto* program : {&kiosk->process(), &bench.central_process()}) {
            program->signal(SIGABRT);
            CHECK(left_by(program->pid()) == Left::Nothing);
            CHECK(program->wait() == 128 + SIGABRT);
        }
    }
    ::setenv("ASAN_OPTIONS", kept.c_str(), 1);
    ::setrlimit(RLIMIT_CORE, &own);
}
