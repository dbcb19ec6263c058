#include "shared/client/release_fetch.h"

#include "shared/domain/release.h"

#include <algorithm>

namespace portico::client {

namespace {

Error cancelled() {
    return error(ErrorKind::Cancelled, "cancelled");
}

Error of_file(char const* reason, std::string name) {
    return error(ErrorKind::Corrupt, reason, std::move(name));
}

Result<void> fetch_file(Central& central, ReleaseFolder const& folder, std::string const& version,
                        api::ReleaseFile const& file, FetchPace const& pace) {
    auto here = TRY(folder.bytes_of(version, file));
    while (here < file.size_bytes) {
        if (!pace.may_go_on())
            return cancelled();
        auto const length = std::min(release_piece_bytes, file.size_bytes - here);
        auto const piece = TRY(central.release_piece(pace.next_call(), {version, file.name, here, length}));
        auto const bytes = from_base64url(piece.data);
        if (bytes.has_error() || static_cast<std::int64_t>(bytes.value().size()) != length)
            return error(ErrorKind::Corrupt, "reply_unreadable", "a piece of another length than asked for");
        TRY(folder.append(version, file, bytes.value()));
        here += length;
        pace.rest();
    }
    if (!TRY(folder.settle(version, file, pace.may_go_on)))
        return of_file("sum_wrong", file.name);
    return ok();
}

/// The signature, which the machine checks, is of SHA256SUMS alone: it must speak of all that is here.
Result<void> check_sums(ReleaseFolder const& folder, api::Release const& release) {
    auto const text = TRY(folder.read_small(release.version, std::string(release_sums_name)));
    auto const sums = parse_release_sums(text);
    if (sums.has_error())
        return of_file("sums_differ", std::string(release_sums_name));
    for (auto const& sum : sums.value()) {
        auto const found = std::ranges::find(release.files, sum.name, &api::ReleaseFile::name);
        if (found == release.files.end() || found->sha256 != to_hex(sum.sha256))
            return of_file("sums_differ", sum.name);
    }
    auto const beside = std::ranges::count_if(release.files, [](api::ReleaseFile const& file) {
        return file.name == release_sums_name || is_release_signature(file.name);
    });
    if (sums.value().size() + static_cast<std::size_t>(beside) != release.files.size())
        return of_file("sums_differ", std::string(release_sums_name));
    return ok();
}

} // namespace

Result<void> fetch_release(Central& central, ReleaseFolder const& folder, api::Release const& release,
                           std::set<std::string>& settled, FetchPace const& pace) {
    TRY(folder.begin(release));
    // What is wrong with the sums is known before hundreds of megabytes have come.
    auto files = release.files;
    std::stable_partition(files.begin(), files.end(),
                          [](api::ReleaseFile const& file) { return file.name == release_sums_name; });
    for (auto const& file : files) {
        if (settled.count(file.name) != 0)
            continue;
        TRY(fetch_file(central, folder, release.version, file, pace));
        if (file.name == release_sums_name)
            TRY(check_sums(folder, release));
        settled.insert(file.name);
    }
    return folder.finish(release.version);
}

} // namespace portico::client
