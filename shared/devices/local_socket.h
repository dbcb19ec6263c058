#pragma once

#include "shared/base/file_descriptor.h"
#include "shared/base/result.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace portico {

/// Most bytes that wait for a process that does not read.
inline constexpr std::size_t local_unsent_max = 256U << 10U;

/// Who is at the other end of a Unix socket, as the kernel says.
struct LocalPeer {
    uid_t user;
    pid_t process;
};

/// A stream of bytes to another process of this machine, over a Unix socket. Never blocks; one thread.
class LocalSocket {
public:
    LocalSocket() = default;
    /// Errors: Unavailable "peer_gone" when nobody listens there.
    static Result<LocalSocket> connect(std::filesystem::path const& path);

    bool is_open() const { return fd_.is_open(); }
    void close();
    int fd() const { return fd_.get(); }
    /// What `poll` should wait for.
    short wanted() const;
    /// Errors: Unavailable "peer_gone".
    Result<LocalPeer> peer() const;

    /// Sends, now or by a later `flush`. Errors: Full "peer_slow"; those of `flush`.
    Result<void> send(std::string_view bytes);
    /// Errors: Unavailable "peer_gone".
    Result<void> flush();
    /// Gives `take` what has come, a piece at a time; each is wiped from here afterwards. Errors: Unavailable
    /// "peer_gone" at the end of the stream; what `take` says.
    Result<void> receive(std::function<Result<void>(std::string_view)> const& take);

private:
    friend class LocalListener;
    explicit LocalSocket(FileDescriptor fd) : fd_(std::move(fd)) {}
    FileDescriptor fd_;
    std::string unsent_;
};

/// A Unix socket that others connect to; its name goes with it.
class LocalListener {
public:
    /// `mode`: of the socket's file, such as 0600. What has the name is replaced when it is a socket.
    /// Errors: Unavailable "socket_unusable" naming the path.
    static Result<LocalListener> open(std::filesystem::path path, mode_t mode);
    LocalListener(LocalListener&&) = default;
    LocalListener& operator=(LocalListener&&) = delete;
    LocalListener(LocalListener const&) = delete;
    LocalListener& operator=(LocalListener const&) = delete;
    ~LocalListener();

    int fd() const { return fd_.get(); }
    /// The next who connected, if there is one.
    std::optional<LocalSocket> accept();

private:
    LocalListener(std::filesystem::path path, FileDescriptor fd)
        : path_(std::move(path)), fd_(std::move(fd)) {}
    std::filesystem::path path_;
    FileDescriptor fd_;
};

} // namespace portico
