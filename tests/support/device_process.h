#pragma once

#include "tests/support/eventually.h"

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace portico::test {

/// A program that a test starts, and that ends with it.
class DeviceProcess {
public:
    /// `arguments[0]` is searched for in PATH (and in the sbin folders). `environment` is added to ours
    /// ("NAME=value"). Output goes to `log`.
    DeviceProcess(std::vector<std::string> const& arguments, std::vector<std::string> const& environment,
                  std::filesystem::path const& log);
    ~DeviceProcess();
    DeviceProcess(DeviceProcess const&) = delete;
    DeviceProcess& operator=(DeviceProcess const&) = delete;

    bool running();
    /// SIGSTOP: returns when it stands still.
    void signal(int number) const;
    /// Kills it at once, as a power cut does, and waits for its end.
    void kill();

private:
    pid_t pid_ = -1;
};

/// True when `program` can be started.
bool has_program(std::string const& program);

/// A folder of a test's own, removed with it.
class DeviceFolder {
public:
    DeviceFolder();
    ~DeviceFolder();
    DeviceFolder(DeviceFolder const&) = delete;
    DeviceFolder& operator=(DeviceFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A TCP port on loopback for a server that cannot be asked which one it took. No other test on this machine
/// is given it while this process lives, and no connection has it by chance: it lies below the range from
/// which the kernel takes a client's own ports. The first of `count` in a row.
int free_port(int count = 1);

} // namespace portico::test
