#include "shared/domain/operation.h"

#include <array>

namespace portico {

char const* name(OperationKind kind) {
    static constexpr std::array<char const*, 9> names{
        "change_contact_details", "request_mailed_card", "report_directory_error",
        "dispute_finding",        "card_issued",         "withdraw_request",
        "request_mailed_eob",     "write_to_member",     "promise_call_back"};
    return names.at(static_cast<std::size_t>(kind));
}

char const* name(OperationState state) {
    static constexpr std::array<char const*, 4> names{"waiting", "applied", "refused", "withdrawn"};
    return names.at(static_cast<std::size_t>(state));
}

char const* name(Assurance assurance) {
    static constexpr std::array<char const*, 5> names{"nothing", "identified", "one_factor", "two_factors",
                                                      "in_person_with_staff"};
    return names.at(static_cast<std::size_t>(assurance));
}

} // namespace portico
