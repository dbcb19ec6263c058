#include "phone/app/config.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <regex>
#include <sstream>
#include <unistd.h>

using namespace portico;
using namespace portico::test;

TEST_CASE(
    "package: the template of a telephone's configuration is read once its user and password are there") {
    std::stringstream text;
    text << std::ifstream(source_dir() + "/debian/config/phone.toml.template").rdbuf();
    ScratchFolder const folder;
    auto const password = folder.path / "sip-password";
    std::ofstream(password) << "correct-horse\n";
    auto there = std::regex_replace(text.str(), std::regex("\"/etc/portico/sip-password\""),
                                    "\"" + password.string() + "\"");
    there = std::regex_replace(there, std::regex("user = \"desk\""),
                               "user = \"" + std::to_string(getuid()) + "\"");
    auto const file = folder.path / "phone.toml";
    std::ofstream(file) << there;
    auto const config = phone::load_config(file);
    REQUIRE(config.has_value());
    CHECK(config.value().data == "/var/lib/portico/phone");
    CHECK(config.value().desk_socket == "/run/portico-phone/desk.sock");
    CHECK(config.value().desk_user == getuid());
}
