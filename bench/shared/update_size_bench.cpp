// What a kiosk fetches of its next update, and what it takes to make the update of that.
// usage: update_size_bench FOLDER      updates as image/build leaves them lie in it, at any depth: of one
// image the
//                                      two highest versions are taken
//    or: update_size_bench OLD NEW     two such folders

#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "bench/support/stop.h"
#include "shared/crypto/digest.h"
#include "shared/delta/changes.h"
#include "shared/domain/release.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <optional>
#include <sys/mman.h>
#include <unistd.h>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr double mib = 1024.0 * 1024.0;

/// By name, as central and the kiosk join them.
delta::JoinedFiles update_in(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    std::ranges::sort(files);
    return must(delta::JoinedFiles::open(files));
}

/// Old and new; nothing when there are not two of one image.
std::optional<std::pair<std::filesystem::path, std::filesystem::path>>
newest_two(std::filesystem::path const& folder) {
    std::map<std::string, std::map<ReleaseVersion, std::filesystem::path>> images;
    std::error_code failed;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder, failed)) {
        auto const name = entry.path().stem().string();
        auto const part = name.find('_');
        if (entry.path().extension() != ".update" || part == name.npos)
            continue;
        if (auto const version = ReleaseVersion::parse(name.substr(part + 1)); version.has_value())
            images[name.substr(0, part)].emplace(version.value(), entry.path());
    }
    for (auto const& [image, versions] : images)
        if (versions.size() > 1)
            return std::pair(std::next(versions.rbegin())->second, versions.rbegin()->second);
    return std::nullopt;
}

/// A file without a name, gone with its descriptor.
class NamelessFile {
public:
    NamelessFile() : file_(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
        if (!file_.is_open())
            stop("no room in /tmp");
    }
    Result<void> take(ByteView bytes) const {
        while (!bytes.empty()) {
            auto const written = ::write(file_.get(), bytes.data(), bytes.size());
            if (written <= 0)
                stop("/tmp cannot be written");
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return ok();
    }

private:
    FileDescriptor file_;
};

void measure(std::filesystem::path const& from, std::filesystem::path const& to) {
    std::printf("from %s to %s\n", from.filename().c_str(), to.filename().c_str());
    auto const old = update_in(from);
    auto const now = update_in(to);
    auto const place =
        std::filesystem::temp_directory_path() / ("portico-update-size-" + std::to_string(::getpid()));
    auto began = thread_cpu_ms();
    {
        std::ofstream out(place, std::ios::binary);
        must(delta::tell_changes(old, now, [&](ByteView bytes) -> Result<void> {
            out << as_text(bytes);
            return ok();
        }));
    }
    std::printf("central works it out in %.2f s of processor\n", (thread_cpu_ms() - began) / 1000);
    auto const changes = must(delta::JoinedFiles::open({place}));
    std::filesystem::remove(place);
    report({.name = "update_small_change",
            .value = static_cast<double>(changes.size_bytes()) / mib,
            .unit = "MiB",
            .yardstick = "the update, whole",
            .yardstick_value = static_cast<double>(now.size_bytes()) / mib,
            .goal = 0.1});

    NamelessFile const copy;
    crypto::Sha256 sum;
    began = thread_cpu_ms();
    Bytes step(64UL * 1024);
    for (std::int64_t at = 0; at < now.size_bytes();) {
        auto const got = must(now.read(at, step));
        sum.add({step.data(), got});
        must(copy.take({step.data(), got}));
        at += static_cast<std::int64_t>(got);
    }
    auto const wanted = sum.finish();
    auto const copy_ms = thread_cpu_ms() - began;

    NamelessFile const made;
    crypto::Sha256 made_sum;
    began = thread_cpu_ms();
    must(delta::apply_changes(old, changes, now.size_bytes(), [&](ByteView bytes) {
        made_sum.add(bytes);
        return made.take(bytes);
    }));
    auto const made_ms = thread_cpu_ms() - began;
    if (made_sum.finish() != wanted)
        stop("what was made is not the update");
    report({.name = "update_made_cpu",
            .value = made_ms / 1000,
            .unit = "s",
            .yardstick = "copying it, with its sum",
            .yardstick_value = copy_ms / 1000,
            .goal = std::nullopt});
}

} // namespace

int main(int count, char** words) {
    if (count == 3) {
        measure(words[1], words[2]);
        return 0;
    }
    if (count != 2)
        stop("usage: update_size_bench FOLDER, or OLD NEW");
    auto const two = newest_two(words[1]);
    if (two)
        measure(two->first, two->second);
    else
        std::printf("no figure: in %s are not two updates of one image (image/build --release VERSION)\n",
                    words[1]);
    return 0;
}
