#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/domain/finding.h"
#include "shared/domain/id_card.h"
#include "shared/domain/member.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// What the operations need of the plan's data. `serve` gives the one over the imported data; tests their
/// own. Called inside write transactions on the writer's thread too: it reads by connections of its own. An
/// unknown thing is empty, not an error.
class MemberFacts {
public:
    MemberFacts() = default;
    MemberFacts(MemberFacts const&) = delete;
    MemberFacts& operator=(MemberFacts const&) = delete;
    virtual ~MemberFacts() = default;

    /// As imported; what the member changed since is laid over it by ContactDetailsBook.
    virtual Result<std::optional<Member>> member(PatientId const& patient) = 0;
    /// The findings of one of the patient's own EOBs; nothing when it is not theirs.
    virtual Result<std::optional<std::vector<Finding>>> findings(PatientId const& patient,
                                                                 EobId const& eob) = 0;
    virtual Result<std::optional<std::string>> claim_number(PatientId const& patient, EobId const& eob) = 0;
    virtual Result<bool> has_listing(std::string const& listing_id) = 0;
    /// The card as it would be printed today, without a number; nothing when the member has no coverage.
    virtual Result<std::optional<IdCard>> id_card(PatientId const& patient) = 0;
};

} // namespace portico::central
