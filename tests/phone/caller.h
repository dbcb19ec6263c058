#pragma once

#include "tests/phone/sip_leg.h"

#include <string>

namespace portico::test {

/// Somebody who calls: Debian's sipp with tests/phone/caller.xml, which does what it is told.
class Caller {
public:
    using Place = SipLeg::Place; ///< `scenario` empty: tests/phone/caller.xml
    /// `from`: user part of its address. Not calling yet.
    Caller(Place const& place, std::string const& from);

    void call() { leg_.tell("Call: now"); }
    void call_and_refuse_transfers() { leg_.tell("Refuse: transfer"); }
    /// Waits until its telephone was held or gone on with, and can be told more; each time once.
    void expect_change() { leg_.hear("changed"); }
    void give_up() { leg_.tell("Do: cancel"); }
    void hang_up() { leg_.tell("Do: bye"); }
    void speak() { leg_.tell("Do: speak"); }
    /// As telephone events (RFC 4733), 0.4 s each; in the background.
    void key(std::string const& keys) { leg_.tell("Keys: " + keys); }
    /// As SIP INFO; returns when the other side has it.
    void key_by_info(char key) {
        leg_.tell(std::string("Info: ") + key);
        leg_.hear("keyed");
    }
    /// Waits for the end of the call; fails the test when it went otherwise than the scenario allows.
    void expect_end() { leg_.expect_end(); }
    std::string const& call_id() const { return leg_.call_id(); }

private:
    SipLeg leg_;
};

} // namespace portico::test
