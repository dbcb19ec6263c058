#pragma once

#include "shared/base/encoding.h"
#include "shared/base/file_descriptor.h"
#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace portico::delta {

/// Files one after another, read as if they were one. They must not change meanwhile. Safe from any thread.
class JoinedFiles {
public:
    /// Errors: NotFound "file_missing" naming the file: it is not there, or is no plain file.
    static Result<JoinedFiles> open(std::vector<std::filesystem::path> const& files);

    std::int64_t size_bytes() const { return size_bytes_; }
    /// How much was read: all of `into`, but at the end. 0 from there on, and before the beginning. Errors:
    /// Unavailable "file_unreadable".
    Result<std::size_t> read(std::int64_t at, std::span<std::uint8_t> into) const;

private:
    struct Part {
        FileDescriptor file;
        std::int64_t begin = 0;
        std::int64_t end = 0;
    };
    Result<std::size_t> read_of(Part const& part, std::int64_t at, std::span<std::uint8_t> into) const;

    std::vector<Part> parts_;
    std::int64_t size_bytes_ = 0;
};

} // namespace portico::delta
