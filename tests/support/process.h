#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace portico::test {

/// A program started for a test, with its output in a file; killed with this object.
class Process {
public:
    /// Starts `argv[0]` with `environment` added to ours. Output (both streams) goes to `log`.
    Process(std::vector<std::string> const& argv, std::filesystem::path log,
            std::map<std::string, std::string> const& environment = {});
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;
    ~Process();

    /// Waits until the output has a line that contains `text`; that line. Fails the test when the program
    /// ends first or the time is over.
    std::string wait_for_line(std::string const& text,
                              std::chrono::seconds timeout = std::chrono::seconds(60)) const;
    void signal(int number) const;
    /// Waits for its end: the exit code, or 128 + signal.
    int wait(std::chrono::seconds timeout = std::chrono::seconds(60));
    bool running();
    std::string output() const;
    pid_t pid() const { return pid_; }

private:
    pid_t pid_ = -1;
    int exit_code_ = -1;
    std::filesystem::path log_;
};

struct Finished {
    int exit_code = -1;
    std::string output; ///< standard output
    std::string errors; ///< standard error
};
/// Runs a program to its end.
Finished run(std::vector<std::string> const& argv,
             std::map<std::string, std::string> const& environment = {});

/// build/bin/NAME of the build that this test belongs to.
std::string program(std::string const& name);

/// The folder of real plan data beside the project (PORTICO_SHARED overrides); empty when it is not here.
std::filesystem::path shared_data();

} // namespace portico::test
