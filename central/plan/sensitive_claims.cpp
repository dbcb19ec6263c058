#include "central/plan/sensitive_claims.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace portico::central {

namespace {

/// By what versions of one claim are known as such: the ids that they name, and the payer's number of the
/// claim, which a correction may keep without a word of what it corrects.
std::vector<std::string> version_names(EobFacts const& facts) {
    std::vector<std::string> names{"id " + facts.id.text()};
    for (auto const* other : {&facts.replaces, &facts.replaced_by})
        if (*other)
            names.push_back("id " + (*other)->text());
    if (!facts.claim_number.empty())
        names.push_back("number " + facts.claim_number);
    return names;
}

/// An EOB of which one version is sensitive is so in all of them: they are about the same services.
void add_versions(std::vector<JudgedClaim> const& claims, std::set<EobId>& sensitive) {
    std::map<std::string, std::vector<EobFacts const*>> by_name;
    for (auto const& each : claims)
        for (auto const& name : version_names(each.facts))
            by_name[name].push_back(&each.facts);
    std::vector<std::string> names;
    names.reserve(sensitive.size());
    for (auto const& id : sensitive)
        names.push_back("id " + id.text());
    for (std::size_t i = 0; i < names.size(); ++i)
        for (auto const* version : std::exchange(by_name[names[i]], {})) {
            sensitive.insert(version->id);
            auto more = version_names(*version);
            std::move(more.begin(), more.end(), std::back_inserter(names));
        }
}

} // namespace

void leave_out_sensitive(std::vector<JudgedClaim>& claims) {
    std::set<EobId> sensitive;
    for (auto const& each : claims)
        if (each.judgement.sensitive)
            sensitive.insert(each.facts.id);
    add_versions(claims, sensitive);
    claims.erase(std::remove_if(claims.begin(), claims.end(),
                                [&](JudgedClaim const& each) { return sensitive.count(each.facts.id) != 0; }),
                 claims.end());
}

} // namespace portico::central
