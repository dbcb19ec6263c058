#include "shared/domain/staff_role.h"
#include "tests/support/catch.h"

#include <set>

using namespace portico;

TEST_CASE("staff role: each has a name of its own, and reads back") {
    std::set<std::string> names;
    for (auto const role : staff_roles) {
        CHECK(staff_role(name(role)) == role);
        names.insert(name(role));
    }
    CHECK(names.size() == staff_roles.size());
    CHECK_FALSE(staff_role("").has_value());
    CHECK_FALSE(staff_role("Phone_Rep").has_value());
}

TEST_CASE("staff role: a text of roles keeps their order, each once, and nothing that is none") {
    CHECK(text_of({StaffRole::Supervisor, StaffRole::PhoneRep, StaffRole::PhoneRep}) ==
          "phone_rep supervisor");
    CHECK(text_of({}).empty());
    CHECK(staff_roles_in("phone_rep supervisor") == std::vector{StaffRole::PhoneRep, StaffRole::Supervisor});
    CHECK(staff_roles_in("").empty());
    CHECK(staff_roles_in("god  phone_rep ") == std::vector{StaffRole::PhoneRep});
}
