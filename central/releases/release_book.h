#pragma once

#include "shared/api/release.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/domain/release.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// A release that was added, as all nodes know it.
struct KnownRelease {
    std::string version;
    std::int64_t added_us = 0;
    std::vector<api::ReleaseFile> files; ///< by name; the sums and their signature among them
};

/// What is known of the software of one terminal.
struct TerminalSoftware {
    std::string wanted;         ///< version that it is to have; empty: it stays as it is
    std::string running;        ///< as it said last; empty: it never did
    std::int64_t told_us = 0;   ///< when it said so
    std::string update_version; ///< of its last update; empty: nothing is known of any
    std::string outcome;        ///< as `api::UpdateState` in words
    std::string reason;
    std::int64_t outcome_us = 0; ///< when that was first said
};

/// What the store knows of releases, and which terminal has and is to have which. Each method runs inside its
/// caller's transaction or read; the files are the shelf's (release_shelf.h).
class ReleaseBook {
public:
    explicit ReleaseBook(Clock const& clock) : clock_(clock) {}

    /// Before its files are copied. Errors: as `add`.
    Result<void> check_new(storage::Database& database, std::string const& version,
                           std::vector<SummedFile> const& files) const;
    /// Once more with the same files it changes nothing. Errors: Conflict "release_differs": this version was
    /// added with other files.
    Result<void> add(storage::Database& database, std::string const& version,
                     std::vector<api::ReleaseFile> const& files) const;
    /// Errors: NotFound "release_unknown"; Conflict "release_wanted": a terminal in use is to have it.
    Result<void> remove(storage::Database& database, std::string const& version) const;
    Result<std::optional<KnownRelease>> find(storage::Database& database, std::string const& version) const;
    /// By version as text.
    Result<std::vector<KnownRelease>> list(storage::Database& database) const;

    /// An empty `version`: the terminal stays as it is. Errors: NotFound "terminal_unknown" (or revoked),
    /// "release_unknown"; Refused "terminal_not_kiosk": only kiosks are updated by central.
    Result<void> want(storage::Database& database, TerminalId const& terminal,
                      std::string const& version) const;
    /// The same of all kiosks that are not revoked, invited ones too; how many. Errors: NotFound
    /// "release_unknown".
    Result<int> want_for_all_kiosks(storage::Database& database, std::string const& version) const;
    /// The version that a terminal is to have; empty: none.
    Result<std::string> wanted(storage::Database& database, TerminalId const& terminal) const;

    /// What a terminal says of itself. Errors: InvalidInput "release_version_invalid",
    /// "update_reason_invalid".
    Result<void> report(storage::Database& database, TerminalId const& terminal,
                        api::ReportVersion const& told) const;
    /// Of all terminals of which anything is known.
    Result<std::map<TerminalId, TerminalSoftware>> terminals(storage::Database& database) const;

private:
    Clock const& clock_;
};

} // namespace portico::central
