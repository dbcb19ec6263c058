#include "bench/central/fleet.h"

#include "bench/support/stop.h"
#include "central/auth/accounts.h"
#include "tests/support/places.h"

#include <cstdlib>

namespace portico::bench {

namespace {

SignedInTerminal add_desk(central::Core& core, Clock const& clock, int number) {
    central::Account rep;
    must(core.store->write([&](storage::Database& database) -> Result<void> {
        central::Accounts const accounts(core.vault, clock);
        rep =
            TRY(accounts.create_staff(database, "Rep " + std::to_string(number), {StaffRole::PhoneRep}, {}));
        TRY(accounts.mark_opened(database, rep.id));
        return ok();
    }));
    return sign_in_at_new_terminal(core, "agent", rep.id, {}, rep.staff);
}

CallingMember add_member(central::Core& core, Clock const& clock, PatientId const& patient) {
    central::Account account;
    must(core.store->write([&](storage::Database& database) -> Result<void> {
        central::Accounts const accounts(core.vault, clock);
        if (auto const there = TRY(accounts.of_patient(database, patient))) {
            account = *there;
            return ok();
        }
        account = TRY(accounts.create_member(database, patient));
        TRY(accounts.mark_opened(database, account.id));
        return ok();
    }));
    auto const known = must(core.plan.facts->member(patient));
    if (!known)
        stop("no member " + patient.text() + " in the plan");
    return {known->member_id, known->birth_date.text(), known->phone,
            sign_in_at_new_terminal(core, "kiosk", account.id, patient, {})};
}

std::uint16_t port_in(std::string const& ready_line) {
    auto const listen = ready_line.find("listen=");
    auto const colon = ready_line.find(':', listen);
    return static_cast<std::uint16_t>(std::strtoul(ready_line.c_str() + colon + 1, nullptr, 10));
}

} // namespace

Fleet::Fleet(std::filesystem::path const& data, int desks, std::vector<std::string> const& patients) {
    {
        SystemClock clock;
        auto const core = must(central::Core::open(data, clock));
        for (int i = 0; i < desks; ++i)
            desks_.push_back(add_desk(*core, clock, i));
        for (auto const& patient : patients)
            members_.push_back(add_member(*core, clock, PatientId(patient)));
    }
    central_.emplace(std::vector<std::string>{test::program("portico-central"), "serve", "--data",
                                              data.string(), "--listen", "127.0.0.1:0"},
                     data / "bench.log");
    port_ = port_in(central_->wait_for_line("portico-central ready"));
}

} // namespace portico::bench
