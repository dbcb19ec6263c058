// link: portico_delta
#include "shared/delta/changes.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace portico;

namespace {

/// In memory where there is such a place: waiting for a disk is not what is tried here.
std::filesystem::path scratch() {
    std::filesystem::path const memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

struct Bench {
    Bench() {
        std::filesystem::create_directories(folder);
        std::string text(5'000, '\0');
        for (std::size_t i = 0; i < text.size(); ++i)
            text[i] = static_cast<char>(i * i / 7);
        write("old", text);
    }
    Bench(Bench const&) = delete;
    Bench& operator=(Bench const&) = delete;
    ~Bench() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    void write(char const* name, std::string_view text) const {
        std::ofstream(folder / name, std::ios::binary) << text;
    }
    delta::JoinedFiles joined(char const* name) const {
        auto opened = delta::JoinedFiles::open({folder / name});
        if (opened.has_error())
            std::abort();
        return std::move(opened).value();
    }

    std::filesystem::path folder = scratch() / ("portico-changes-fuzz-" + std::to_string(::getpid()));
};

} // namespace

/// What central says is new in a release: two bytes for how large the release is to be, then the changes. No
/// more than that comes out, and exactly that when it is said to be well.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2)
        return 0;
    static Bench const bench;
    static auto const old = bench.joined("old");
    std::int64_t const promised = data[0] * 256 + data[1];
    bench.write("changes", as_text(ByteView(data + 2, size - 2)));
    std::int64_t made = 0;
    auto const outcome =
        delta::apply_changes(old, bench.joined("changes"), promised, [&](ByteView bytes) -> Result<void> {
            made += static_cast<std::int64_t>(bytes.size());
            return ok();
        });
    if (made > promised || (outcome.has_value() && made != promised))
        std::abort();
    return 0;
}
