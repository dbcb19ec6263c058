#pragma once

#include "tests/phone/port_block.h"
#include "tests/support/process.h"

#include <optional>
#include <string>

namespace portico::test {

/// Somebody who calls: Debian's sipp with tests/phone/caller.xml, which does what it is told.
class Caller {
public:
    struct Place {
        std::filesystem::path folder;      ///< for its log
        std::uint16_t telephone;           ///< SIP port of who is called
        std::uint16_t sip, control, media; ///< its own; `media` and the three after it
    };
    /// `from`: user part of its address. Not calling yet.
    Caller(Place const& place, std::string const& from);
    Caller(Caller const&) = delete;
    Caller& operator=(Caller const&) = delete;
    ~Caller();

    void call() { tell("Call: now"); }
    void call_and_refuse_transfers() { tell("Refuse: transfer"); }
    /// Waits until its telephone was held or gone on with, and can be told more; each time once.
    void expect_change() { hear("changed"); }
    void give_up() { tell("Do: cancel"); }
    void hang_up() { tell("Do: bye"); }
    void speak() { tell("Do: speak"); }
    /// As telephone events (RFC 4733), 0.4 s each; in the background.
    void key(std::string const& keys) { tell("Keys: " + keys); }
    /// As SIP INFO; returns when the other side has it.
    void key_by_info(char key) {
        tell(std::string("Info: ") + key);
        hear("keyed");
    }
    /// Waits for the end of the call; fails the test when it went otherwise than the scenario allows.
    void expect_end();

private:
    void tell(std::string const& what);
    void hear(std::string const& word);

    std::string id_;
    std::string heard_;
    std::optional<Process> sipp_;
    int control_ = -1;
};

} // namespace portico::test
