#pragma once

namespace portico {

/// Owns a file descriptor.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept;
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    FileDescriptor(FileDescriptor const&) = delete;
    FileDescriptor& operator=(FileDescriptor const&) = delete;
    ~FileDescriptor();
    int get() const { return fd_; }
    bool is_open() const { return fd_ >= 0; }
    void close();

private:
    int fd_ = -1;
};

/// A flag that `poll` can wait for: readable once signalled, until `clear`. Any thread may signal.
class EventFlag {
public:
    EventFlag();
    void signal();
    void clear();
    bool is_set() const;
    int fd() const { return fd_.get(); }

private:
    FileDescriptor fd_;
};

} // namespace portico
