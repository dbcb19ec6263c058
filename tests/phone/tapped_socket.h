#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace portico::test {

/// A Unix socket that passes one connection on to another one and keeps all that was said, both ways.
class TappedSocket {
public:
    TappedSocket(std::filesystem::path own, std::filesystem::path beyond);
    TappedSocket(TappedSocket const&) = delete;
    TappedSocket& operator=(TappedSocket const&) = delete;
    ~TappedSocket() = default;

    std::filesystem::path const& path() const { return own_; }
    std::string said() const;

private:
    void run(std::stop_token const& stop);

    std::filesystem::path own_, beyond_;
    mutable std::mutex guard_;
    std::string said_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico::test
