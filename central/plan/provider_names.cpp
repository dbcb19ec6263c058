#include "central/plan/member_overview.h"
#include "central/plan/personal_reads.h"

namespace portico::central {

Result<void> ProviderNames::resolve(EobParty& party) {
    if (party.reference.empty() && party.npi.empty())
        return ok();
    auto const key = std::pair(party.reference, party.npi);
    auto known = known_.find(key);
    if (known == known_.end())
        known = known_.emplace(key, TRY(look_up(party.reference, party.npi))).first;
    if (!known->second.name.empty())
        party.name = known->second.name;
    if (party.npi.empty())
        party.npi = known->second.npi;
    return ok();
}

Result<EobParty> ProviderNames::look_up(std::string const& reference, std::string const& npi) {
    EobParty found;
    auto const slash = reference.find('/');
    auto const type = reference.substr(0, slash);
    auto const id = slash == std::string::npos ? std::string() : reference.substr(slash + 1);
    auto const person_id = type == "PractitionerRole" ? std::string() : id;
    if (type == "Organization") {
        if (auto const part = TRY(read_part<OrganizationRecord>(database_, "organization", id)))
            return EobParty{reference, part->name, part->npi};
    } else if (type == "Practitioner") {
        if (auto const part = TRY(read_part<PractitionerRecord>(database_, "practitioner", person_id)))
            return EobParty{reference, part->name, part->npi};
    } else if (type == "Location") {
        if (auto const part = TRY(read_part<LocationRecord>(database_, "location", id)))
            return EobParty{reference, part->name, {}};
    } else if (type == "PractitionerRole") {
        if (auto const role = TRY(read_part<RoleRecord>(database_, "role", id)))
            return look_up("Practitioner/" + role->practitioner, npi);
    } else if (reference.compare(0, 9, "urn:uuid:") == 0) {
        // Inside a Bundle a reference names no type.
        auto const uuid = reference.substr(9);
        if (auto const part = TRY(read_part<PractitionerRecord>(database_, "practitioner", uuid)))
            return EobParty{reference, part->name, part->npi};
        if (auto const part = TRY(read_part<OrganizationRecord>(database_, "organization", uuid)))
            return EobParty{reference, part->name, part->npi};
    }
    if (npi.empty())
        return found;
    auto query = TRY(database_.prepare("SELECT kind, record_key FROM plan_part WHERE kind IN ('practitioner',"
                                       " 'organization') AND lookup = $1 ORDER BY kind, record_key LIMIT 1"));
    query.bind(1, std::string_view(npi));
    if (TRY(query.step()))
        return look_up(query.text(0) == "practitioner" ? "Practitioner/" + query.text(1)
                                                       : "Organization/" + query.text(1),
                       {});
    return found;
}

} // namespace portico::central
