#include "tests/support/bench.h"
#include "tests/support/catch.h"

#include <fstream>
#include <sstream>

using namespace portico::test;

namespace {

std::string slurp(std::filesystem::path const& file) {
    std::ifstream in(file);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

Finished start_kiosk(std::filesystem::path const& config) {
    return run({program("portico-kiosk"), "--config", config.string(), "--headless"});
}

} // namespace

TEST_CASE("configuration: a typing error stops the kiosk with file, line and key, exit code 2") {
    ScratchFolder const folder;
    auto const file = folder.path / "kiosk.toml";
    auto const good =
        "data = \"" + (folder.path / "data").string() + "\"\ncentral = \"https://127.0.0.1:1\"\n";
    struct Slip {
        std::string text;
        std::string told;
    };
    for (auto const& slip :
         {Slip{good + "langauge = \"en\"\n", ":3: unknown key langauge"},
          Slip{good + "fullscreen = \"yes\"\n", ":3: fullscreen must be true or false"},
          Slip{good + "language = \"fr\"\n", ":3: language must be one of \"en\", \"es\""},
          Slip{good + "languages = [\"en\", \"fr\"]\n",
               ":3: languages must be a list of some of \"en\", \"es\""},
          Slip{good + "languages = [\"ar\"]\nlanguage = \"en\"\n", ":4: language must be one of \"ar\""},
          Slip{good + "[barcode]\nbaud = 96000000\n", ":4: barcode.baud must be from 9600 to 115200"},
          Slip{good + "[switches]\nnext = \"A\"\n", ":4: switches.next must be one of \"Space\", "},
          Slip{good + "[switches]\nnext = \"Enter\"\nselect = \"Enter\"\n",
               ":5: switches.select must be another key than switches.next"},
          Slip{good + "[switches]\nhold_off = 300\n", ":4: unknown key switches.hold_off"},
          Slip{good + "[update]\nquiet_from = \"2 o'clock\"\n",
               ":4: update.quiet_from must be a time of day"},
          Slip{good + "[update]\nquiet_until = \"02:00\"\n",
               ":4: update.quiet_until must be another time than update.quiet_from"},
          Slip{good + "[update]\nfrom_central = \"yes\"\n", ":4: update.from_central must be true or false"},
          Slip{good + "[[printer Y]]\n", ":3: "}, Slip{good + "[}\n", ":3: "},
          Slip{good + "orientation = portrait\n", ":3: "},
          Slip{"central = \"https://127.0.0.1:1\"\n", ": data is missing"},
          Slip{"data = \"x\"\ncentral = \"127.0.0.1:1\"\n",
               ":2: central must be an address that begins with https://"}}) {
        std::ofstream(file) << slip.text;
        auto const finished = start_kiosk(file);
        INFO(slip.text << finished.errors);
        CHECK(finished.exit_code == 2);
        CHECK(finished.errors.find("kiosk.toml" + slip.told) != std::string::npos);
        CHECK(finished.output.empty());
    }
    CHECK_FALSE(std::filesystem::exists(folder.path / "data")); // nothing half started
}

TEST_CASE("configuration: a typing error stops central with file, line and key, exit code 2, and mended it "
          "serves") {
    Bench bench;
    bench.stop_central();
    auto const file = bench.data() / "central.toml";
    auto const good = slurp(file);
    auto const lines = std::to_string(std::count(good.begin(), good.end(), '\n') + 1);
    for (auto const& [slip, told] :
         {std::pair<std::string, std::string>{"[hours]\nopen = 3\n", "unknown key hours.open"},
          {"[backups]\nport = twenty\n", ""},
          {"[[cards Y]]\n", ""}}) {
        std::ofstream(file) << good << slip;
        auto const finished = run({program("portico-central"), "serve", "--data", bench.data().string(),
                                   "--listen", "127.0.0.1:0"});
        INFO(slip << finished.errors);
        CHECK(finished.exit_code == 2);
        CHECK(finished.errors.find("central.toml:") != std::string::npos);
        CHECK(finished.errors.find(told) != std::string::npos);
        CHECK(finished.output.empty());
    }
    std::ofstream(file) << good;
    bench.start_central();
}
