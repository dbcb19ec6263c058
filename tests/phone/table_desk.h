#pragma once

#include "phone/calls/call_table.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

/// A call table, and what a softphone would tell it.
namespace portico::phone::test {

using namespace std::chrono_literals;
using State = PhoneCall::State;
using Kind = SoftphoneEvent::Kind;
using Do = TelephoneCommand::Do;

inline constexpr auto account = "sip:desk@192.0.2.7";

/// A table and what baresip would say to it.
struct Desk {
    ManualClock clock{UtcTime{1'000'000s}};
    CallTable table{{.line = "members", .country_code = "1", .player = "alsa,default", .keypad = true},
                    clock};

    Desk() { table.started(); }

    void event(Kind kind, std::string const& call, std::string const& why = {}) {
        SoftphoneEvent made;
        made.kind = kind;
        made.account = account;
        made.call = call;
        made.from = kind == Kind::Incoming ? "sip:+15550100134@192.0.2.9" : "";
        made.why = why;
        table.handle(made);
    }
    void press(std::string const& call, std::string const& keys) {
        for (char const key : keys) {
            SoftphoneEvent made;
            made.kind = Kind::KeyDown;
            made.call = call;
            made.key = key;
            table.handle(made);
            event(Kind::KeyUp, call);
        }
    }
    std::string ring(std::string const& sip_id) {
        event(Kind::Incoming, sip_id);
        return table.view().calls.back().id;
    }
    std::string talk(std::string const& sip_id) {
        auto const id = ring(sip_id);
        table.obey({Do::Answer, id, {}});
        event(Kind::Answered, sip_id);
        event(Kind::Established, sip_id);
        table.take_commands();
        return id;
    }
    std::string key(std::string const& sip_id) {
        auto const id = talk(sip_id);
        table.obey({Do::StartKeying, id, {}});
        close_ear();
        return id;
    }
    void close_ear(std::string const& text = "switch audio player: aubridge,portico-nobody\n") {
        for (auto const& command : table.take_commands())
            if (command.command == "auplay")
                table.handle(SoftphoneResponse{command.token, text});
    }
    PhoneCall call(std::string const& id) const {
        for (auto const& one : table.view().calls)
            if (one.id == id)
                return one;
        FAIL("the call is not in the list");
        return {};
    }
    /// "command params call" of each since the last time.
    std::vector<std::string> told() {
        std::vector<std::string> all;
        for (auto const& command : table.take_commands()) {
            CHECK((command.call.empty() || command.account == account)); // or it goes to another call
            all.push_back(command.command + " " + command.params + " " + command.call);
        }
        return all;
    }
};

using Told = std::vector<std::string>;

} // namespace portico::phone::test
