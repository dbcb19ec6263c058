#pragma once

#include <cstdint>
#include <string_view>

namespace portico {

/// What a terminal can change. Each is applied by central exactly once, by its id.
enum class OperationKind : std::uint8_t {
    ChangeContactDetails,
    RequestMailedCard,
    ReportDirectoryError,
    DisputeFinding,
    CardIssued,
    WithdrawRequest,
    RequestMailedEob,
    WriteToMember,
    PromiseCallBack,
};

/// Where an operation is. A refused one comes back to a person's list with its reason; a withdrawn one was
/// taken back by its member before it took effect.
enum class OperationState : std::uint8_t { Waiting, Applied, Refused, Withdrawn };

char const* name(OperationKind kind);
char const* name(OperationState state);

/// How sure we are of who this is. DESIGN idea 5; each rung includes those before it.
enum class Assurance : std::uint8_t { Nothing, Identified, OneFactor, TwoFactors, InPersonWithStaff };
char const* name(Assurance assurance);

} // namespace portico
