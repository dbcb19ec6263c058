#include "agent/handover/call_desk.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"
#include "tests/support/scratch_folder.h"

#include <mutex>
#include <poll.h>
#include <sys/stat.h>
#include <vector>

using namespace portico;
using namespace portico::agent;
using namespace portico::test;

namespace {

struct Handover {
    Handover() { desk = must(CallDesk::open(socket(), clock, take())); }
    std::filesystem::path socket() const { return folder.path / "calls"; }
    std::function<void(HandedCall)> take() {
        return [this](HandedCall call) {
            std::lock_guard const lock(guard);
            taken.push_back(std::move(call));
        };
    }
    /// What is answered to these bytes: why it is refused, "taken", or "nothing" when it hangs up.
    std::string say(std::string const& bytes) const {
        auto client = must(LocalSocket::connect(socket()));
        must(client.send(bytes));
        std::string heard;
        while (heard.find('\n') == std::string::npos) {
            pollfd wait{client.fd(), POLLIN, 0};
            if (poll(&wait, 1, 10'000) <= 0)
                return "silence";
            auto const got = client.receive([&](std::string_view piece) -> Result<void> {
                heard += piece;
                return ok();
            });
            if (got.has_error() && heard.find('\n') == std::string::npos)
                return "nothing";
        }
        auto const reply = read_handover_reply(heard.substr(0, heard.find('\n')));
        return reply.has_error()               ? "unreadable"
               : reply.value().refused.empty() ? "taken"
                                               : reply.value().refused;
    }
    std::size_t count() {
        std::lock_guard const lock(guard);
        return taken.size();
    }

    ScratchFolder folder;
    ManualClock clock{UtcTime{std::chrono::hours(24 * 20524)}};
    std::mutex guard;
    std::vector<HandedCall> taken;
    std::unique_ptr<CallDesk> desk;
};

} // namespace

TEST_CASE("handover: a number as people and telephones write it is read, and one with letters is none") {
    CHECK(must(handed_number("(617) 555-0112")) == "+16175550112");
    CHECK(must(handed_number("+1-617-555-0112")) == "+16175550112");
    CHECK(must(handed_number("212")) == "212"); // within the house
    CHECK(must(handed_number("hidden")).empty());
    CHECK(must(handed_number("")).empty());
    for (auto const* wrong : {"617-555-HELP", "anonymous", "+", "6175550112;rm", "617+5550112", "<b>1</b>",
                              "6175550112\n", "123456789012345678901234567890123"}) {
        INFO(wrong);
        CHECK(handed_number(wrong).has_error());
    }
    CHECK(must(handed_line("Claims")) == "Claims");
    CHECK(handed_line("a\nb").has_error());
    CHECK(handed_line(std::string(41, 'x')).has_error());
}

TEST_CASE("handover: what is written is what is read, and nothing else is read") {
    auto const line = line_of(HandedCall{"+16175550112", "Claims \"A\""});
    auto const read = must(read_handed_call(line.substr(0, line.size() - 1)));
    CHECK(read.from == "+16175550112");
    CHECK(read.to == "Claims \"A\"");
    for (auto const* wrong :
         {"", "{}", "[]", "null", R"({"from":1,"to":""})", R"({"from":"617-555-HELP","to":""})",
          R"({"from":"6175550112","to":"","case":"x"})", R"({"from":"6175550112","to":"a\u0007b"})",
          R"({"from":"6175550112","to":"a\u202eb"})"}) {
        INFO(wrong);
        CHECK(read_handed_call(wrong).has_error());
    }
    CHECK(read_handed_call(R"({"from":"","to":")" + std::string(600, ' ') + "\"}").has_error());
}

TEST_CASE("handover: a call is taken while somebody is signed in, from this user alone") {
    Handover bench;
    struct stat file {};
    REQUIRE(stat(bench.socket().c_str(), &file) == 0);
    CHECK((file.st_mode & 0777) == 0600);
    auto const line = line_of(HandedCall{"6175550112", "Claims"});
    CHECK(bench.say(line) == "nobody_signed_in");
    bench.desk->set_attended({.by_a_rep = true, .room = 4});
    CHECK(bench.say(line) == "taken");
    REQUIRE(bench.count() == 1);
    CHECK(bench.taken.front().from == "+16175550112");
    bench.desk->set_attended({.by_a_rep = false, .room = 3, .heard = 1});
    CHECK(bench.say(line) == "nobody_signed_in");
    bench.desk->set_attended({.by_a_rep = true, .room = 0, .heard = 1});
    CHECK(bench.say(line) == "calls_many");
    CHECK(bench.count() == 1);
}

TEST_CASE("handover: calls of which the screen has not heard yet take room too") {
    Handover bench;
    auto const line = line_of(HandedCall{"6175550112", "Claims"});
    bench.desk->set_attended({.by_a_rep = true, .room = 2});
    CHECK(bench.say(line) == "taken");
    CHECK(bench.say(line) == "taken");
    CHECK(bench.say(line) == "calls_many");
    bench.desk->set_attended({.by_a_rep = true, .room = 1, .heard = 1});
    CHECK(bench.say(line) == "calls_many");
    bench.desk->set_attended({.by_a_rep = true, .room = 1, .heard = 2}); // one of the two has gone
    CHECK(bench.say(line) == "taken");
    CHECK(bench.say(line) == "calls_many");
}

TEST_CASE("handover: bytes that are no call, too many of them and calls without end are turned away") {
    Handover bench;
    bench.desk->set_attended({.by_a_rep = true, .room = handovers_a_minute_max * 2});
    CHECK(bench.say("hello\n") == "handover_invalid");
    CHECK(bench.say(std::string(10'000, 'x')) == "nothing");
    CHECK(bench.say(R"({"from":"6175550112")") == "nothing"); // never ends its line: it has a second
    auto const line = line_of(HandedCall{"6175550112", ""});
    std::size_t taken = 0;
    for (std::size_t i = 0; i < handovers_a_minute_max + 5; ++i)
        taken += std::size_t{bench.say(line) == "taken"};
    CHECK(taken == handovers_a_minute_max);
    CHECK(bench.say(line) == "calls_many");
    bench.clock.advance(std::chrono::minutes(1));
    CHECK(bench.say(line) == "taken");
}

TEST_CASE(
    "handover: a second desktop of the same user leaves the first its calls, one that was killed does not") {
    Handover bench;
    ManualClock clock{UtcTime{}};
    auto const second = CallDesk::open(bench.socket(), clock, bench.take());
    REQUIRE(second.has_error());
    CHECK(second.error().reason == "desktop_runs");
    bench.desk->set_attended({.by_a_rep = true, .room = 1});
    CHECK(bench.say(line_of(HandedCall{"6175550112", ""})) == "taken");
    bench.desk.reset();
    CHECK_FALSE(std::filesystem::exists(bench.socket()));
    // As it stands after a kill: a name at which nobody listens.
    {
        auto const left = must(LocalListener::open(bench.socket(), 0600));
        std::filesystem::rename(bench.socket(), bench.folder.path / "left");
    }
    std::filesystem::rename(bench.folder.path / "left", bench.socket());
    CHECK(CallDesk::open(bench.socket(), clock, bench.take()).has_value());
}
