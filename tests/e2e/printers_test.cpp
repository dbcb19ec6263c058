#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/hand.h"

#include <boost/json.hpp>
#include <sstream>

using namespace portico::test;

namespace {

int count_printed(Bench::Kiosk const& kiosk, std::string const& printer) {
    int count = 0;
    for (auto const& entry : std::filesystem::directory_iterator(kiosk.folder() / "bench" / "print"))
        count +=
            entry.path().extension() == ".pdf" && entry.path().filename().string().rfind(printer, 0) == 0;
    return count;
}

/// Until the printer holds a job: the screen says that it prints before the document is made and sent.
void wait_for_job(Bench::Kiosk const& kiosk, std::string const& printer) {
    auto const holds = [&] {
        for (auto const& entry : std::filesystem::directory_iterator(kiosk.folder() / "bench" / "print"))
            if (entry.path().extension() == ".spool" &&
                entry.path().filename().string().rfind(printer, 0) == 0)
                return true;
        return false;
    };
    INFO(printer);
    REQUIRE(eventually(holds));
}

std::vector<boost::json::object> staff_queue(Bench& bench, std::string const& kind) {
    std::vector<boost::json::object> found;
    std::istringstream lines(bench.central({"queue", "list"}));
    for (std::string line; std::getline(lines, line);)
        if (auto entry = boost::json::parse(line).as_object(); entry.at("kind").as_string() == kind)
            found.push_back(std::move(entry));
    return found;
}

/// Staff's queue when it has an entry of this kind: what the terminal reports arrives by itself.
std::vector<boost::json::object> wait_for_queue(Bench& bench, std::string const& kind) {
    std::vector<boost::json::object> found;
    CHECK(eventually([&] {
        found = staff_queue(bench, kind);
        return !found.empty();
    }));
    return found;
}

struct Visit {
    explicit Visit(int print_ms)
        : bench(settings(print_ms)), kiosk(bench.add_kiosk()), screen(kiosk->screen()) {
        begin_visit(screen);
        register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
        // What arrives moves what is under it: a finger waits until home stands still.
        screen.wait_shows("home.year");
    }
    static Bench::Settings settings(int print_ms) {
        Bench::Settings settings;
        settings.print_ms = print_ms;
        return settings;
    }
    void to_card() {
        press(screen, "home.card");
        screen.wait_shows("id_card.front_picture");
    }
    void device(char const* what) { screen.device("card_printer", what); }

    Bench bench;
    std::unique_ptr<Bench::Kiosk> kiosk;
    Driver& screen;
};

/// A card that prints until the test says otherwise.
constexpr int never_done_ms = 600'000;

} // namespace

TEST_CASE("printers: a card printer that is gone, empty or jammed says so before anything is begun") {
    Visit visit(1);
    auto& screen = visit.screen;
    visit.to_card();
    struct Trouble {
        char const* begins;
        char const* words;
        char const* ends;
    };
    for (auto const& trouble :
         {Trouble{"unplug", "id_card.off_printer", "plug"}, Trouble{"empty", "id_card.off_empty", "refill"},
          Trouble{"jam", "id_card.off_stopped", "clear"}}) {
        INFO(trouble.begins);
        visit.device(trouble.begins);
        screen.wait_shows(trouble.words);
        CHECK(screen.is_off("id_card.print"));
        CHECK_FALSE(screen.is_off("id_card.mail")); // the way on
        visit.device(trouble.ends);
        screen.wait_gone(trouble.words);
    }
    press(screen, "id_card.print");
    screen.wait_shows("card_print.done");
    CHECK(count_printed(*visit.kiosk, "card-printer") == 1);
    visit.device("take");
    press(screen, "card_print.have_it");
    finish_visit(screen);
    CHECK(staff_queue(visit.bench, "card_outcome_unknown").empty());
}

TEST_CASE("printers: a jam in the middle of a card is seen, and cleared the same card goes on, once") {
    Visit visit(never_done_ms);
    auto& screen = visit.screen;
    visit.to_card();
    press(screen, "id_card.print");
    screen.wait_shows("card_print.title");
    wait_for_job(*visit.kiosk, "card-printer");
    visit.device("jam");
    screen.wait_shows("card_print.waiting");
    visit.device("clear");
    screen.wait_shows("card_print.title");
    screen.advance(never_done_ms / 1000);
    screen.wait_shows("card_print.done");
    CHECK(count_printed(*visit.kiosk, "card-printer") == 1);
    visit.device("take");
    press(screen, "card_print.have_it");
    screen.wait_screen("home");
}

TEST_CASE("printers: a card printer that vanishes during the job leaves the outcome to staff, and never "
          "prints again") {
    Visit visit(never_done_ms);
    auto& screen = visit.screen;
    visit.to_card();
    press(screen, "id_card.print");
    screen.wait_shows("card_print.title");
    wait_for_job(*visit.kiosk, "card-printer");
    visit.device("restart"); // switched off and on: it knows nothing of the job
    screen.wait_shows("card_print.unknown", 60);
    CHECK(screen.shows("card_print.unknown_more"));
    CHECK(screen.shows("id_card.mail"));
    auto const queue = wait_for_queue(visit.bench, "card_outcome_unknown");
    REQUIRE(queue.size() == 1);
    CHECK(queue[0].at("terminal").as_string() == visit.kiosk->terminal_id());
    CHECK(count_printed(*visit.kiosk, "card-printer") == 0);
    press(screen, "card_print.ok");
    screen.wait_screen("home");
    finish_visit(screen);
    screen.advance(never_done_ms / 1000);
    screen.wait_screen("attract");
    CHECK(count_printed(*visit.kiosk, "card-printer") == 0);
    // Staff have seen to it.
    visit.bench.central({"queue", "done", std::string(queue[0].at("id").as_string()), "refused", "--reason",
                         "no_card_came_out"});
    CHECK(staff_queue(visit.bench, "card_outcome_unknown").empty());
}

TEST_CASE(
    "printers: a kiosk that dies in the middle of a card issue prints no second card after its restart") {
    Visit visit(never_done_ms);
    visit.to_card();
    press(visit.screen, "id_card.print");
    visit.screen.wait_shows("card_print.title");
    wait_for_job(*visit.kiosk, "card-printer");
    visit.kiosk->kill();
    visit.kiosk->start();
    auto& screen = visit.kiosk->screen();
    begin_visit(screen);
    sign_in_with_key(screen, visit.bench.settings().key_pin);
    screen.wait_shows("home.year");
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    press(screen, "id_card.print");
    screen.wait_screen("card_print");
    // Either the old job has come to its end and a new one may begin, or the kiosk says why not: never two
    // cards.
    auto const over = [&] {
        screen.advance(60); // a job that came to the printer meanwhile goes on
        return !screen.shows("card_print.title");
    };
    REQUIRE(eventually(over));
    CHECK(count_printed(*visit.kiosk, "card-printer") <= 1);
}

TEST_CASE(
    "printers: a letter printer that is gone, empty, jammed or restarted is told in words, with a way on") {
    Visit visit(1);
    auto& screen = visit.screen;
    open_claim(screen, "eob-0000001-0002");
    auto letter = [&](char const* begins, char const* words) {
        INFO(begins);
        screen.device("letter_printer", begins);
        press(screen, "eob.print");
        screen.wait_shows(words);
    };
    auto failed_and_back = [&](char const* ends) {
        CHECK(screen.shows("letter.failed"));
        screen.device("letter_printer", ends);
        press(screen, "letter.ok");
        screen.wait_screen("eob");
    };
    letter("unplug", "letter.failed");
    CHECK(screen.words().find("The printer does not answer.") != std::string::npos);
    failed_and_back("plug");
    letter("empty", "letter.failed");
    CHECK(screen.words().find("no paper") != std::string::npos);
    failed_and_back("refill");
    letter("jam", "letter.failed");
    CHECK(screen.words().find("needs help") != std::string::npos);
    failed_and_back("clear");
    CHECK(count_printed(*visit.kiosk, "letter-printer") == 0);
    letter("take", "letter.done");
    CHECK(count_printed(*visit.kiosk, "letter-printer") == 1);
    press(screen, "letter.ok");
    // Who left paper lying there is asked to take it, before the next comes out.
    press(screen, "eob.print");
    screen.wait_shows("letter.failed");
    CHECK(screen.words().find("tray below") != std::string::npos);
    failed_and_back("take");
    finish_visit(screen);
}

TEST_CASE("printers: a letter printer that vanishes in the middle says that nobody can tell") {
    Visit visit(never_done_ms);
    auto& screen = visit.screen;
    open_claim(screen, "eob-0000001-0002");
    press(screen, "eob.print");
    screen.wait_shows("letter.title");
    wait_for_job(*visit.kiosk, "letter-printer");
    screen.device("letter_printer", "jam");
    screen.wait_shows("letter.waiting");
    screen.device("letter_printer", "clear");
    screen.wait_shows("letter.title");
    screen.device("letter_printer", "restart");
    screen.wait_shows("letter.unknown");
    press(screen, "letter.ok");
    screen.wait_screen("eob");
    finish_visit(screen);
    CHECK(count_printed(*visit.kiosk, "letter-printer") == 0);
}
