#include "central/releases/release_book.h"

#include "shared/api/json.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::size_t reason_max = 200;

Error release_unknown(std::string const& version) {
    return error(ErrorKind::NotFound, "release_unknown",
                 "there is no release " + version + ": release list tells them, release add adds one");
}

Result<std::vector<api::ReleaseFile>> files_of(storage::Database& database, std::string const& version) {
    auto query = TRY(database.prepare(
        "SELECT name, size_bytes, sha256 FROM software_file WHERE version = $1 ORDER BY name"));
    query.bind(1, version);
    std::vector<api::ReleaseFile> files;
    while (TRY(query.step()))
        files.push_back({query.text(0), query.integer(1), to_hex(query.blob(2))});
    // By the bytes of their names, however the database sorts text.
    std::ranges::sort(files, {}, &api::ReleaseFile::name);
    return files;
}

Result<bool> is_known(storage::Database& database, std::string const& version) {
    auto query = TRY(database.prepare("SELECT 1 FROM software_release WHERE version = $1"));
    query.bind(1, version);
    return query.step();
}

Result<void> check_known(storage::Database& database, std::string const& version) {
    if (version.empty() || TRY(is_known(database, version)))
        return ok();
    return release_unknown(version);
}

/// By name and sum; of the same bytes there are as many.
bool same_files(std::vector<api::ReleaseFile> const& known, std::vector<SummedFile> const& files) {
    return std::ranges::equal(known, files, [](api::ReleaseFile const& a, SummedFile const& b) {
        return a.name == b.name && a.sha256 == to_hex(b.sha256);
    });
}

Result<void> put_wanted(storage::Database& database, TerminalId const& terminal, std::string const& version) {
    auto insert = TRY(database.prepare(
        "INSERT INTO terminal_software (terminal, wanted, running, told_us, update_version, outcome, reason,"
        " outcome_us) VALUES ($1, $2, '', 0, '', '', '', 0)"
        " ON CONFLICT (terminal) DO UPDATE SET wanted = excluded.wanted"));
    return insert.bind(1, terminal.text()).bind(2, version).run();
}

/// It is shown in operators' tables, one line each.
Result<void> check_report(api::ReportVersion const& told) {
    TRY(ReleaseVersion::parse(told.version));
    if (!told.update)
        return ok();
    TRY(ReleaseVersion::parse(told.update->version));
    auto const& reason = told.update->reason;
    bool const printable =
        std::all_of(reason.begin(), reason.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (reason.size() > reason_max || !printable)
        return error(ErrorKind::InvalidInput, "update_reason_invalid",
                     "a reason has at most 200 printable ASCII characters");
    return ok();
}

} // namespace

Result<void> ReleaseBook::check_new(storage::Database& database, std::string const& version,
                                    std::vector<SummedFile> const& files) const {
    if (!TRY(is_known(database, version)) || same_files(TRY(files_of(database, version)), files))
        return ok();
    return error(ErrorKind::Conflict, "release_differs",
                 "release " + version +
                     " was added with other files: build it under a new version, or "
                     "remove that one first");
}

Result<void> ReleaseBook::add(storage::Database& database, std::string const& version,
                              std::vector<api::ReleaseFile> const& files) const {
    std::vector<SummedFile> sums;
    sums.reserve(files.size());
    for (auto const& file : files)
        sums.push_back({file.name, TRY(from_hex(file.sha256))});
    TRY(check_new(database, version, sums));
    if (TRY(is_known(database, version)))
        return ok();
    auto insert = TRY(database.prepare("INSERT INTO software_release (version, added_us) VALUES ($1, $2)"));
    TRY(insert.bind(1, version).bind(2, to_micros(clock_.now())).run());
    auto insert_file = TRY(database.prepare(
        "INSERT INTO software_file (version, name, size_bytes, sha256) VALUES ($1, $2, $3, $4)"));
    for (auto const& file : files) {
        auto const sum = TRY(from_hex(file.sha256));
        TRY(insert_file.bind(1, version)
                .bind(2, file.name)
                .bind(3, file.size_bytes)
                .bind(4, ByteView(sum))
                .run());
    }
    return ok();
}

Result<void> ReleaseBook::remove(storage::Database& database, std::string const& version) const {
    if (!TRY(is_known(database, version)))
        return release_unknown(version);
    auto wanted = TRY(database.prepare(
        "SELECT count(*) FROM terminal_software JOIN terminal ON terminal.id = terminal_software.terminal"
        " WHERE terminal_software.wanted = $1 AND terminal.state <> 'revoked'"));
    wanted.bind(1, version);
    TRY(wanted.step());
    if (auto const count = wanted.integer(0); count > 0)
        return error(ErrorKind::Conflict, "release_wanted",
                     std::to_string(count) + " terminal(s) are to have release " + version +
                         ": give them another first (terminal release)");
    wanted.reset();
    for (auto const* sql : {"UPDATE terminal_software SET wanted = '' WHERE wanted = $1",
                            "DELETE FROM software_file WHERE version = $1",
                            "DELETE FROM software_release WHERE version = $1"}) {
        auto change = TRY(database.prepare(sql));
        TRY(change.bind(1, version).run());
    }
    return ok();
}

Result<std::optional<KnownRelease>> ReleaseBook::find(storage::Database& database,
                                                      std::string const& version) const {
    auto query = TRY(database.prepare("SELECT added_us FROM software_release WHERE version = $1"));
    query.bind(1, version);
    if (!TRY(query.step()))
        return std::optional<KnownRelease>();
    KnownRelease release{version, query.integer(0), {}};
    query.reset();
    release.files = TRY(files_of(database, version));
    return std::optional(std::move(release));
}

Result<std::vector<KnownRelease>> ReleaseBook::list(storage::Database& database) const {
    auto query = TRY(database.prepare("SELECT version, added_us FROM software_release ORDER BY version"));
    std::vector<KnownRelease> releases;
    while (TRY(query.step()))
        releases.push_back({query.text(0), query.integer(1), {}});
    query.reset();
    for (auto& release : releases)
        release.files = TRY(files_of(database, release.version));
    return releases;
}

Result<void> ReleaseBook::want(storage::Database& database, TerminalId const& terminal,
                               std::string const& version) const {
    auto query = TRY(database.prepare("SELECT program FROM terminal WHERE id = $1 AND state <> 'revoked'"));
    query.bind(1, terminal.text());
    if (!TRY(query.step()))
        return error(ErrorKind::NotFound, "terminal_unknown",
                     "no terminal in use has this id: terminal list tells them");
    if (query.text(0) != "kiosk")
        return error(ErrorKind::Refused, "terminal_not_kiosk",
                     "only kiosks get their releases from central; a " + query.text(0) +
                         " is updated by its packages");
    query.reset();
    TRY(check_known(database, version));
    return put_wanted(database, terminal, version);
}

Result<int> ReleaseBook::want_for_all_kiosks(storage::Database& database, std::string const& version) const {
    TRY(check_known(database, version));
    auto query =
        TRY(database.prepare("SELECT id FROM terminal WHERE program = 'kiosk' AND state <> 'revoked'"));
    std::vector<TerminalId> kiosks;
    while (TRY(query.step()))
        kiosks.emplace_back(query.text(0));
    query.reset();
    for (auto const& kiosk : kiosks)
        TRY(put_wanted(database, kiosk, version));
    return static_cast<int>(kiosks.size());
}

Result<std::string> ReleaseBook::wanted(storage::Database& database, TerminalId const& terminal) const {
    auto query = TRY(database.prepare("SELECT wanted FROM terminal_software WHERE terminal = $1"));
    query.bind(1, terminal.text());
    return TRY(query.step()) ? query.text(0) : std::string();
}

Result<void> ReleaseBook::report(storage::Database& database, TerminalId const& terminal,
                                 api::ReportVersion const& told) const {
    TRY(check_report(told));
    auto const now = to_micros(clock_.now());
    auto insert = TRY(database.prepare(
        "INSERT INTO terminal_software (terminal, wanted, running, told_us, update_version, outcome, reason,"
        " outcome_us) VALUES ($1, '', $2, $3, '', '', '', 0)"
        " ON CONFLICT (terminal) DO UPDATE SET running = excluded.running, told_us = excluded.told_us"));
    TRY(insert.bind(1, terminal.text()).bind(2, told.version).bind(3, now).run());
    if (!told.update)
        return ok();
    auto const& update = *told.update;
    std::string const outcome(api::word_of(update.outcome));
    auto change = TRY(database.prepare(
        "UPDATE terminal_software SET update_version = $2, outcome = $3, reason = $4, outcome_us = $5"
        " WHERE terminal = $1 AND (update_version <> $2 OR outcome <> $3 OR reason <> $4)"));
    return change.bind(1, terminal.text())
        .bind(2, update.version)
        .bind(3, outcome)
        .bind(4, update.reason)
        .bind(5, now)
        .run();
}

Result<std::map<TerminalId, TerminalSoftware>> ReleaseBook::terminals(storage::Database& database) const {
    auto query = TRY(database.prepare("SELECT terminal, wanted, running, told_us, update_version, outcome,"
                                      " reason, outcome_us FROM terminal_software"));
    std::map<TerminalId, TerminalSoftware> found;
    while (TRY(query.step()))
        found[TerminalId(query.text(0))] = {query.text(1), query.text(2), query.integer(3), query.text(4),
                                            query.text(5), query.text(6), query.integer(7)};
    return found;
}

} // namespace portico::central
