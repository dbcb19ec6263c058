#pragma once

#include "shared/base/result.h"
#include "shared/domain/member.h"

#include <optional>
#include <string>

namespace portico::central {

/// What sign-in needs to know of the plan's members. `serve` and the tests give one; the one over the
/// imported plan data is PlanMembers (plan_members.h). Called from any thread.
class MemberSource {
public:
    MemberSource() = default;
    MemberSource(MemberSource const&) = delete;
    MemberSource& operator=(MemberSource const&) = delete;
    virtual ~MemberSource() = default;

    /// Errors: those of the store. An unknown patient is no error but empty.
    virtual Result<std::optional<Member>> member(PatientId const& patient) = 0;
};

} // namespace portico::central
