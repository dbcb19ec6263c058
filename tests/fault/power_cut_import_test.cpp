#include "central/sample/sample.h"
#include "tests/central/import_bench.h"
#include "tests/support/lossy_disk.h"
#include "tests/support/rounds.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr std::size_t transaction_rows = 40;

std::string sample_of_few(ImportBench const& bench) {
    sample::SampleOptions sample;
    sample.out_dir = (bench.inputs() / "sample").string();
    sample.members = 12;
    sample.seed = 3;
    sample.today = Date{2026, 11, 20};
    sample::write_sample(sample, [](sample::SampleCounts const&) {}).value();
    return sample.out_dir;
}

} // namespace

TEST_CASE("power cut: an import cut and started again ends as if nothing had happened", "[rounds]") {
    ImportBench whole;
    auto const input = sample_of_few(whole);
    std::uint64_t steps = 0;
    {
        LossyDisk const disk;
        whole.import({input}, transaction_rows);
        steps = disk.steps();
        whole.close();
    }
    auto const wanted = whole.dump(false);
    for (auto const round : Rounds(5)) {
        INFO("round " << round);
        Dice dice(round);
        LossyDisk disk;
        ImportBench cut(false);
        std::filesystem::copy(whole.data() / "keys", cut.data() / "keys");
        disk.cut_after(dice.below(steps));
        ImportOptions options;
        options.transaction_row_count_max = transaction_rows;
        if (auto opened = open_data(cut.place()); opened.has_value())
            CHECK(run_import(*opened.value().store, opened.value().vault, source_files({input}).value(),
                             options)
                      .has_error());
        disk.power_on(dice);
        cut.import({input}, transaction_rows);
        CHECK(cut.dump(false) == wanted);
        cut.close();
    }
}
