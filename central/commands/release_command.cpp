#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "shared/base/rfc3339.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace portico::central {

namespace {

constexpr std::int64_t mib = 1024L * 1024;
/// A line of progress after so much: a disk takes a second or some for it.
constexpr std::int64_t progress_step_bytes = 64 * mib;

/// So that nobody wonders whether it still runs.
void tell_progress(std::string const& name, std::int64_t done, std::int64_t all) {
    bool const step = done / progress_step_bytes != (done - mib) / progress_step_bytes;
    if (step || done == all)
        static_cast<void>(std::fprintf(stderr, "%s: %lld of %lld MiB\n", name.c_str(),
                                       static_cast<long long>(done / mib),
                                       static_cast<long long>(all / mib)));
}

/// What lies in the folder and is none of the release's.
void tell_left_out(ReleaseSource const& source) {
    std::set<std::string> taken;
    for (auto const& file : source.all_files())
        taken.insert(file.name);
    std::error_code failed;
    for (auto const& entry : std::filesystem::directory_iterator(source.folder, failed))
        if (auto const name = entry.path().filename().string(); taken.count(name) == 0)
            static_cast<void>(std::fprintf(stderr, "left out, for %s does not name it: %s\n",
                                           std::string(release_sums_name).c_str(), name.c_str()));
}

/// So many releases that kiosks may have kept are looked at, the newest first: none lags further behind for
/// long.
constexpr std::size_t changes_since_max = 3;

bool is_newer(KnownRelease const& a, KnownRelease const& b) {
    auto const left = ReleaseVersion::parse(a.version);
    auto const right = ReleaseVersion::parse(b.version);
    return left.has_value() && right.has_value() ? left.value() > right.value() : a.version > b.version;
}

/// The release is added already: without these kiosks fetch it whole.
void add_changes(Releases const& releases, KnownRelease const& release, std::vector<KnownRelease> others) {
    std::erase_if(others, [&](KnownRelease const& other) {
        return !is_newer(release, other) || !releases.shelf.has(other.version, other.files);
    });
    std::ranges::sort(others, is_newer);
    others.resize(std::min(others.size(), changes_since_max));
    for (auto const& other : others) {
        auto const bytes = releases.changes.add(other, release);
        if (bytes.has_error())
            static_cast<void>(std::fprintf(stderr,
                                           "what is new since %s was not kept (%s): kiosks that have that "
                                           "fetch all of it\n",
                                           other.version.c_str(), bytes.error().message.c_str()));
        else if (bytes.value())
            std::printf("new since %s: %.1f MiB\n", other.version.c_str(),
                        static_cast<double>(*bytes.value()) / static_cast<double>(mib));
        else
            std::printf("new since %s: most of it\n", other.version.c_str());
    }
}

Result<void> add_release(Core& core, Arguments const& arguments) {
    auto const source = TRY(ReleaseSource::read(arguments.words().front(), arguments.get("--version")));
    auto const& version = source.version.text();
    auto const& book = core.releases->book;
    // A copy takes its time: what cannot be added is told before it.
    TRY(core.store->read<void>(
        [&](storage::Database& database) { return book.check_new(database, version, source.all_files()); }));
    tell_left_out(source);
    auto const files = TRY(core.releases->shelf.add(source, tell_progress));
    auto const known = core.operate("release_add", version, [&](storage::Database& database) {
        return book.add(database, version, files);
    });
    if (known.has_error() && known.error().reason == "release_differs")
        static_cast<void>(core.releases->shelf.remove(version)); // another node was faster
    TRY(known);
    std::printf("release %s\n", version.c_str());
    add_changes(*core.releases, {version, 0, files},
                TRY(core.store->read<std::vector<KnownRelease>>(
                    [&](storage::Database& database) { return book.list(database); })));
    return ok();
}

struct ReleaseCounts {
    int wanted = 0;
    int running = 0;
};

Result<void> list_releases(Core& core) {
    std::map<std::string, ReleaseCounts> counts;
    auto releases = TRY(core.store->read<std::vector<KnownRelease>>(
        [&](storage::Database& database) -> Result<std::vector<KnownRelease>> {
            auto const software = TRY(core.releases->book.terminals(database));
            for (auto const& terminal : TRY(core.terminals->list(database))) {
                auto const found = software.find(terminal.id);
                if (found == software.end() || terminal.state == "revoked")
                    continue;
                ++counts[found->second.wanted].wanted;
                ++counts[found->second.running].running;
            }
            return core.releases->book.list(database);
        }));
    // The newest last, as people count.
    std::ranges::sort(releases, [](KnownRelease const& a, KnownRelease const& b) { return is_newer(b, a); });
    std::printf("%-20s  %-10s  %5s  %6s  %-4s  %6s  %7s\n", "version", "added", "files", "MiB", "here",
                "wanted", "running");
    for (auto const& release : releases) {
        std::int64_t bytes = 0;
        for (auto const& file : release.files)
            bytes += file.size_bytes;
        auto const& count = counts[release.version];
        std::printf("%-20s  %-10s  %5zu  %6lld  %-4s  %6d  %7d\n", release.version.c_str(),
                    to_rfc3339(from_micros(release.added_us)).substr(0, 10).c_str(), release.files.size(),
                    static_cast<long long>((bytes + mib - 1) / mib),
                    core.releases->shelf.has(release.version, release.files) ? "yes" : "no", count.wanted,
                    count.running);
    }
    return ok();
}

Result<void> remove_release(Core& core, std::string const& word) {
    auto const version = TRY(ReleaseVersion::parse(word)).text();
    auto const removed = core.operate("release_remove", version, [&](storage::Database& database) {
        return core.releases->book.remove(database, version);
    });
    bool const unknown = removed.has_error() && removed.error().reason == "release_unknown";
    if (removed.has_error() && !unknown)
        return removed.error();
    // What was removed at another node may lie here still.
    if (!TRY(core.releases->shelf.remove(version)) && unknown)
        return removed.error();
    std::printf("removed %s\n", version.c_str());
    return ok();
}

} // namespace

int release_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "add")
        shape.options.insert("--version");
    if (verb.word == "add" || verb.word == "remove")
        shape.words_min = shape.words_max = 1;
    else if (verb.word != "list")
        return report(error(ErrorKind::InvalidInput, "usage", "release wants add, list or remove"));
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(), [&](Core& core) -> Result<void> {
        if (verb.word == "add")
            return add_release(core, arguments.value());
        if (verb.word == "remove")
            return remove_release(core, arguments.value().words().front());
        return list_releases(core);
    });
}

} // namespace portico::central
