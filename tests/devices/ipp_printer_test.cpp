#include "shared/devices/printer_monitor.h"
#include "shared/devices/real/ipp_printer.h"
#include "tests/support/catch.h"
#include "tests/support/device_watch.h"
#include "tests/support/ipp_printer.h"

#include <algorithm>
#include <iostream>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

/// True, and says so, when there is no printer program to test against.
bool skipped() {
    if (IppPrinterProgram::available())
        return false;
    std::cout << "SKIP: ippeveprinter (cups-ipp-utils) or dbus-daemon is not installed\n";
    return true;
}

std::unique_ptr<Printer> printer_at(std::string uri, std::chrono::milliseconds timeout = 10s) {
    return IppPrinter::create({std::move(uri), timeout}).value();
}

std::string sample_pdf(std::size_t filler = 100) {
    return "%PDF-1.4\n% sample\n" + std::string(filler, 'x') + "\n%%EOF\n";
}

PrintTicket ticket(char const* text = "0190b5a0-1111-7000-8000-000000000001") {
    return {text};
}

Result<PrintJobId> submit(Printer& printer, std::string const& pdf, PrintTicket const& name = ticket()) {
    return printer.submit(name, as_bytes(pdf), PrintMedia::Cr80, PrintSides::Two, {});
}

bool reaches(Printer& printer, PrintJobId job, PrintJobState wanted) {
    return eventually([&] {
        auto const state = printer.job_state(job, {});
        return state.has_value() && state.value() == wanted;
    });
}

} // namespace

TEST_CASE("printer: a PDF arrives as it was sent, under its ticket") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    auto const printer = printer_at(program.uri());
    auto const status = printer->status({});
    CHECK(std::holds_alternative<PrinterReady>(status.state));
    CHECK(status.supply_percent == 40);
    CHECK_FALSE(status.output.has_value()); // IPP has no word for it
    auto const pdf = sample_pdf(300'000);
    auto const job = submit(*printer, pdf).value();
    REQUIRE(reaches(*printer, job, PrintJobState::Completed));
    CHECK(program.received(ticket().text) == pdf);
    auto const found = printer->find(ticket(), {}).value();
    REQUIRE(found.has_value());
    CHECK(found->id == job);
    CHECK(found->state == PrintJobState::Completed);
    CHECK_FALSE(printer->find(ticket("another-ticket"), {}).value().has_value());
}

TEST_CASE("printer: out of media and jams are told, by the job and by the printer, and printing goes on") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    auto const printer = printer_at(program.uri());
    bool const jam = GENERATE(false, true);
    program.set_trouble(jam ? "media-jam-error" : "media-empty-error");
    auto const job = submit(*printer, sample_pdf()).value();
    REQUIRE(reaches(*printer, job, jam ? PrintJobState::Jammed : PrintJobState::OutOfMedia));
    auto const state = printer->status({}).state;
    REQUIRE(std::holds_alternative<PrinterStopped>(state));
    CHECK(std::get<PrinterStopped>(state).conditions ==
          std::vector{jam ? PrinterCondition::MediaJam : PrinterCondition::MediaEmpty});
    CHECK(printer->find(ticket(), {}).value()->state ==
          (jam ? PrintJobState::Jammed : PrintJobState::OutOfMedia));
    CHECK(program.received_count() == 0);
    program.resolve();
    CHECK(reaches(*printer, job, PrintJobState::Completed));
    CHECK(std::holds_alternative<PrinterReady>(printer->status({}).state));
    CHECK(program.received_count() == 1);
}

TEST_CASE("printer: its troubles are told without asking") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    auto const printer = printer_at(program.uri());
    PrinterMonitor monitor(*printer, 10ms);
    DeviceWatch<PrinterStatus> watch(monitor);
    REQUIRE(
        watch.wait([](auto const& status) { return std::holds_alternative<PrinterReady>(status.state); }));
    program.set_trouble("cover-open-error");
    auto const job = submit(*printer, sample_pdf()).value();
    CHECK(watch.wait([](auto const& status) {
        auto const* stopped = std::get_if<PrinterStopped>(&status.state);
        return stopped != nullptr && stopped->conditions.front() == PrinterCondition::CoverOpen;
    }));
    program.resolve();
    CHECK(reaches(*printer, job, PrintJobState::Completed));
    CHECK(watch.wait([](auto const& status) { return std::holds_alternative<PrinterReady>(status.state); }));
    program.stop();
    CHECK(
        watch.wait([](auto const& status) { return std::holds_alternative<PrinterOffline>(status.state); }));
}

TEST_CASE("printer: a job that fails is aborted, one that is cancelled says so") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    auto const printer = printer_at(program.uri());
    program.fail_next();
    auto const failed = submit(*printer, sample_pdf()).value();
    CHECK(reaches(*printer, failed, PrintJobState::Aborted));
    CHECK(printer->cancel_job(failed, {}).error().reason == "print_job_over");
    CHECK(printer->cancel_job({99}, {}).error().reason == "print_job_unknown");

    program.set_trouble("media-empty-error");
    auto const waiting = submit(*printer, sample_pdf(), ticket("second")).value();
    REQUIRE(reaches(*printer, waiting, PrintJobState::OutOfMedia));
    CHECK(printer->cancel_job(waiting, {}).has_value());
    program.resolve();
    CHECK(reaches(*printer, waiting, PrintJobState::Cancelled));
}

TEST_CASE("printer: the wrong media is refused rather than printed") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    auto const printer = printer_at(program.uri());
    auto const refused =
        printer->submit(ticket(), as_bytes(sample_pdf()), PrintMedia::A4, PrintSides::One, {});
    CHECK(refused.error().reason == "printer_refused");
    CHECK(program.received_count() == 0);
}

TEST_CASE("printer: a restarted printer knows nothing, and nothing is concluded from that") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    auto const printer = printer_at(program.uri());
    program.set_trouble("media-jam-error");
    auto const job = submit(*printer, sample_pdf()).value();
    REQUIRE(reaches(*printer, job, PrintJobState::Jammed));
    program.stop();
    CHECK(printer->job_state(job, {}).error().reason == "printer_offline");
    CHECK(printer->find(ticket(), {}).error().reason == "printer_offline");
    CHECK(std::holds_alternative<PrinterOffline>(printer->status({}).state));
    CHECK(submit(*printer, sample_pdf()).error().reason == "printer_offline");
    REQUIRE(program.start());
    CHECK(printer->job_state(job, {}).value() == PrintJobState::Unknown);
    CHECK_FALSE(printer->find(ticket(), {}).value().has_value());
}

TEST_CASE("printer: a ticket that printers could not keep is refused") {
    auto const printer = printer_at("ipp://localhost:1/ipp/print");
    for (std::string const& bad :
         {std::string(), std::string("a b"), std::string("Alex_Sample"), std::string(128, 'a')})
        CHECK(printer->submit({bad}, as_bytes(sample_pdf()), PrintMedia::Cr80, PrintSides::One, {})
                  .error()
                  .reason == "print_ticket_invalid");
    CHECK(IppPrinter::create({"http://printer.example.org/", 1s}).error().reason == "printer_uri_invalid");
}
