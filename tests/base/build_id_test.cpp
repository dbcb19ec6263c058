#include "shared/base/build_id.h"
#include "tests/support/catch.h"
#include "tests/support/process.h"

#include <unistd.h>

using namespace portico;

TEST_CASE("build id: it is the one that readelf finds in the running program") {
    auto const self = "/proc/" + std::to_string(::getpid()) + "/exe";
    auto const notes = test::run({"readelf", "-n", self});
    REQUIRE(notes.exit_code == 0);
    REQUIRE_FALSE(build_id().empty());
    CHECK(notes.output.find("Build ID: " + build_id() + "\n") != std::string::npos);
}
