#pragma once

#include "shared/base/result.h"
#include "shared/domain/eob.h"
#include "shared/domain/eob_check.h"
#include "shared/storage/database.h"

#include <map>
#include <string>
#include <vector>

namespace portico::central {

/// What the imported directory says of an EOB's billing provider on the day of service: whether one of its
/// roles or affiliations names one of the plan's networks. Roles are read once for each provider.
class DirectoryWords {
public:
    explicit DirectoryWords(storage::Database& database) : database_(database) {}
    /// Unknown when the plan names no network or the directory does not list the provider.
    Result<DirectoryWord> on(EobParty const& billing_provider, Date service_start,
                             std::vector<std::string> const& plan_networks);

private:
    struct Role {
        std::vector<std::string> networks;
        Period period;
    };
    Result<std::vector<Role>> roles(std::string const& provider);
    Result<std::string> provider_by_npi(std::string const& npi);

    storage::Database& database_;
    std::map<std::string, std::vector<Role>> known_;
};

} // namespace portico::central
