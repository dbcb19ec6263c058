#include "tests/phone/telephone_of.h"

#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <regex>

namespace portico::test {

namespace {

std::string word_of(std::string const& printed, std::string const& name) {
    std::smatch found;
    REQUIRE(std::regex_search(printed, found, std::regex("\\b" + name + "=(\\S+)")));
    return found[1];
}

} // namespace

PhoneBench::Settings telephone_of(Bench& bench, std::string const& desk_terminal,
                                  std::filesystem::path const& run) {
    PhoneBench::Settings made;
    made.data = bench.folder() / ("telephone-of-" + desk_terminal);
    made.central_url = "https://127.0.0.1:" + std::to_string(bench.port_for(made.data));
    made.run = run;
    made.enroll = [&bench, desk_terminal](std::filesystem::path const& config) {
        auto const invitation = bench.central(
            {"terminal", "add", "--name", "telephone", "--program", "phone", "--desk", desk_terminal});
        auto const enrolled = test::run({program("portico-phone"), "--config", config.string(), "--enroll",
                                         word_of(invitation, "code"), "--central",
                                         "https://127.0.0.1:" + std::to_string(bench.enroll_port()),
                                         "--fingerprint", word_of(invitation, "fingerprint")});
        INFO(enrolled.output << enrolled.errors);
        REQUIRE(enrolled.exit_code == 0);
    };
    return made;
}

} // namespace portico::test
