#pragma once

#include "shared/base/result.h"
#include "shared/client/replica.h"
#include "shared/domain/directory.h"
#include "shared/storage/database.h"

#include <string>
#include <string_view>
#include <vector>

/// How the directory lies in SQLite, so that a search among a million rows touches hundreds.
///
/// A provider is found by (specialty, cell), where a cell is a tenth of a degree each way and specialty 0
/// stands for any; or by the words of its name (FTS5). Who has no coordinates lies in a cell of its ZIP.
namespace portico::client {

extern std::string_view const provider_schema_v1;

/// Inserts or replaces. Call inside a transaction.
Result<void> put_provider(storage::Database& database, ProviderListing const& listing,
                          std::int64_t generation);
Result<void> remove_provider(storage::Database& database, std::string_view id);
/// Removes everyone of an earlier generation.
Result<void> remove_providers_before(storage::Database& database, std::int64_t generation);

Result<ProvidersFound> search_providers(storage::Database& database, ProviderQuery const& query);

/// Lower case, accents off, split at everything that is no letter or digit.
std::vector<std::string> search_words(std::string_view text);
/// The stems a specialty is searched by when a person types `word`: "heart" also finds "cardi...".
std::vector<std::string> specialty_stems(std::string const& word);
/// Great-circle distance. Arguments in degrees.
double miles_between(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

} // namespace portico::client
