#include "tests/kiosk/sample_screens.h"
#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

struct Doubting : Kiosk {
    Doubting() {
        sign_in_with_key();
        want(Open{Place::More});
        want(Open{Place::WhoCalls});
    }
    WhoCalls const& page() const { return std::get<WhoCalls>(app.screen); }
};

} // namespace

TEST_CASE("who calls: it is asked of central each time, and looked at again when the member wants") {
    Doubting kiosk;
    REQUIRE(kiosk.asked<FetchDeskWord>() != nullptr);
    kiosk.want(Continue{}); // while it is asked
    CHECK(kiosk.asked<FetchDeskWord>() == nullptr);
    kiosk.want(GoBack{});
    kiosk.want(Open{Place::WhoCalls});
    REQUIRE(kiosk.asked<FetchDeskWord>() != nullptr);
    kiosk.answer(Loaded<api::OpenCalls>{sample::open_calls({})});
    REQUIRE(kiosk.page().calls.value);
    CHECK(kiosk.page().calls.value->calls.empty());
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<FetchDeskWord>() != nullptr);
    CHECK_FALSE(kiosk.page().calls.value); // what was said before is not shown as what is so now
    kiosk.answer(Loaded<api::OpenCalls>{sample::open_calls({"we_called"})});
    CHECK(kiosk.page().calls.value->calls.front().words == std::vector<std::string>{"piano", "taxi"});
}

TEST_CASE(
    "who calls: who is signed in with one factor is asked for a second, and a failure can be tried again") {
    Doubting kiosk;
    kiosk.answer(Loaded<api::OpenCalls>{error(ErrorKind::StepUpNeeded, "step_up_needed")});
    CHECK(kiosk.screen() == "sign_in");
    Doubting cut;
    cut.answer(Loaded<api::OpenCalls>{error(ErrorKind::Unavailable, "central_unreachable")});
    CHECK(cut.screen() == "who_calls");
    REQUIRE(cut.page().calls.failure);
    cut.want(Retry{});
    CHECK(cut.asked<FetchDeskWord>() != nullptr);
}
