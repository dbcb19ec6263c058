#include "central/plan/directory_word.h"

#include "central/plan/plan_codec.h"

#include <algorithm>

namespace portico::central {

Result<std::string> DirectoryWords::provider_by_npi(std::string const& npi) {
    std::string provider;
    if (npi.empty())
        return provider;
    auto query = TRY(database_.prepare("SELECT kind, record_key FROM plan_part WHERE kind IN ('practitioner',"
                                       " 'organization') AND lookup = $1 ORDER BY kind, record_key LIMIT 1"));
    query.bind(1, std::string_view(npi));
    if (TRY(query.step()))
        provider = (query.text(0) == "practitioner" ? "Practitioner/" : "Organization/") + query.text(1);
    return provider;
}

Result<std::vector<DirectoryWords::Role>> DirectoryWords::roles(std::string const& provider) {
    std::vector<Role> found;
    auto query = TRY(database_.prepare(
        "SELECT body FROM plan_part WHERE kind IN ('role', 'affiliation') AND lookup = $1"));
    query.bind(1, std::string_view(provider));
    while (TRY(query.step())) {
        auto const role = TRY(decode<RoleRecord>(query.text(0)));
        if (role.active)
            found.push_back({role.networks, role.period});
    }
    return found;
}

Result<DirectoryWord> DirectoryWords::on(EobParty const& billing_provider, Date service_start,
                                         std::vector<std::string> const& plan_networks) {
    DirectoryWord word;
    if (plan_networks.empty())
        return word;
    auto provider = billing_provider.reference;
    if (provider.empty())
        provider = TRY(provider_by_npi(billing_provider.npi));
    if (provider.empty())
        return word;
    auto known = known_.find(provider);
    if (known == known_.end())
        known = known_.emplace(provider, TRY(roles(provider))).first;
    for (auto const& role : known->second) {
        bool const in_network =
            std::any_of(role.networks.begin(), role.networks.end(), [&](std::string const& network) {
                return std::find(plan_networks.begin(), plan_networks.end(), network) != plan_networks.end();
            });
        bool const then =
            service_start.is_empty() || role.period == Period{} || role.period.contains(service_start);
        // A role in the network at the time of service settles it; others only if there is none.
        if (in_network && then)
            return DirectoryWord{NetworkStatus::InNetwork, role.period};
        if (word.status == NetworkStatus::Unknown && !in_network)
            word = {NetworkStatus::OutOfNetwork, role.period};
    }
    return word;
}

} // namespace portico::central
