#pragma once

#include "bench/central/signed_in.h"
#include "tests/support/process.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace portico::bench {

/// A member about whom a rep is called: what the caller says, and a kiosk at which the member is signed in.
struct CallingMember {
    std::string member_id;
    std::string birth_date;
    std::string phone;
    SignedInTerminal kiosk;
};

/// A plan's desks, with a rep of its own at each, some of its members, and the real portico-central between
/// them, as a process. Inside a Catch2 test case.
class Fleet {
public:
    /// `patients`: ids of members in `data`; each gets an account. Desks that are added stay in the folder.
    Fleet(std::filesystem::path const& data, int desks, std::vector<std::string> const& patients);

    pid_t process() const { return central_->pid(); }
    std::uint16_t port() const { return port_; }
    std::vector<SignedInTerminal> const& desks() const { return desks_; }
    std::vector<CallingMember> const& members() const { return members_; }

private:
    std::vector<SignedInTerminal> desks_;
    std::vector<CallingMember> members_;
    std::optional<test::Process> central_;
    std::uint16_t port_ = 0;
};

} // namespace portico::bench
