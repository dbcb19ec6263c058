#pragma once

#include "tests/walk/desk.h"

#include <functional>

namespace portico::test {

/// A plan of the bench's, a kiosk at which people register, a desk, and a rep who sits at it.
class PhoneDesk {
public:
    using ChangePlan = std::function<void(std::filesystem::path const& plan)>;

    explicit PhoneDesk(std::string const& role = "phone_rep", ChangePlan const& change_plan = {});

    Bench bench;
    std::unique_ptr<Bench::Kiosk> kiosk;
    std::unique_ptr<Desk> desk;

    Driver& screen() { return desk->screen(); }
    /// Another desk beside it; the keys of those who registered at the kiosk open it.
    std::unique_ptr<Desk> another_desk(std::string const& name);

    void open_case();
    void fill(std::string const& field, std::string const& text);
    /// What Alex Sample says.
    void say_name_and_birth(std::string const& birth_digits = "");
    /// Until the member is found whom the facts fit that were typed.
    void find();
    void close_case();
};

/// A change of plan: Alex Sample's record is one that the plan calls restricted.
void restrict_alex(std::filesystem::path const& plan);

} // namespace portico::test
