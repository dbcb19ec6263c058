#include "central/import/source_files.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <memory>
#include <system_error>
#include <unistd.h>
#include <zlib.h>

namespace portico::central {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk_bytes = std::size_t{256} * 1024;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// The extension below a .gz.
std::string content_extension(fs::path const& path) {
    auto const extension = lower(path.extension().string());
    return extension == ".gz" ? lower(path.stem().extension().string()) : extension;
}

bool is_wanted_in_a_folder(fs::path const& path) {
    auto const extension = content_extension(path);
    return extension == ".json" || extension == ".ndjson" || extension == ".jsonl";
}

SourceFile source_file(fs::path const& path) {
    std::error_code failed;
    auto const bytes = fs::file_size(path, failed);
    return {path, path.string(), failed ? 0 : bytes};
}

struct File {
    explicit File(fs::path const& path) : handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() {
        if (handle >= 0)
            ::close(handle);
    }
    int handle;
};

/// Unpacks what it is given, member after member.
class Inflater {
public:
    Inflater() { begun_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
    Inflater(Inflater const&) = delete;
    Inflater& operator=(Inflater const&) = delete;
    ~Inflater() {
        if (begun_)
            inflateEnd(&stream_);
    }

    template <class Take>
    Result<void> feed(std::string_view packed, Take const& take) {
        if (!begun_)
            return damaged();
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<Bytef const*>(packed.data()));
        stream_.avail_in = static_cast<uInt>(packed.size());
        while (stream_.avail_in > 0) {
            if (ended_) {
                // Zero bytes may fill up the file; anything else begins another member.
                if (*stream_.next_in == 0) {
                    ++stream_.next_in;
                    --stream_.avail_in;
                    continue;
                }
                inflateReset(&stream_);
                ended_ = false;
            }
            do {
                stream_.next_out = reinterpret_cast<Bytef*>(out_->data());
                stream_.avail_out = static_cast<uInt>(out_->size());
                int const code = inflate(&stream_, Z_NO_FLUSH);
                take(std::string_view(out_->data(), out_->size() - stream_.avail_out));
                if (code == Z_STREAM_END) {
                    ended_ = true;
                    break;
                }
                if (code != Z_OK && code != Z_BUF_ERROR)
                    return damaged();
            } while (stream_.avail_out == 0);
        }
        return ok();
    }
    Result<void> finish() const {
        if (!ended_)
            return damaged();
        return ok();
    }

private:
    static Error damaged() {
        return error(ErrorKind::Corrupt, "gzip_damaged",
                     "the gzip data is damaged or cut: what came before was used");
    }
    z_stream stream_{};
    bool begun_ = false;
    bool ended_ = false;
    std::unique_ptr<std::array<char, chunk_bytes>> out_ = std::make_unique<std::array<char, chunk_bytes>>();
};

} // namespace

bool is_ndjson_name(fs::path const& path) {
    auto const extension = content_extension(path);
    return extension == ".ndjson" || extension == ".jsonl";
}

Result<std::vector<SourceFile>> source_files(std::vector<std::string> const& paths) {
    std::vector<SourceFile> files;
    for (auto const& each : paths) {
        fs::path const path(each);
        std::error_code failed;
        if (fs::is_directory(path, failed)) {
            std::vector<SourceFile> inside;
            auto walk =
                fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, failed);
            for (auto const end = fs::recursive_directory_iterator(); !failed && walk != end;
                 walk.increment(failed))
                if (walk->is_regular_file(failed) && is_wanted_in_a_folder(walk->path()))
                    inside.push_back(source_file(walk->path()));
            std::sort(inside.begin(), inside.end(),
                      [](SourceFile const& a, SourceFile const& b) { return a.path < b.path; });
            files.insert(files.end(), inside.begin(), inside.end());
        } else if (fs::exists(path, failed)) {
            files.push_back(source_file(path));
        } else {
            return error(ErrorKind::NotFound, "path_missing", "no such file or folder: " + each);
        }
    }
    return files;
}

Result<void> read_chunks(SourceFile const& file,
                         std::function<void(std::string_view, std::uint64_t)> const& take) {
    auto const unreadable = [&] {
        return error(ErrorKind::Unavailable, "file_unreadable", "the file cannot be read");
    };
    File const input(file.path);
    if (input.handle < 0)
        return unreadable();
    auto buffer = std::make_unique<std::array<char, chunk_bytes>>();
    std::unique_ptr<Inflater> inflater;
    std::uint64_t total = 0;
    while (true) {
        auto const count = ::read(input.handle, buffer->data(), buffer->size());
        if (count < 0)
            return unreadable();
        if (count == 0)
            break;
        std::string_view const chunk(buffer->data(), static_cast<std::size_t>(count));
        if (total == 0 && chunk.substr(0, 2) == "\x1F\x8B")
            inflater = std::make_unique<Inflater>();
        total += chunk.size();
        if (inflater)
            TRY(inflater->feed(chunk, [&](std::string_view plain) { take(plain, total); }));
        else
            take(chunk, total);
    }
    if (inflater)
        TRY(inflater->finish());
    return ok();
}

} // namespace portico::central
