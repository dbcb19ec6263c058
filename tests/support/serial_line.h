#pragma once

#include "shared/base/file_descriptor.h"
#include "tests/support/catch.h"

#include <filesystem>
#include <pty.h>
#include <string_view>
#include <unistd.h>

namespace portico::test {

/// A serial line: a pseudo terminal whose other end stands at `path`. It stays as it is when the program's
/// end of it fails or is let go.
class SerialLine {
public:
    explicit SerialLine(std::filesystem::path path) : path_(std::move(path)) {
        int master = -1;
        int slave = -1;
        char name[256] = {};
        REQUIRE(openpty(&master, &slave, name, nullptr, nullptr) == 0);
        master_ = FileDescriptor(master);
        slave_ = FileDescriptor(slave);
        std::filesystem::create_symlink(name, path_);
    }
    ~SerialLine() { std::filesystem::remove(path_); }
    SerialLine(SerialLine const&) = delete;
    SerialLine& operator=(SerialLine const&) = delete;

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            auto const sent = write(master_.get(), bytes.data(), bytes.size());
            REQUIRE(sent > 0);
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

private:
    std::filesystem::path path_;
    FileDescriptor master_;
    FileDescriptor slave_;
};

} // namespace portico::test
