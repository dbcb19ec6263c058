#include "shared/devices/printer_monitor.h"
#include "shared/devices/real/ipp_printer.h"
#include "tests/support/catch.h"
#include "tests/support/device_tcp_gate.h"
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

std::unique_ptr<Printer> printer_at(std::string uri, std::chrono::milliseconds timeout = 60s) {
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

/// ippeveprinter holds one job at a time: one whose document never came would block the next.
void clear(Printer& printer, PrintTicket const& name) {
    eventually([&] {
        auto const job = printer.find(name, {});
        if (job.has_error() || !job.value())
            return job.has_value();
        if (!is_final(job.value()->state))
            std::ignore = printer.cancel_job(job.value()->id, {}).has_error();
        return is_final(job.value()->state);
    });
}

/// Prints through a line that will break.
struct TornLine {
    explicit TornLine(IppPrinterProgram const& program)
        : gate(program.port()), through_gate(printer_at(program.uri_at(gate.port()))),
          direct(printer_at(program.uri())) {}

    /// Submits under a new name. A job that an earlier try began may keep the printer busy: then that one
    /// goes, and this one comes again.
    Result<PrintJobId> submit_new(std::string const& pdf) {
        Result<PrintJobId> sent = PrintJobId{};
        eventually([&] {
            for (auto const& name : names)
                clear(*direct, name);
            if (names.size() > 2)
                names.erase(names.begin());
            names.push_back(ticket(("torn-" + std::to_string(count++)).c_str()));
            auto const before = gate.connections();
            sent = submit(*through_gate, pdf, names.back());
            CHECK(gate.connections() == before + 1); // the library retried nothing
            return sent.has_value() || sent.error().reason != "printer_refused";
        });
        return sent;
    }

    DeviceTcpGate gate;
    std::unique_ptr<Printer> through_gate;
    std::unique_ptr<Printer> direct;
    std::vector<PrintTicket> names;
    int count = 0;
};

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

TEST_CASE("printer: cut off after any number of bytes, 'offline' means nothing prints, all else is unknown") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    TornLine line(program);
    auto const pdf = sample_pdf(20'000);
    int offline = 0;
    int unknown = 0;
    bool whole = false;
    for (std::size_t bytes = 0; !whole; bytes += 211) {
        REQUIRE(bytes < 40'000);
        line.gate.cut_after(bytes, DeviceTcpGate::never);
        auto const sent = line.submit_new(pdf);
        INFO("cut after " << bytes << " bytes");
        if (sent.has_value()) {
            whole = true;
            CHECK(reaches(*line.direct, sent.value(), PrintJobState::Completed));
            CHECK(program.received(line.names.back().text) == pdf);
        } else if (sent.error().reason == "printer_offline") {
            ++offline;
            clear(*line.direct, line.names.back());
            CHECK(program.received(line.names.back().text).empty());
        } else {
            ++unknown;
            CHECK(sent.error().reason == "print_outcome_unknown");
            CHECK(sent.error().kind == ErrorKind::TimedOut);
        }
    }
    CHECK(offline > 1);
    CHECK(unknown > 3);
    // Torn documents came out too: this printer does not look whether it got all of one.
    CHECK(program.received_count() > 1);
}

TEST_CASE("printer: when only its last answer is lost the print is found again under its ticket") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    TornLine line(program);
    auto const pdf = sample_pdf();
    REQUIRE(reaches(*line.direct, line.submit_new(pdf).value(), PrintJobState::Completed));
    auto const whole_answer = line.gate.from_server();
    // Within its last answer, which is some 300 bytes, whatever that says of the job.
    line.gate.cut_after(DeviceTcpGate::never, whole_answer - 100);
    CHECK(line.submit_new(pdf).error().reason == "print_outcome_unknown");
    CHECK(eventually([&] {
        auto const job = line.direct->find(line.names.back(), {});
        return job.has_value() && job.value().has_value() && job.value()->state == PrintJobState::Completed;
    }));
    CHECK(program.received(line.names.back().text) == pdf);
}

TEST_CASE(
    "printer: one that takes the call and never answers is offline in time, and the wait can be cancelled") {
    if (skipped())
        return;
    IppPrinterProgram program;
    REQUIRE(program.start());
    DeviceTcpGate gate(program.port());
    gate.stall(true);
    auto const impatient = printer_at(program.uri_at(gate.port()), 300ms);
    CHECK(std::holds_alternative<PrinterOffline>(impatient->status({}).state));
    CHECK(submit(*impatient, sample_pdf()).error().reason == "printer_offline");
    CHECK(impatient->find(ticket(), {}).error().reason == "printer_offline");
    auto const patient = printer_at(program.uri_at(gate.port()), 1h);
    std::stop_source cancel;
    auto const before = gate.connections();
    std::jthread const canceller([&] {
        eventually([&] { return gate.connections() > before; });
        cancel.request_stop();
    });
    CHECK(
        patient
            ->submit(ticket(), as_bytes(sample_pdf()), PrintMedia::Cr80, PrintSides::One, cancel.get_token())
            .error()
            .kind == ErrorKind::Cancelled);
    CHECK(program.received_count() == 0);
}
