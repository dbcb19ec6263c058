#include "tests/support/bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/notify_socket.h"

using namespace portico::test;

TEST_CASE("service: central tells systemd that it is up when it answers, and nothing where it cannot serve") {
    Bench bench;
    NotifySocket systemd;
    // The bench's own central has the data: a second one is refused.
    Process second(
        {program("portico-central"), "serve", "--data", bench.data().string(), "--listen", "127.0.0.1:0"},
        bench.folder() / "second.log", systemd.variables);
    CHECK(second.wait() == 1);
    CHECK(systemd.heard().empty());

    bench.stop_central();
    bench.set_central_environment(systemd.variables);
    bench.start_central();
    std::vector<std::string> heard;
    CHECK(eventually([&] {
        heard = systemd.heard();
        return !heard.empty();
    }));
    CHECK(heard == std::vector<std::string>{"READY=1\nWATCHDOG=1"});
}
