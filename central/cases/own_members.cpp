#include "central/cases/own_members.h"

#include "central/auth/accounts.h"
#include "central/plan/household.h"
#include "central/plan/personal_reads.h"

#include <algorithm>
#include <set>

namespace portico::central {

Result<OwnMembers> OwnMembers::of(storage::Database& database, Vault const& vault, Clock const& clock,
                                  StaffId const& staff) {
    OwnMembers own;
    auto const account = TRY(Accounts(vault, clock).of_staff(database, staff));
    if (!account || account->own_patient.empty())
        return own;
    own.all_.push_back(account->own_patient);
    auto const own_key = plan_key(vault, "member", account->own_patient.text());
    std::set<std::string> subscribers;
    for (auto const& each : TRY(read_coverages(database, vault, own_key)))
        if (auto number = plain_number(each.coverage.subscriber_id); !number.empty())
            subscribers.insert(std::move(number));
    std::set<Bytes> seen{own_key};
    for (auto const& subscriber : subscribers)
        for (auto const& key : TRY(household(database, vault, subscriber)))
            if (auto const person = TRY(read_member(database, vault, key)); person && seen.insert(key).second)
                own.all_.push_back(person->member.id);
    return own;
}

bool OwnMembers::has(PatientId const& patient) const {
    return std::find(all_.begin(), all_.end(), patient) != all_.end();
}

Error own_matter() {
    return error(ErrorKind::Refused, "own_matter",
                 "a colleague works on what is about yourself or your family");
}

} // namespace portico::central
