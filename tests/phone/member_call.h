#pragma once

#include "tests/phone/call_walk.h"
#include "tests/phone/telephone_of.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/kannel.h"
#include "tests/walk/locked_member.h"

#include <memory>
#include <regex>
#include <string>

namespace portico::test {

/// Nothing is made up here but the people: a caller's SIP telephone, the softphone and its helper, the rep's
/// desktop, central, the text gateway, and two kiosks, each a program of its own.
class MemberCall {
public:
    /// `called`: who answers calls of the desk's, as PhoneBench::Settings.
    explicit MemberCall(std::string called = {}) : called_(std::move(called)) {}

    Driver& desk() { return member.desk(); }

    /// False, after a word on why, on a machine without the programs.
    static bool can_run() { return PhoneBench::can_run() && !Kannel::missing(); }

    /// Rings until the rep has answered; the case is at hand.
    std::unique_ptr<Caller> call_and_answer(std::string const& from = alex_number) {
        auto caller = telephone.add_caller(from);
        caller->call();
        waits_for("Ringing: ");
        desk().key("F4");
        desk().wait_shows("case.find_title");
        return caller;
    }
    void find_alex() {
        member.office.say_name_and_birth();
        member.office.find();
        desk().wait_shows("member.covered");
    }
    /// Has a code sent by text, to the number on file of whoever calls; when this returns they may key it.
    std::string send_code(std::string const& to = alex_number) {
        auto const before = kannel.received().size();
        desk().key("Alt+V");
        desk().wait_shows("verify_way.text_code");
        desk().key("Alt+O");
        auto const text = kannel.wait_for(before + 1).back();
        CHECK(text.to == to);
        desk().wait_shows("code.unheard");
        std::smatch digits;
        REQUIRE(std::regex_search(text.text, digits, std::regex("\\b[0-9]{6}\\b")));
        return digits[0];
    }
    void waits_for(std::string const& words) {
        INFO("for: " << words);
        CHECK(eventually([&] { return desk().words().find(words) != std::string::npos; }));
    }

    std::string called_;
    Kannel kannel;
    ScratchFolder run; ///< of the telephone's sockets
    Bench bench{settings()};
    LockedMember member{bench};
    PhoneBench telephone{telephone_settings()};

private:
    Bench::Settings settings() const {
        Bench::Settings made;
        made.desk_config = "[telephone]\nsocket = '" + (run.path / "desk.sock").string() + "'\n";
        made.set_up_central = [this](std::filesystem::path const& data) { kannel.set_up_central(data); };
        return made;
    }
    PhoneBench::Settings telephone_settings() {
        auto made = telephone_of(bench, member.office.desk->terminal_id(), run.path);
        made.called = called_;
        return made;
    }
};

} // namespace portico::test
