#include "shared/devices/real/serial_barcode_reader.h"
#include "tests/fault/device_fault.h"
#include "tests/support/catch.h"
#include "tests/support/device_process.h"
#include "tests/support/eventually.h"
#include "tests/support/serial_line.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unistd.h>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t calls_max = 100;
constexpr int tries_max = 5;
/// Longer than one read of the reader's, so that a fault can meet the middle of it.
std::string const first_code = "first-" + std::string(1200, '1');
std::string const second_code = "second-" + std::string(1200, '2');

/// A reader with all that it told.
class Told {
public:
    explicit Told(std::filesystem::path const& path, std::chrono::milliseconds quiet_interval = 10ms)
        : reader_(
              SerialBarcodeReader::create({path.string(), 115200, {"", "\r"}, 2ms, quiet_interval}).value()) {
        reader_->watch(
            [this](Scan const& scan) {
                std::lock_guard const lock(guard_);
                scans_.push_back(scan.has_value() ? scan.value() : scan.error().reason);
            },
            [this](BarcodeReaderState const& state) {
                if (std::holds_alternative<BarcodeReaderReady>(state))
                    ++times_ready_;
            });
    }
    ~Told() { reader_->watch({}, {}); }
    Told(Told const&) = delete;
    Told& operator=(Told const&) = delete;

    std::vector<std::string> scans() {
        std::lock_guard const lock(guard_);
        return scans_;
    }
    int times_ready() const { return times_ready_; }
    bool is_ready() const { return std::holds_alternative<BarcodeReaderReady>(reader_->state()); }

private:
    std::unique_ptr<SerialBarcodeReader> reader_;
    std::mutex guard_;
    std::vector<std::string> scans_;
    std::atomic<int> times_ready_ = 0;
};

/// Scans as a person does: again, when the reader had to be found anew meanwhile. What an earlier try still
/// brings is not taken for this code.
void scan(SerialLine const& line, Told& told, std::string const& code) {
    for (int tries = 0; tries < tries_max; ++tries) {
        REQUIRE(eventually([&] { return told.is_ready(); }));
        auto const before = static_cast<std::ptrdiff_t>(told.scans().size());
        auto const times_ready = told.times_ready();
        auto const is_heard = [&] {
            auto const scans = told.scans();
            return std::find(scans.begin() + before, scans.end(), code) != scans.end();
        };
        line.send(code + "\r");
        REQUIRE(eventually([&] { return is_heard() || told.times_ready() > times_ready; }));
        if (is_heard())
            return;
    }
    FAIL("the code is never heard");
}

} // namespace

TEST_CASE(
    "device calls: a barcode reader of which any one call fails is read again, and no half code is taken for "
    "a whole one") {
    DeviceFolder folder;
    auto const path = folder.path() / "reader";
    std::string reached;
    std::uint64_t least = calls_max;
    for (auto const kind : {DeviceFaultKind::Error, DeviceFaultKind::Ended, DeviceFaultKind::Interrupted}) {
        std::uint64_t after = 0;
        for (bool struck = true; struck; ++after) {
            REQUIRE(after < calls_max);
            INFO(name(kind) << " at call " << after);
            SerialLine const line(path);
            DeviceFault const fault(kind, after, DeviceFault::terminal(path.string()));
            Told told(path);
            scan(line, told, first_code);
            scan(line, told, second_code);
            struck = fault.struck();
            INFO(fault.where());
            auto const scans = told.scans();
            CHECK(scans.front() == first_code);
            CHECK(scans.back() == second_code);
            CHECK(std::ranges::all_of(
                scans, [](std::string const& each) { return each == first_code || each == second_code; }));
            if (kind == DeviceFaultKind::Interrupted) {
                CHECK(scans.size() == 2);
                CHECK(told.times_ready() == 1);
            }
        }
        reached += std::string(name(kind)) + " " + std::to_string(after - 1) + ", ";
        least = std::min(least, after - 1);
    }
    INFO(reached);
    CHECK(least > 5);
}

TEST_CASE(
    "device calls: what comes of a code after its barcode reader was found again is not taken for a code") {
    DeviceFolder folder;
    auto const path = folder.path() / "reader";
    SerialLine const line(path);
    DeviceFault const fault(DeviceFaultKind::Ended, 0, DeviceFault::terminal(path.string()));
    fault.hold_time(true); // the line counts as quiet when all of the code has come, and no sooner
    Told told(path, 500ms);
    REQUIRE(eventually([&] { return told.is_ready(); }));
    line.send("half-");
    REQUIRE(eventually([&] { return fault.struck(); }));
    for (char const* part : {"a-", "code", "\r"})
        line.send(part);
    REQUIRE(eventually([&] { return fault.read_since() == std::string_view("half-a-code\r").size(); }));
    CHECK(told.times_ready() == 1);
    fault.hold_time(false);
    REQUIRE(eventually([&] { return told.times_ready() == 2; }));
    CHECK(told.scans().empty());
    scan(line, told, second_code);
    CHECK(told.scans() == std::vector{second_code});
}
