#pragma once

#include "central/auth/password_hasher.h"
#include "central/auth/sign_in_service.h"
#include "tests/central/store_of_test.h"
#include "tests/support/account_setup.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace portico::test {

/// Made-up members.
class SomeMembers final : public central::MemberSource {
public:
    SomeMembers() {
        add("patient-1", "Alex", "Sample", "1980-02-03", "W000000001");
        add("patient-2", "Robin", "Example", "1975-11-30", "W000000002");
    }
    Result<std::optional<Member>> member(PatientId const& patient) override {
        auto const found = members_.find(patient.text());
        return found == members_.end() ? std::optional<Member>() : std::optional(found->second);
    }

private:
    void add(std::string const& id, std::string const& given, std::string const& family,
             std::string const& birth_date, std::string const& member_id) {
        Member member;
        member.id = PatientId(id);
        member.name = {given, family};
        member.birth_date = Date::parse(birth_date).value();
        member.member_id = member_id;
        member.phone = "555-0101";
        member.language = "es";
        member.address = {{"1 Sample Street"}, "Testville", "CT", "06511"};
        members_[id] = member;
    }
    std::map<std::string, Member> members_;
};

/// What is left of central when its process ends.
struct AuthPlace {
    ScratchFolder folder;
    ManualClock clock{from_micros(1'790'000'000'000'000)};
    ScratchDatabase scratch;
    central::Vault vault = central::Vault::create(folder.path).value();
};

/// Central's sign-in over a real store in a scratch folder; the clock stands still until told, and hashing is
/// made cheap. Throws when the store cannot be opened.
struct AuthBench {
    explicit AuthBench(std::shared_ptr<AuthPlace> where = std::make_shared<AuthPlace>())
        : left(std::move(where)) {
        services.rp_id = "plan.example.org";
        services.origin = "https://plan.example.org";
        services.plan_name = "Sample Health Plan";
        services.sessions = &sessions;
        services.sign_in = sign_in.get();
    }

    static central::SignInHooks recording(AuthBench& bench) {
        central::SignInHooks hooks;
        hooks.tell = [&bench](storage::Database&, PatientId const& patient, std::string const& message) {
            bench.told.push_back(patient.text() + " " + message);
            return Result<void>(ok());
        };
        hooks.unlocked = [&bench](storage::Database&, TerminalId const& terminal, std::string const& ticket) {
            bench.unlocked.push_back(terminal.text() + " " + ticket);
            return Result<void>(ok());
        };
        hooks.session_ended = [&bench](storage::Database&, TerminalId const& terminal) {
            bench.ended.push_back(terminal.text());
            return Result<void>(ok());
        };
        return hooks;
    }

    TestTerminal terminal(std::string const& id = "kiosk-1") { return TestTerminal(services, id); }
    MemberAccount alex() {
        auto kiosk = terminal("kiosk-setup");
        return open_account(services, kiosk, PatientId("patient-1"), "1980-02-03", "CARD-1001");
    }
    MemberAccount robin() {
        auto kiosk = terminal("kiosk-setup");
        return open_account(services, kiosk, PatientId("patient-2"), "1975-11-30", "CARD-1002");
    }

    std::vector<std::string> told;
    std::vector<std::string> unlocked;
    std::vector<std::string> ended;
    std::shared_ptr<AuthPlace> left;
    ScratchFolder& folder = left->folder;
    ManualClock& clock = left->clock;
    ScratchDatabase& scratch = left->scratch;
    central::Vault& vault = left->vault;
    std::unique_ptr<central::Store> store = central::Store::open(address_of(scratch)).value();
    SomeMembers members;
    central::SessionTable sessions{*store, vault, clock};
    std::unique_ptr<central::SignInService> sign_in =
        central::SignInService::create(
            {*store,
             vault,
             clock,
             sessions,
             members,
             {"Sample Health Plan", "plan.example.org", "https://plan.example.org"},
             recording(*this),
             folder.path},
            {std::size_t{8} << 10U, 1})
            .value();
    central::Services services{clock, *store, vault};
};

} // namespace portico::test
