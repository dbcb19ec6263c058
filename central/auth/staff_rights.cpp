#include "central/auth/staff_rights.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace portico::central {

namespace {

constexpr std::array rights{Right::ConfirmInPerson, Right::SeeWork,        Right::DoWork,
                            Right::AssignWork,      Right::OpenCase,       Right::TakeCase,
                            Right::AllowMore,       Right::DecideRequests, Right::ReviewAccess,
                            Right::UnlockAccount,   Right::ApproveUnlock,  Right::ServiceKiosk};

struct Grant {
    StaffRole role;
    Right right;
};

// All of it: what is not here, nobody may. Rights of a role that has none yet come with the routes that need
// them.
constexpr Grant grants[] = {
    {StaffRole::ServiceCenter, Right::ConfirmInPerson},
    {StaffRole::PhoneRep, Right::SeeWork},
    {StaffRole::PhoneRep, Right::DoWork},
    {StaffRole::Supervisor, Right::SeeWork},
    {StaffRole::Supervisor, Right::DoWork},
    {StaffRole::Supervisor, Right::AssignWork},
    {StaffRole::PrivacyOfficer, Right::SeeWork},
    {StaffRole::PhoneRep, Right::OpenCase},
    {StaffRole::Supervisor, Right::OpenCase},
    {StaffRole::Supervisor, Right::TakeCase},
    {StaffRole::Supervisor, Right::AllowMore},
    {StaffRole::PhoneRep, Right::DecideRequests},
    {StaffRole::Supervisor, Right::DecideRequests},
    {StaffRole::PrivacyOfficer, Right::DoWork},
    {StaffRole::PrivacyOfficer, Right::ReviewAccess},
    {StaffRole::Supervisor, Right::ReviewAccess},
    {StaffRole::PhoneRep, Right::UnlockAccount},
    {StaffRole::Supervisor, Right::UnlockAccount},
    {StaffRole::Supervisor, Right::ApproveUnlock},
    {StaffRole::Approver, Right::SeeWork},
    {StaffRole::Approver, Right::DoWork},
    {StaffRole::Approver, Right::ApproveUnlock},
    {StaffRole::Technician, Right::ServiceKiosk},
};

} // namespace

char const* name(Right right) {
    static constexpr std::array<char const*, 13> names{
        "none",           "confirm_in_person", "see_work",     "do_work",         "assign_work",
        "open_case",      "take_case",         "allow_more",   "decide_requests", "review_access",
        "unlock_account", "approve_unlock",    "service_kiosk"};
    return names.at(static_cast<std::size_t>(right));
}

bool has_right(std::vector<StaffRole> const& roles, Right right) {
    if (right == Right::None)
        return !roles.empty();
    return std::any_of(std::begin(grants), std::end(grants), [&](Grant const& grant) {
        return grant.right == right && std::find(roles.begin(), roles.end(), grant.role) != roles.end();
    });
}

std::vector<std::string_view> rights_of(std::vector<StaffRole> const& roles) {
    std::vector<std::string_view> names;
    for (auto const right : rights)
        if (has_right(roles, right))
            names.emplace_back(name(right));
    return names;
}

} // namespace portico::central
