#include "tests/phone/phone_bench.h"
#include "tests/support/catch.h"
#include "tests/support/config_table.h"
#include "tests/support/eventually.h"
#include "tests/support/kannel.h"
#include "tests/walk/locked_member.h"

#include <fstream>
#include <regex>

using namespace portico;
using namespace portico::test;

namespace {

constexpr char const* alex_number = "+18605550101";

std::string word_of(std::string const& printed, std::string const& name) {
    std::smatch found;
    REQUIRE(std::regex_search(printed, found, std::regex("\\b" + name + "=(\\S+)")));
    return found[1];
}

/// Nothing is made up here but the people: a caller's SIP telephone, the softphone and its helper, the rep's
/// desktop, central, the text gateway, and two kiosks, each a program of its own.
class MemberCall {
public:
    Driver& desk() { return member.desk(); }

    /// Rings until the rep has answered; the case is at hand.
    std::unique_ptr<Caller> call_and_answer() {
        auto caller = telephone.add_caller(alex_number);
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
    /// Has a code sent by text; when this returns the caller may key it.
    std::string send_code() {
        auto const before = kannel.received().size();
        desk().key("Alt+V");
        desk().wait_shows("verify_way.text_code");
        desk().key("Alt+O");
        auto const text = kannel.wait_for(before + 1).back();
        CHECK(text.to == alex_number);
        desk().wait_shows("code.unheard");
        std::smatch digits;
        REQUIRE(std::regex_search(text.text, digits, std::regex("\\b[0-9]{6}\\b")));
        return digits[0];
    }
    void waits_for(std::string const& words) {
        INFO("for: " << words);
        CHECK(eventually([&] { return desk().words().find(words) != std::string::npos; }));
    }

    Kannel kannel;
    ScratchFolder run; ///< of the telephone's sockets
    Bench bench{settings()};
    LockedMember member{bench};
    PhoneBench telephone{telephone_settings()};

private:
    Bench::Settings settings() const {
        Bench::Settings made;
        made.desk_config = "[telephone]\nsocket = '" + (run.path / "desk.sock").string() + "'\n";
        made.set_up_central = [this](std::filesystem::path const& data) {
            std::ofstream(data / "text.password") << Kannel::password << '\n';
            std::filesystem::permissions(data / "text.password", std::filesystem::perms::owner_read);
            set_config_table(data / "central.toml", "text",
                             "url = '" + kannel.url() + "'\nusername = '" + Kannel::username +
                                 "'\npassword_file = 'text.password'\nfrom = '24680'\n");
        };
        return made;
    }
    PhoneBench::Settings telephone_settings() {
        PhoneBench::Settings made;
        made.central_url = "https://127.0.0.1:" + std::to_string(bench.port());
        made.run = run.path;
        made.enroll = [this](std::filesystem::path const& config) {
            auto const invitation = bench.central({"terminal", "add", "--name", "telephone", "--program",
                                                   "phone", "--desk", member.office.desk->terminal_id()});
            auto const enrolled = test::run({program("portico-phone"), "--config", config.string(),
                                             "--enroll", word_of(invitation, "code"), "--central",
                                             "https://127.0.0.1:" + std::to_string(bench.enroll_port()),
                                             "--fingerprint", word_of(invitation, "fingerprint")});
            INFO(enrolled.output << enrolled.errors);
            REQUIRE(enrolled.exit_code == 0);
        };
        return made;
    }
};

bool can_run() {
    return PhoneBench::can_run() && !Kannel::missing();
}

} // namespace

TEST_CASE("member call: a locked member keys the code that was texted to them, and the kiosk opens") {
    if (!can_run())
        return;
    MemberCall call;
    auto& member = call.member;
    auto& desk = call.desk();
    member.lock_at_annex();
    CHECK(
        eventually([&] { return !desk.shows("call.telephone_gone") && !desk.shows("call.not_registered"); }));
    auto const caller = call.call_and_answer();
    call.find_alex();
    auto const code = call.send_code();
    caller->key(code);
    desk.wait_shows("case.level_verified", 60);
    CHECK(desk.words().find(code) == std::string::npos);
    member.ask_for_unlock();
    desk.wait_shows("unlock.done");
    member.sign_in_at_annex();
    caller->hang_up();
    call.waits_for("the caller hung up");
    caller->expect_end();
    member.office.close_case();
}
