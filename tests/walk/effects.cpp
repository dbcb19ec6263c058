#include "tests/walk/effects.h"

#include "tests/support/catch.h"
#include "tests/walk/visit_steps.h"

#include <filesystem>
#include <sstream>

namespace portico::test {

int count_in_queue(Bench& bench, std::string const& kind) {
    int count = 0;
    std::istringstream lines(bench.central({"queue", "list"}));
    for (std::string line; std::getline(lines, line);)
        count += boost::json::parse(line).as_object().at("kind").as_string() == kind;
    return count;
}

int cards_printed(Bench::Kiosk const& kiosk) {
    int count = 0;
    for (auto const& entry : std::filesystem::directory_iterator(kiosk.folder() / "bench" / "print"))
        count += entry.path().extension() == ".pdf" && entry.path().filename().string().rfind("card", 0) == 0;
    return count;
}

void check_prints_one_card(Bench::Kiosk& kiosk) {
    auto& screen = kiosk.screen();
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    press(screen, "id_card.print");
    screen.wait_gone("card_print.title", 60);
    CHECK(screen.shows("card_print.done"));
    CHECK(cards_printed(kiosk) == 1);
}

} // namespace portico::test
