#pragma once

#include "bench/central/desk_line.h"
#include "bench/central/fleet.h"

#include <string>
#include <vector>

namespace portico::bench {

/// A member at a kiosk, with a connection of its own.
struct MemberAtKiosk {
    MemberAtKiosk(std::uint16_t port, CallingMember const& who)
        : facts(who), kiosk(port, who.kiosk, nullptr) {}
    CallingMember const& facts;
    DeskLine kiosk;
};

/// What a rep does in one call, in the order of its functions; each is one or two calls of the desk's line.
class MemberCall {
public:
    explicit MemberCall(DeskLine& desk) : desk_(desk) {}

    /// The number rings, and its case is opened.
    void begin(CallingMember const& who);
    void identify(CallingMember const& who);
    /// The member is asked in their own session.
    void ask();
    /// They find the number that was read out to them.
    void answer(MemberAtKiosk& member) const;
    /// One page; the EOBs on it. `cursor`: of the page before, and of the next one afterwards.
    std::vector<std::string> read_claims(int limit, std::string& cursor);
    void read_eob(std::string const& eob);
    void close();

private:
    std::string about() const { return "?case_id=" + case_id_; }

    DeskLine& desk_;
    std::string case_id_;
    std::string number_;
};

} // namespace portico::bench
