#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace portico::test {

/// A folder of its own for one test, gone with it.
struct ScratchFolder {
    ScratchFolder() {
        static std::atomic<int> count = 0;
        path = std::filesystem::temp_directory_path() /
               ("portico-test-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ScratchFolder(ScratchFolder const&) = delete;
    ScratchFolder& operator=(ScratchFolder const&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
};

} // namespace portico::test
