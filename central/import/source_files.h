#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// One input file of an import.
struct SourceFile {
    std::filesystem::path path;
    std::string label; ///< as the report names it: the path as the operator gave it
    std::uint64_t bytes = 0;
};

/// The files behind the given paths: files as they are, folders with all .json, .ndjson and .jsonl files
/// below them (also .gz), in the order of their names, without following links to folders. Errors: NotFound
/// "path_missing".
Result<std::vector<SourceFile>> source_files(std::vector<std::string> const& paths);

/// True when the name says NDJSON (.ndjson, .jsonl, with or without .gz).
bool is_ndjson_name(std::filesystem::path const& path);

/// Reads a file in chunks, unpacking gzip (told by its content, several members too). `take` gets each chunk
/// and the count of file bytes read so far.
/// Errors: Unavailable "file_unreadable"; Corrupt "gzip_damaged", after what could be read was given.
Result<void> read_chunks(SourceFile const& file,
                         std::function<void(std::string_view chunk, std::uint64_t file_bytes)> const& take);

} // namespace portico::central
