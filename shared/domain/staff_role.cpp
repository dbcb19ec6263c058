#include "shared/domain/staff_role.h"

#include <algorithm>

namespace portico {

char const* name(StaffRole role) {
    static constexpr std::array<char const*, staff_roles.size()> names{
        "service_center",  "phone_rep",     "approver",  "supervisor",
        "privacy_officer", "administrator", "technician"};
    return names.at(static_cast<std::size_t>(role));
}

std::optional<StaffRole> staff_role(std::string_view word) {
    auto const found = std::find_if(staff_roles.begin(), staff_roles.end(),
                                    [&](StaffRole role) { return word == name(role); });
    return found == staff_roles.end() ? std::nullopt : std::optional(*found);
}

std::string text_of(std::vector<StaffRole> const& roles) {
    std::string text;
    for (auto const role : staff_roles)
        if (std::find(roles.begin(), roles.end(), role) != roles.end())
            text += (text.empty() ? "" : " ") + std::string(name(role));
    return text;
}

std::vector<StaffRole> staff_roles_in(std::string_view text) {
    std::vector<StaffRole> roles;
    for (std::size_t from = 0; from < text.size();) {
        auto const to = std::min(text.find(' ', from), text.size());
        if (auto const role = staff_role(text.substr(from, to - from)))
            roles.push_back(*role);
        from = to + 1;
    }
    return roles;
}

} // namespace portico
