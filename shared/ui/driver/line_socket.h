#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace portico::ui {

/// A Unix socket that hands over one line at a time, one client after the other. Lines come on a thread of
/// its own; `reply` is called from any thread.
class LineSocket {
public:
    static constexpr std::size_t line_bytes_max = 1U << 20U;

    LineSocket() = default;
    ~LineSocket();
    LineSocket(LineSocket const&) = delete;
    LineSocket& operator=(LineSocket const&) = delete;

    /// Errors: Unavailable when the socket cannot be made there.
    Result<void> open(std::filesystem::path const& path, std::function<void(std::string line)> on_line);
    void reply(std::string line);

private:
    void serve();
    void serve_client(int client);

    std::filesystem::path path_;
    std::function<void(std::string)> on_line_;
    int listener_ = -1;
    int stop_read_ = -1, stop_write_ = -1;
    std::mutex guard_;
    int client_ = -1;
    std::thread thread_;
};

} // namespace portico::ui
