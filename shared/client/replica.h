#pragma once

#include "shared/api/changes.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/domain/directory.h"
#include "shared/storage/database.h"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace portico::client {

/// A search of the directory. All parts may be empty and then do not narrow it.
struct ProviderQuery {
    std::string words = {};      ///< of a name or a specialty, in any order, as a person types them
    std::string zip5 = {};       ///< nearest first to the middle of this ZIP
    std::string network_id = {}; ///< only who is in this network
    std::string language = {};   ///< only who speaks it, BCP 47
    bool accepting = false;      ///< only who takes new patients
    int offset = 0;
    int limit = 50;
};
struct FoundProvider {
    ProviderListing listing;
    std::optional<double> miles; ///< from the middle of the ZIP; nothing when either place is not known
};
struct ProvidersFound {
    std::vector<FoundProvider> providers;
    /// That match, counted up to `providers_found_max`.
    std::size_t found_count = 0;
    /// The ZIP is one where the directory knows a place (its own or a neighbour's).
    bool zip_known = true;
};
inline constexpr std::size_t providers_found_max = 500;
/// How far "near" reaches, in tenths of a degree each way (about 60 miles north and south).
inline constexpr int near_cells_max = 9;

/// What is not personal and so may rest on the terminal: providers, plans, notices, contact ways, in one
/// SQLite file. One thread applies pages, any number read.
class Replica {
public:
    /// Errors: those of Database::open and migrate. A file that is corrupt may be deleted: it fills again.
    static Result<std::unique_ptr<Replica>> open(std::filesystem::path const& file, Clock const& clock);

    /// Where to go on; empty at the very beginning.
    Result<std::string> cursor();
    /// One page, whole or not at all. A restart keeps serving the former copy until the new one is complete,
    /// then drops what the new one did not name. Events are not for the replica and are skipped.
    Result<void> apply(api::ChangesPage const& page);
    /// When a pull last said that nothing more waits; nothing before the first time.
    Result<std::optional<UtcTime>> caught_up_at();

    Result<ProvidersFound> find_providers(ProviderQuery const& query);
    Result<std::optional<ProviderListing>> provider(std::string const& id);
    Result<std::int64_t> provider_count();
    Result<std::vector<api::Notice>> notices();
    Result<std::vector<api::ContactWay>> contact_ways();
    Result<std::optional<InsurancePlan>> plan(std::string const& id);

private:
    Replica(storage::Database writer, storage::Database reader, Clock const& clock)
        : writer_(std::move(writer)), reader_(std::move(reader)), clock_(clock) {}

    std::mutex write_guard_;
    storage::Database writer_;
    std::mutex read_guard_;
    storage::Database reader_;
    Clock const& clock_;
};

} // namespace portico::client
