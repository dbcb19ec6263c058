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

/// What of `file` is not here yet, appended to it; `query` says what it is for central.
Result<void> fetch_pieces(Central& central, ReleaseFolder const& folder, api::ReleaseFile const& file,
                          api::ReleasePieceQuery query, FetchPace const& pace) {
    auto here = TRY(folder.bytes_of(query.version, file));
    while (here < file.size_bytes) {
        if (!pace.may_go_on())
            return cancelled();
        query.offset = here;
        query.length = std::min(release_piece_bytes, file.size_bytes - here);
        auto const piece = TRY(central.release_piece(pace.next_call(), query));
        auto const bytes = from_base64url(piece.data);
        if (bytes.has_error() || static_cast<std::int64_t>(bytes.value().size()) != query.length)
            return error(ErrorKind::Corrupt, "reply_unreadable", "a piece of another length than asked for");
        TRY(folder.append(query.version, file, bytes.value()));
        here += query.length;
        pace.rest();
    }
    return ok();
}

Result<void> fetch_file(Central& central, ReleaseFolder const& folder, std::string const& version,
                        api::ReleaseFile const& file, FetchPace const& pace) {
    TRY(fetch_pieces(central, folder, file, {version, file.name, 0, 0, {}}, pace));
    if (!TRY(folder.settle(version, file, pace.may_go_on)))
        return of_file("sum_wrong", file.name);
    return ok();
}

/// Whether fetching what is new since the kept release is less than what is missing.
bool is_less(ReleaseFolder const& folder, api::Release const& release) {
    return release.since && folder.kept().version() == release.since->from &&
           release.since->size_bytes < folder.missing_bytes(release);
}

Result<void> fetch_since(Central& central, ReleaseFolder const& folder, api::Release const& release,
                         FetchState& state, FetchPace const& pace) {
    api::ReleaseFile const since{release_since_name, release.since->size_bytes, ""};
    TRY(fetch_pieces(central, folder, since, {release.version, "", 0, 0, release.since->from}, pace));
    TRY(folder.rebuild(release, pace.may_go_on));
    // What did not come out right is no file of central's that came wrong: no try of those is counted.
    for (auto const& file : release.files)
        if (TRY(folder.settle(release.version, file, pace.may_go_on)) && file.name != release_sums_name)
            state.settled.insert(file.name);
    return ok();
}

/// What is new is not to be had, or fits to nothing: the release itself may be.
bool is_of_no_use(Error const& failure) {
    return failure.kind == ErrorKind::NotFound || failure.kind == ErrorKind::InvalidInput ||
           failure.kind == ErrorKind::Corrupt || failure.reason == "file_unreadable" ||
           failure.reason == "release_not_here";
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
                           FetchState& state, FetchPace const& pace) {
    TRY(folder.begin(release));
    if (!state.whole && is_less(folder, release)) {
        auto const outcome = fetch_since(central, folder, release, state, pace);
        if (outcome.has_error() && !is_of_no_use(outcome.error()))
            return outcome.error();
        state.whole = true;
    }
    // What is wrong with the sums is known before hundreds of megabytes have come.
    auto files = release.files;
    std::stable_partition(files.begin(), files.end(),
                          [](api::ReleaseFile const& file) { return file.name == release_sums_name; });
    for (auto const& file : files) {
        if (state.settled.count(file.name) != 0)
            continue;
        TRY(fetch_file(central, folder, release.version, file, pace));
        if (file.name == release_sums_name)
            TRY(check_sums(folder, release));
        state.settled.insert(file.name);
    }
    return folder.finish(release.version);
}

} // namespace portico::client
