#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

/// What a staff member is to the plan. One person may be several; what each may do is in
/// central/auth/staff_rights.h.
enum class StaffRole : std::uint8_t {
    ServiceCenter,  ///< stands beside members at a kiosk
    PhoneRep,       ///< answers calls
    Approver,       ///< is the second one where a rule wants two
    Supervisor,     ///< of phone reps: hands work out
    PrivacyOfficer, ///< 45 CFR 164.530(a)(1)(i)
    Administrator,  ///< of accounts
    Technician,     ///< looks after kiosks, and sees no member
};

inline constexpr std::array staff_roles{
    StaffRole::ServiceCenter,  StaffRole::PhoneRep,      StaffRole::Approver,  StaffRole::Supervisor,
    StaffRole::PrivacyOfficer, StaffRole::Administrator, StaffRole::Technician};

/// "phone_rep".
char const* name(StaffRole role);
std::optional<StaffRole> staff_role(std::string_view name);

/// "phone_rep supervisor", in the order of the roles, each once.
std::string text_of(std::vector<StaffRole> const& roles);
/// The roles in it; a word that is none counts for nothing.
std::vector<StaffRole> staff_roles_in(std::string_view text);

} // namespace portico
