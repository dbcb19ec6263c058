#include "agent/app/config.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <regex>
#include <sstream>

using namespace portico;
using namespace portico::test;

TEST_CASE("package: the template of a desk's configuration is read, also with the telephone that it offers") {
    std::stringstream text;
    text << std::ifstream(source_dir() + "/debian/config/agent.toml.template").rdbuf();
    ScratchFolder const folder;
    auto const file = folder.path / "agent.toml";
    std::ofstream(file) << text.str();
    auto const plain = agent::load_config(file);
    REQUIRE(plain.has_value());
    CHECK(plain.value().data == "/var/lib/portico/agent");
    CHECK(plain.value().telephone_socket.empty());

    std::ofstream(file) << std::regex_replace(text.str(), std::regex("# (\\[telephone\\]|socket = )"), "$1");
    auto const with_telephone = agent::load_config(file);
    REQUIRE(with_telephone.has_value());
    CHECK(with_telephone.value().telephone_socket == "/run/portico-phone/desk.sock");
}
