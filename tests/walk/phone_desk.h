#pragma once

#include "tests/walk/desk.h"

#include <functional>

namespace portico::test {

/// A plan of the bench's, a kiosk at which people register, a desk, and a rep who sits at it.
class PhoneDesk {
    std::unique_ptr<Bench> own_bench_; // before `bench`, which may be this one

public:
    using ChangePlan = std::function<void(std::filesystem::path const& plan)>;

    explicit PhoneDesk(std::string const& role = "phone_rep", ChangePlan const& change_plan = {});
    /// At a bench that is there already, and outlives this.
    explicit PhoneDesk(Bench& bench, std::string const& role = "phone_rep");

    Bench& bench;
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

private:
    /// Registers a rep of this role, who sits down at a desk.
    void seat(std::string const& role);
};

/// A change of plan: Alex Sample's record is one that the plan calls restricted.
void restrict_alex(std::filesystem::path const& plan);

} // namespace portico::test
