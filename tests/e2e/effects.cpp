#include "tests/e2e/effects.h"

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

} // namespace portico::test
