#include "kiosk/card_issue/letter_job.h"

#include "tests/kiosk/model_printer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

/// A letter printer (sheets for cards) and a session.
struct LetterBench {
    portico::test::ScratchFolder folder;
    std::unique_ptr<CardJournal> journal = open_card_journal(folder.path / "journal.db").value();
    ManualClock clock{from_micros(1'767'225'600'000'000)};
    ModelPrinter printer;
    std::stop_source person;
    std::stop_source shutdown;
    std::function<void(int)> on_pause = [](int) {};
    int pauses = 0;
    LetterPrinter letters{{printer, *journal, clock, [this](std::stop_token, std::stop_token) {
                               clock.advance(std::chrono::seconds(30));
                               on_pause(++pauses);
                               printer.tick();
                           }}};

    Result<LetterOutcome> print(std::string const& ticket) {
        return letters.print({ticket}, as_bytes("%PDF-"), PrintMedia::Letter, person.get_token(),
                             shutdown.get_token(), [](PrintJobState) {});
    }
};

} // namespace

TEST_CASE("letter: printed once, and its ticket forgotten") {
    LetterBench bench;
    bench.printer.person = "alex";
    CHECK(bench.print("letter-1").value() == LetterOutcome::Printed);
    CHECK(bench.printer.cards_of("letter-1") == 1);
    CHECK(bench.journal->noted_letters().value().empty());
}

TEST_CASE("letter: taken back when the session ends before paper is there") {
    LetterBench bench;
    bench.on_pause = [&](int pause) {
        if (pause == 1)
            bench.printer.cards_left = 0;
        if (pause == 3)
            bench.person.request_stop();
    };
    bench.printer.person = "alex";
    // The paper runs out between the look and the print.
    bench.printer.on_call = [&](char const* call) {
        if (std::string_view(call) == "submit")
            bench.printer.cards_left = 0;
    };
    CHECK(bench.print("letter-1").value() == LetterOutcome::NotPrinted);
    bench.printer.repair();
    bench.printer.person = "robin";
    bench.printer.tick();
    bench.printer.tick();
    CHECK(bench.printer.cards.empty());
}

TEST_CASE("letter: a session that has ended prints nothing") {
    LetterBench bench;
    bench.person.request_stop();
    auto const printed = bench.print("letter-1");
    REQUIRE(!printed.has_value());
    CHECK(printed.error().reason == "person_left");
    CHECK(bench.printer.submits.empty());
}

TEST_CASE("letter: what a stopped kiosk left in the printer is taken out before the next is sent") {
    LetterBench bench;
    bench.printer.on_call = [&](char const* call) {
        if (std::string_view(call) == "submit" && bench.printer.submits.empty())
            bench.printer.cards_left = 0;
    };
    bench.on_pause = [&](int) { bench.shutdown.request_stop(); };
    bench.printer.person = "alex";
    CHECK(bench.print("letter-alex").error().reason == "shutdown");
    CHECK(bench.journal->noted_letters().value().size() == 1);

    bench.printer.repair();
    bench.printer.person = "robin";
    bench.shutdown = {};
    bench.on_pause = [](int) {};
    CHECK(bench.print("letter-robin").value() == LetterOutcome::Printed);
    CHECK(bench.printer.cards_of("letter-alex") == 0);
    CHECK(bench.printer.cards_of("letter-robin") == 1);
    CHECK(bench.printer.live_jobs_of_others_at_submit == 0);
}

TEST_CASE("letter: a lost reply is looked up, one the printer has no record of is unknown and stays noted") {
    LetterBench bench;
    bench.printer.person = "alex";
    SECTION("the job is there") {
        bench.printer.next_submit_loses = ModelPrinter::Lost::Reply;
        CHECK(bench.print("letter-1").value() == LetterOutcome::Printed);
    }
    SECTION("it is not") {
        bench.printer.next_submit_loses = ModelPrinter::Lost::Request;
        CHECK(bench.print("letter-1").value() == LetterOutcome::Unknown);
        CHECK(bench.journal->noted_letters().value().size() == 1);
    }
    CHECK(bench.printer.submits["letter-1"] == 1);
}

TEST_CASE("letter: a printer that cannot print is named before anything is sent") {
    LetterBench bench;
    bench.printer.cards_left = 0;
    CHECK(bench.print("letter-1").error().reason == "out_of_paper");
    bench.printer.repair();
    bench.printer.jammed = true;
    CHECK(bench.print("letter-1").error().reason == "printer_stopped");
    bench.printer.repair();
    bench.printer.in_output = 1;
    CHECK(bench.print("letter-1").error().reason == "paper_in_output");
    bench.printer.in_output = 0;
    bench.printer.reachable = false;
    CHECK(bench.print("letter-1").error().reason == "printer_offline");
    CHECK(bench.printer.submits.empty());
}

TEST_CASE("letter: a printer that stops answering ends in unknown, not in waiting for ever") {
    LetterBench bench;
    bench.on_pause = [&](int) { bench.printer.reachable = false; };
    CHECK(bench.print("letter-1").value() == LetterOutcome::Unknown);
    CHECK(bench.journal->noted_letters().value().size() == 1);
}
