#include "shared/devices/real/serial_barcode_reader.h"
#include "shared/devices/real/wedge_barcode_reader.h"
#include "tests/support/catch.h"
#include "tests/support/device_process.h"
#include "tests/support/serial_line.h"

#include <atomic>
#include <mutex>
#include <unistd.h>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

struct Scans {
    void operator()(Scan const& scan) {
        std::lock_guard const lock(guard);
        all.push_back(scan);
    }
    std::size_t count() {
        std::lock_guard const lock(guard);
        return all.size();
    }
    std::mutex guard;
    std::vector<Scan> all;
};

} // namespace

TEST_CASE("barcode wedge: a scan between its marks is no typing, fast typing is no scan") {
    auto const reader = WedgeBarcodeReader::create({}).value();
    std::vector<std::string> scans;
    reader->watch([&](Scan const& scan) { scans.push_back(scan.value()); }, {});
    CHECK(reader->feed("123456789012345678901234567890\r") == "123456789012345678901234567890\r");
    CHECK(scans.empty());
    CHECK(reader->feed("ab\x02%80840\rcd") == "abcd");
    CHECK(scans == std::vector<std::string>{"%80840"});
    SECTION("also when it arrives key by key") {
        std::string typed;
        for (char const key : std::string("\x02scan\r!"))
            typed += reader->feed({&key, 1});
        CHECK(typed == "!");
        CHECK(scans.back() == "scan");
    }
}

TEST_CASE("barcode wedge: a prefix begun and not completed is given back as typing") {
    auto const reader = WedgeBarcodeReader::create({"~~>", "\r"}).value();
    std::vector<std::string> scans;
    reader->watch([&](Scan const& scan) { scans.push_back(scan.value()); }, {});
    CHECK(reader->feed("a~b") == "a~b");
    CHECK(reader->feed("~~~>x\r") == "~");
    CHECK(scans == std::vector<std::string>{"x"});
}

TEST_CASE("barcode wedge: a scan of 10,000 characters is one error, and typing works after it") {
    auto const reader = WedgeBarcodeReader::create({}).value();
    std::vector<Scan> scans;
    reader->watch([&](Scan const& scan) { scans.push_back(scan); }, {});
    CHECK(reader->feed("\x02" + std::string(10'000, 'A') + "\r").empty());
    REQUIRE(scans.size() == 1);
    CHECK(scans.front().error().reason == "barcode_too_long");
    CHECK(reader->feed("typed") == "typed");
    CHECK(reader->feed("\x02" + std::string(barcode_bytes_max, 'B') + "\r").empty());
    CHECK(scans.back().value().size() == barcode_bytes_max);
    CHECK(reader->feed("\x02" + std::string(barcode_bytes_max + 1, 'B') + "\r").empty());
    CHECK(scans.back().has_error());
}

TEST_CASE("barcode wedge: half a scan does not swallow the next person's typing") {
    auto const reader = WedgeBarcodeReader::create({}).value();
    CHECK(reader->feed("\x02half a sc").empty());
    reader->reset();
    CHECK(reader->feed("hello") == "hello");
}

TEST_CASE("barcode wedge: marks that cannot work are refused") {
    CHECK(WedgeBarcodeReader::create({"", "\r"}).error().reason == "barcode_framing_invalid");
    CHECK(WedgeBarcodeReader::create({"\x02", ""}).error().reason == "barcode_framing_invalid");
    CHECK(SerialBarcodeReader::create({"/dev/null", 9600, {"", ""}, 1ms}).error().reason ==
          "barcode_framing_invalid");
    CHECK(SerialBarcodeReader::create({"/dev/null", 1234, {"", "\r"}, 1ms}).error().reason ==
          "barcode_baud_invalid");
}

TEST_CASE("barcode serial: scans arrive whole however the line cuts them") {
    DeviceFolder folder;
    auto const path = folder.path() / "reader";
    SerialLine const line(path);
    Scans scans;
    auto const reader = SerialBarcodeReader::create({path.string(), 115200, {"", "\r"}, 10ms}).value();
    std::atomic<bool> ready = false;
    reader->watch(
        [&](Scan const& scan) { scans(scan); },
        [&](BarcodeReaderState const& state) { ready = std::holds_alternative<BarcodeReaderReady>(state); });
    REQUIRE(eventually([&] { return ready.load(); }));
    line.send("first\rsec");
    REQUIRE(eventually([&] { return scans.count() == 1; }));
    line.send("ond\r\r" + std::string(5000, 'x') + "\rthird\r");
    REQUIRE(eventually([&] { return scans.count() == 4; }));
    reader->watch({}, {});
    CHECK(scans.all[0].value() == "first");
    CHECK(scans.all[1].value() == "second");
    CHECK(scans.all[2].error().reason == "barcode_too_long");
    CHECK(scans.all[3].value() == "third");
}

TEST_CASE("barcode serial: a reader that comes late, goes and comes back is told and reads again") {
    DeviceFolder folder;
    auto const path = folder.path() / "reader";
    Scans scans;
    auto const reader = SerialBarcodeReader::create({path.string(), 9600, {"", "\r"}, 5ms}).value();
    auto const is = [&]<class State>(State) {
        return eventually([&] { return std::holds_alternative<State>(reader->state()); });
    };
    reader->watch([&](Scan const& scan) { scans(scan); }, {});
    CHECK(is(BarcodeReaderAbsent{}));
    for (std::size_t round = 1; round <= 3; ++round) {
        {
            SerialLine const line(path);
            REQUIRE(is(BarcodeReaderReady{}));
            line.send("again\rhalf");
            REQUIRE(eventually([&] { return scans.count() == round; }));
            CHECK(scans.all.back().value() == "again");
        }
        REQUIRE(is(BarcodeReaderAbsent{}));
    }
}

TEST_CASE("barcode serial: a path that is no serial line is a fault") {
    DeviceFolder folder;
    auto const reader = SerialBarcodeReader::create({folder.path().string(), 9600, {"", "\r"}, 5ms}).value();
    CHECK(eventually([&] { return std::holds_alternative<BarcodeReaderFault>(reader->state()); }));
}
