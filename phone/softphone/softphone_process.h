#pragma once

#include "shared/base/file_descriptor.h"
#include "shared/base/result.h"

#include <filesystem>
#include <sys/types.h>

namespace portico::phone {

/// baresip as a process of ours: it ends when we do, however we end. What it writes goes nowhere, for keys
/// that callers press stand in it, and it leaves no core dump.
class SoftphoneProcess {
public:
    /// Errors: Unavailable "softphone_not_started".
    static Result<SoftphoneProcess> start(std::filesystem::path const& program,
                                          std::filesystem::path const& folder);
    SoftphoneProcess(SoftphoneProcess&&) noexcept;
    SoftphoneProcess& operator=(SoftphoneProcess&&) = delete;
    SoftphoneProcess(SoftphoneProcess const&) = delete;
    SoftphoneProcess& operator=(SoftphoneProcess const&) = delete;
    /// Ends it: asked first, so that its callers are told, then by force.
    ~SoftphoneProcess();

    pid_t id() const { return id_; }
    /// Readable for `poll` once it has ended.
    int fd() const { return fd_.get(); }
    bool has_ended() const;

private:
    SoftphoneProcess(pid_t id, FileDescriptor fd) : id_(id), fd_(std::move(fd)) {}
    pid_t id_;
    FileDescriptor fd_;
};

} // namespace portico::phone
