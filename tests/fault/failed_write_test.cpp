#include "tests/fault/sync_desk.h"
#include "tests/support/lossy_disk.h"

using namespace portico;
using namespace portico::test;

namespace {

/// What a person at a kiosk does when told that it did not work: once more.
template <class Action>
auto with_one_retry(Action action) {
    auto outcome = action();
    return outcome.has_error() ? action() : std::move(outcome);
}

} // namespace

TEST_CASE("failed write: whichever write, sync or truncation fails once, it is said, can be repeated, and "
          "counts once") {
    LossyDisk disk;
    SyncDesk desk;
    desk.open().value();
    std::set<std::string> done;
    std::size_t attempted = 0;
    std::uint64_t step = 0;
    for (bool struck = true; struck; ++step) {
        INFO("step " << step);
        disk.fail_once_after(step);
        for (int report = 0; report < 2; ++report) {
            auto const id = with_one_retry([&] {
                ++attempted;
                return desk.add();
            });
            REQUIRE(id.has_value());
            done.insert(id.value());
            CHECK(with_one_retry([&] { return desk.push(false); }).has_value());
        }
        struck = disk.struck();
        disk.never_fail();
        check_all_arrived(desk, done, attempted);
    }
    CHECK(step > 20);
}
