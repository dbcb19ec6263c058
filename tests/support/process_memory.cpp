#include "tests/support/process_memory.h"

#include "tests/support/catch.h"

#include <algorithm>
#include <bitset>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <unistd.h>

namespace portico::test {

namespace {

struct Needle {
    std::string word;
    std::string bytes;
};

/// Letters as code units of `width` bytes, little-endian. The canaries are ASCII.
std::string widened(std::string_view text, std::size_t width) {
    std::string out;
    for (char const c : text) {
        out += c;
        out.append(width - 1, '\0');
    }
    return out;
}

/// All needles at once: one pass over the hay looks up each three bytes, and only where a needle may begin is
/// more compared. A pass a needle would take minutes for a sanitized program.
class Needles {
public:
    explicit Needles(std::vector<std::string> const& words) {
        for (auto const& word : words)
            for (std::size_t const width : {std::size_t{1}, std::size_t{2}, std::size_t{4}}) {
                needles_.push_back({word, widened(std::string_view(word).substr(1), width)});
                REQUIRE(needles_.back().bytes.size() >= start_bytes);
                begins_.set(slot(needles_.back().bytes.data()));
            }
    }

    /// `hay` begins `offset` bytes into `place`. A needle is reported once a hay.
    void look(std::string_view hay, std::uint64_t offset, std::string const& place,
              std::vector<std::string>& found) const {
        std::vector<bool> seen(needles_.size());
        for (std::size_t at = 0; at + start_bytes <= hay.size(); ++at) {
            if (!begins_[slot(hay.data() + at)])
                continue;
            for (std::size_t i = 0; i < needles_.size(); ++i) {
                auto const& needle = needles_[i];
                if (seen[i] || hay.compare(at, needle.bytes.size(), needle.bytes) != 0)
                    continue;
                seen[i] = true;
                char where[96];
                std::snprintf(where, sizeof where, " as %zu bytes a letter, at +%" PRIx64 " of ",
                              needle.bytes.size() / (needle.word.size() - 1), offset + at);
                found.push_back(needle.word + where + place);
            }
        }
    }

private:
    static constexpr std::size_t start_bytes = 3;

    static std::size_t slot(char const* at) {
        std::uint32_t start = 0;
        std::memcpy(&start, at, start_bytes);
        return (start * 0x9E3779B1U) >> 16U;
    }

    std::vector<Needle> needles_;
    std::bitset<65536> begins_;
};

} // namespace

std::vector<std::string> found_in_memory(pid_t process, std::vector<std::string> const& words,
                                         std::size_t bytes_least) {
    Needles const needles(words);
    std::vector<std::string> found;
    auto const folder = "/proc/" + std::to_string(process);
    int const memory = ::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    std::ifstream maps(folder + "/maps");
    std::size_t looked_at = 0;
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        char rights[5] = "";
        std::uint64_t inode = 0;
        if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64 " %4s %*s %*s %" SCNu64, &begin, &end, rights,
                        &inode) != 4 ||
            rights[0] != 'r')
            continue;
        // Programs and libraries as they lie on the disk: nothing of a visit can be in there, only numbers
        // that look like a PIN.
        if (inode != 0 && rights[1] != 'w')
            continue;
        // A sanitizer reserves terabytes: only what is there is read, in pieces that overlap by the longest
        // needle.
        constexpr std::size_t piece = 4U << 20U;
        constexpr std::size_t overlap = 512;
        constexpr std::uint64_t region_max = 1ULL << 32U;
        if (end - begin > region_max)
            continue;
        std::string bytes;
        for (auto at = begin; at < end; at += piece) {
            bytes.resize(std::min<std::uint64_t>(piece + overlap, end - at));
            auto const got = ::pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (got <= 0)
                continue;
            looked_at += static_cast<std::size_t>(got);
            needles.look(std::string_view(bytes).substr(0, static_cast<std::size_t>(got)), at - begin, line,
                         found);
        }
    }
    ::close(memory);
    REQUIRE(looked_at > bytes_least); // it did look
    return found;
}

std::vector<std::string> found_in_files(std::string const& folder, std::vector<std::string> const& words) {
    Needles const needles(words);
    std::vector<std::string> found;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string const bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        needles.look(bytes, 0, entry.path().string(), found);
    }
    return found;
}

} // namespace portico::test
