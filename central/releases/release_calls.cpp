#include "central/releases/release_calls.h"

#include "central/releases/releases.h"
#include "central/services.h"

namespace portico::central {

namespace {

Result<void> check_pace(Releases& releases, TerminalId const& terminal) {
    auto wait_s = releases.of_terminal.take(terminal.text());
    if (wait_s == 0)
        wait_s = releases.of_all.take("");
    if (wait_s == 0)
        return ok();
    auto problem = error(ErrorKind::TooMany, "releases_busy", "pieces of a release are asked for too often");
    problem.retry_after_s = wait_s;
    return problem;
}

/// The file that is asked for, if it is of the release that this terminal is to have, or what is new in that.
Result<api::ReleaseFile> file_for(Releases const& releases, storage::Database& database,
                                  TerminalId const& terminal, api::ReleasePieceQuery const& query) {
    if (query.version.empty() || TRY(releases.book.wanted(database, terminal)) != query.version)
        return error(ErrorKind::NotFound, "release_not_set", "this terminal is not to have that release");
    if (query.since) {
        auto const found = releases.changes.find(query.version, *query.since);
        if (found && query.name.empty())
            return *found;
        return error(ErrorKind::NotFound, "release_since_unknown",
                     "this node has nothing that is new since that release");
    }
    auto const release = TRY(releases.book.find(database, query.version));
    if (release)
        for (auto const& file : release->files)
            if (file.name == query.name)
                return file;
    return error(ErrorKind::NotFound, "release_file_unknown", "that release has no such file");
}

} // namespace

Result<api::Empty> report_version(Call& call, api::ReportVersion const& told) {
    TRY(call.write([&](storage::Database& database) {
        call.audit_subject = call.caller.terminal.text();
        call.audit_fields = {"version"};
        if (told.update)
            call.audit_fields.emplace_back("update");
        return call.services.releases->book.report(database, call.caller.terminal, told);
    }));
    return api::Empty{};
}

Result<api::WantedRelease> wanted_release(Call& call, api::ReleaseQuery const& query) {
    auto& releases = *call.services.releases;
    if (query.kept)
        TRY(ReleaseVersion::parse(*query.kept));
    api::WantedRelease reply;
    reply.ahead_s = releases.zone.ahead_at(call.services.clock.now()).count();
    auto const release = TRY(call.services.store.read<std::optional<KnownRelease>>(
        [&](storage::Database& database) -> Result<std::optional<KnownRelease>> {
            auto const version = TRY(releases.book.wanted(database, call.caller.terminal));
            return version.empty() ? std::optional<KnownRelease>()
                                   : TRY(releases.book.find(database, version));
        }));
    if (!release)
        return reply;
    reply.release = api::Release{release->version, release->files};
    if (auto const since = query.kept ? releases.changes.find(release->version, *query.kept) : std::nullopt)
        reply.release->since = api::ReleaseSince{*query.kept, since->size_bytes};
    return reply;
}

Result<Rendered<api::ReleasePiece>> release_piece(Call& call, api::ReleasePieceQuery const& query) {
    auto& releases = *call.services.releases;
    TRY(check_pace(releases, call.caller.terminal));
    auto const file = TRY(call.services.store.read<api::ReleaseFile>(
        [&](storage::Database& database) -> Result<api::ReleaseFile> {
            return file_for(releases, database, call.caller.terminal, query);
        }));
    if (query.offset < 0 || query.offset >= file.size_bytes || query.length < 1 ||
        query.length > api::release_piece_max_bytes)
        return error(ErrorKind::InvalidInput, "release_piece_invalid",
                     "a piece begins within its file and has 1 to " +
                         std::to_string(api::release_piece_max_bytes) + " bytes");
    auto const bytes = TRY(releases.shelf.piece(query.version, file, query.offset, query.length));
    // Base64url has nothing that JSON would escape.
    return Rendered<api::ReleasePiece>{"{\"data\":\"" + to_base64url(bytes) + "\"}"};
}

} // namespace portico::central
