// What stands in the way of writing a sample plan, and the command around it.

#include "central/sample/command.h"
#include "central/sample/sample.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace portico;
using namespace portico::central::sample;

namespace {

Date const today{2026, 6, 15};

} // namespace

TEST_CASE("sample: a folder that cannot be made is refused with its name") {
    test::ScratchFolder scratch;
    std::ofstream(scratch.path / "file") << "x";
    SampleOptions sample{"", 3, 7, today};
    sample.out_dir = (scratch.path / "file" / "below").string();
    auto const refused = write_sample(sample, {});
    REQUIRE(refused.has_error());
    CHECK(refused.error().reason == "sample_not_written");
    CHECK(refused.error().message.find("below") != std::string::npos);
    sample.out_dir = (scratch.path / "ok").string();
    sample.members = 0;
    CHECK(write_sample(sample, {}).error().reason == "sample_options_invalid");
}

TEST_CASE("sample: a full disk is told, not passed over") {
    if (!std::filesystem::exists("/dev/full"))
        return;
    test::ScratchFolder scratch;
    std::filesystem::create_symlink("/dev/full", scratch.path / "ExplanationOfBenefit.ndjson");
    SampleOptions sample{"", 30, 7, today};
    sample.out_dir = scratch.path.string();
    auto const refused = write_sample(sample, {});
    REQUIRE(refused.has_error());
    CHECK(refused.error().message.find("ExplanationOfBenefit.ndjson") != std::string::npos);
}

TEST_CASE("sample: the command says what is wrong and leaves with 2, or writes and leaves with 0") {
    auto const run = [](std::vector<std::string> const& args) { return sample_command(args); };
    for (auto const& args : std::vector<std::vector<std::string>>{{},
                                                                  {"--members", "5"},
                                                                  {"--out"},
                                                                  {"--out", ""},
                                                                  {"--out", "x", "--members", "0"},
                                                                  {"--out", "x", "--members", "5x"},
                                                                  {"--out", "x", "--members", "99999999"},
                                                                  {"--out", "x", "--seed", "-1"},
                                                                  {"--out", "x", "--eobs-each", "-1"},
                                                                  {"--out", "x", "--eobs-each", "1001"},
                                                                  {"--out", "x", "--today", "2026-02-30"},
                                                                  {"--out", "x", "--today", "2026-02"},
                                                                  {"--out", "x", "--mumbers", "5"},
                                                                  {"x"}})
        CHECK(run(args) == 2);
    CHECK(run({"--help"}) == 0);
    test::ScratchFolder scratch;
    auto const folder = (scratch.path / "plan").string();
    CHECK(run({"--out", folder, "--members", "3", "--seed", "2", "--today", "2026-06-15"}) == 0);
    std::ifstream patients(scratch.path / "plan" / "Patient.ndjson");
    int written = 0;
    for (std::string line; std::getline(patients, line);)
        ++written;
    CHECK(written == 3);
}
