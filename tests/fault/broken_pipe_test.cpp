#include "tests/support/catch.h"
#include "tests/walk/visit_steps.h"

#include <csignal>

using namespace portico::test;

// What the kernel sends to who writes to a connection whose other end is gone. Whether it does is a matter of
// which write comes when; that the signal finds nobody is not.
TEST_CASE("broken pipe: a connection gone while it is written to ends neither the kiosk nor central") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    kiosk->process().signal(SIGPIPE);
    bench.central_process().signal(SIGPIPE);
    begin_visit(kiosk->screen());
    register_with_letter(kiosk->screen(), bench.invite(alex), bench.settings().key_pin);
    kiosk->screen().wait_screen("home");
    CHECK(kiosk->process().running());
    CHECK(bench.central_process().running());
}
