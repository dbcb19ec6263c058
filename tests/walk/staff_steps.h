#pragma once

#include "tests/walk/visit_steps.h"

#include <string>

namespace portico::test {

/// Who gets a staff account, and a key of their own.
struct StaffToBe {
    std::string key; ///< name of their bench key
    std::string name = "Sam Desk";
    std::string role = "service_center";
    std::string own_patient = {};
};

/// A staff account, made by the operator, with its key registered at the kiosk; its id. Begins and ends at
/// the attract screen.
std::string register_staff(Bench& bench, Driver& screen, StaffToBe const& who);

} // namespace portico::test
