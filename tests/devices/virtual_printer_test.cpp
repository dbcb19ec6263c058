#include "shared/devices/virtual/virtual_printer.h"
#include "tests/support/catch.h"
#include "tests/support/device_process.h"

#include <fstream>
#include <sstream>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

std::string const pdf = "%PDF-1.4\n% sample\n%%EOF\n";

std::string content_of(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

struct Bench {
    ManualClock clock{UtcTime{1'000'000s}};
    DeviceFolder folder;
    std::unique_ptr<VirtualPrinter> printer = make();

    std::unique_ptr<VirtualPrinter> make() {
        return VirtualPrinter::create({"card-printer", folder.path(), {PrintMedia::Cr80}, 2, 1, 2s}, clock)
            .value();
    }
    Result<PrintJobId> submit(std::string ticket = "t-1") const {
        return printer->submit({std::move(ticket)}, as_bytes(pdf), PrintMedia::Cr80, PrintSides::Two, {});
    }
    PrintJobState state(PrintJobId job) const { return printer->job_state(job, {}).value(); }
    void print(PrintJobId job) {
        clock.advance(2s);
        REQUIRE(state(job) == PrintJobState::Completed);
    }
};

bool stopped_by(PrinterStatus const& status, PrinterCondition condition) {
    auto const* stopped = std::get_if<PrinterStopped>(&status.state);
    return stopped != nullptr && stopped->conditions == std::vector{condition};
}

} // namespace

TEST_CASE("virtual printer: a card takes its time, comes out whole, and waits to be taken") {
    Bench bench;
    auto const job = bench.submit().value();
    CHECK(bench.state(job) == PrintJobState::Printing);
    CHECK(bench.printer->status({}).output == PrinterOutput::Taken);
    CHECK(bench.printer->printed().empty());
    bench.print(job);
    REQUIRE(bench.printer->printed().size() == 1);
    CHECK(content_of(bench.printer->printed().front()) == pdf);
    CHECK(bench.printer->status({}).output == PrinterOutput::Waiting);
    CHECK(stopped_by(bench.printer->status({}), PrinterCondition::OutputFull));
    SECTION("and holds up the next one") {
        auto const next = bench.submit("t-2").value();
        bench.clock.advance(10s);
        CHECK(bench.state(next) == PrintJobState::Queued);
        bench.printer->take();
        CHECK(bench.state(next) == PrintJobState::Printing);
        bench.print(next);
    }
    bench.printer->take();
    CHECK(bench.printer->status({}).output == PrinterOutput::Taken);
}

TEST_CASE("virtual printer: out of media and jams hold the job until they are helped") {
    Bench bench;
    bool const jam = GENERATE(false, true);
    auto const job = bench.submit().value();
    jam ? bench.printer->jam() : bench.printer->empty_media();
    bench.clock.advance(10s);
    CHECK(bench.state(job) == (jam ? PrintJobState::Jammed : PrintJobState::OutOfMedia));
    CHECK(stopped_by(bench.printer->status({}),
                     jam ? PrinterCondition::MediaJam : PrinterCondition::MediaEmpty));
    CHECK(bench.printer->printed().empty());
    jam ? bench.printer->clear_jam() : bench.printer->refill();
    CHECK(bench.state(job) == PrintJobState::Printing);
    bench.print(job);
    CHECK(bench.printer->printed().size() == 1);
}

TEST_CASE("virtual printer: it runs empty by itself") {
    Bench bench;
    for (char const* ticket : {"t-1", "t-2"}) {
        bench.print(bench.submit(ticket).value());
        bench.printer->take();
    }
    CHECK(stopped_by(bench.printer->status({}), PrinterCondition::MediaEmpty));
    CHECK(bench.state(bench.submit("t-3").value()) == PrintJobState::OutOfMedia);
}

TEST_CASE("virtual printer: unplugged it refuses everything and nothing prints") {
    Bench bench;
    auto const job = bench.submit().value();
    bench.printer->unplug();
    bench.clock.advance(10s);
    CHECK(std::holds_alternative<PrinterOffline>(bench.printer->status({}).state));
    CHECK(bench.submit("t-2").error().reason == "printer_offline");
    CHECK(bench.printer->job_state(job, {}).error().reason == "printer_offline");
    CHECK(bench.printer->find({"t-1"}, {}).error().reason == "printer_offline");
    CHECK(bench.printer->printed().empty());
    bench.printer->plug();
    CHECK(bench.state(job) == PrintJobState::Printing);
    bench.print(job);
}

TEST_CASE("virtual printer: it remembers its jobs when the program in front of it dies") {
    Bench bench;
    bench.print(bench.submit("t-1").value());
    bench.printer->take();
    CHECK(bench.submit("t-2").has_value());
    bench.printer = bench.make();
    CHECK(bench.printer->find({"t-1"}, {}).value()->state == PrintJobState::Completed);
    auto const second = bench.printer->find({"t-2"}, {}).value();
    REQUIRE(second.has_value());
    bench.print(second->id);
    CHECK(content_of(bench.printer->printed().front()) == pdf);
}

TEST_CASE("virtual printer: restarted it knows nothing, and its numbers begin anew") {
    Bench bench;
    auto const job = bench.submit("t-1").value();
    bench.printer->restart();
    CHECK(bench.state(job) == PrintJobState::Unknown);
    CHECK_FALSE(bench.printer->find({"t-1"}, {}).value().has_value());
    CHECK(bench.submit("t-2").value() == job);
    CHECK_FALSE(bench.printer->find({"t-1"}, {}).value().has_value());
}

TEST_CASE("virtual printer: cancelled jobs do not print, finished ones cannot be cancelled") {
    Bench bench;
    auto const job = bench.submit().value();
    CHECK(bench.printer->cancel_job(job, {}).has_value());
    bench.clock.advance(10s);
    CHECK(bench.state(job) == PrintJobState::Cancelled);
    CHECK(bench.printer->printed().empty());
    CHECK(bench.printer->cancel_job(job, {}).error().reason == "print_job_over");
    CHECK(bench.printer->cancel_job({77}, {}).error().reason == "print_job_unknown");
}

TEST_CASE("virtual printer: wrong media and what is no PDF are refused") {
    Bench bench;
    CHECK(
        bench.printer->submit({"t"}, as_bytes(pdf), PrintMedia::Letter, PrintSides::One, {}).error().reason ==
        "printer_refused");
    CHECK(bench.printer->submit({"t"}, as_bytes("hello"), PrintMedia::Cr80, PrintSides::One, {})
              .error()
              .reason == "printer_refused");
    CHECK(
        bench.printer->submit({"a/b"}, as_bytes(pdf), PrintMedia::Cr80, PrintSides::One, {}).error().reason ==
        "print_ticket_invalid");
}
