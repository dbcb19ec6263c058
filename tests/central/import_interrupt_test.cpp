#include "central/sample/sample.h"
#include "tests/central/import_bench.h"
#include "tests/support/process.h"

#include <csignal>
#include <cstdlib>
#include <thread>

using namespace portico;
using namespace portico::central;
using portico::test::ImportBench;

namespace {

constexpr char const* data_variable = "PORTICO_TEST_IMPORT_DATA";
constexpr char const* database_variable = "PORTICO_TEST_IMPORT_DATABASE";
constexpr char const* input_variable = "PORTICO_TEST_IMPORT_INPUT";
constexpr std::size_t small_transaction_rows = 40;
/// Bytes of memory an import may take at its most, whatever it reads.
constexpr std::int64_t memory_max_kib = 300 * 1024;

std::string variable(char const* name) {
    auto const* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// This test program again, running only the hidden case below: a process of its own that can be killed.
std::vector<std::string> child_command() {
    return {std::filesystem::read_symlink("/proc/self/exe").string(), "[.import_child]"};
}

std::map<std::string, std::string> child_environment(ImportBench const& bench, std::string const& input) {
    // A small quarantine, so that the sanitizer's own memory does not hide the import's.
    return {{data_variable, bench.data().string()},
            {database_variable, bench.scratch.server_address()},
            {input_variable, input},
            {"ASAN_OPTIONS", "quarantine_size_mb=4:detect_leaks=0"}};
}

std::int64_t rows(storage::Database& database) {
    auto query =
        database.prepare("SELECT (SELECT count(*) FROM plan_eob) + (SELECT count(*) FROM plan_member) +"
                         " (SELECT count(*) FROM plan_published)");
    if (query.has_error() || query.value().step().has_error())
        return 0;
    return query.value().integer(0);
}

std::int64_t memory_peak_kib() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.compare(0, 6, "VmHWM:") == 0)
            return std::atoll(line.c_str() + 6);
    return -1;
}

} // namespace

TEST_CASE("import child: the process that other cases start and kill", "[.import_child]") {
    // What this test program needs without any import, with all that is sanitized in it, is none of it.
    auto const before_kib = memory_peak_kib();
    auto opened = open_data({variable(data_variable), variable(database_variable)}).value();
    ImportOptions options;
    options.transaction_row_count_max = small_transaction_rows;
    auto const report =
        run_import(*opened.store, opened.vault, source_files({variable(input_variable)}).value(), options);
    REQUIRE(report.has_value());
    std::ofstream(std::filesystem::path(variable(data_variable)) / "peak") << memory_peak_kib() - before_kib;
}

TEST_CASE("import: killed at any point and started again it ends as if nothing had happened") {
    ImportBench whole;
    sample::SampleOptions sample;
    sample.out_dir = (whole.inputs() / "sample").string();
    sample.members = 24;
    sample.seed = 3;
    sample.today = Date{2026, 11, 20};
    sample::write_sample(sample, [](sample::SampleCounts const&) {}).value();
    whole.import({sample.out_dir}, small_transaction_rows);
    auto const wanted = whole.dump(false);
    auto const total = whole.opened().store->read<std::int64_t>(
        [](storage::Database& database) -> Result<std::int64_t> { return rows(database); });

    ImportBench killed(false);
    std::filesystem::copy(whole.data() / "keys", killed.data() / "keys");
    int kills = 0;
    auto const log = killed.folder.path / "child.log";
    {
        // Makes the tables, so that the rows can be watched from outside.
        killed.opened();
        killed.close();
    }
    for (int const percent : {5, 20, 40, 60, 80, 95}) {
        test::Process child(child_command(), log, child_environment(killed, sample.out_dir));
        auto watch = killed.place().store("").value().connect(storage::OpenMode::ReadOnly).value();
        while (child.running() && rows(watch) < total.value() * percent / 100)
            std::this_thread::yield();
        if (child.running()) {
            child.signal(SIGKILL);
            ++kills;
        }
        child.wait();
    }
    CHECK(kills >= 2);
    killed.import({sample.out_dir}, small_transaction_rows);
    CHECK(killed.dump(false) == wanted);
}

TEST_CASE("import: memory stays under 300 MiB however large the input is") {
    ImportBench bench;
    auto const input = bench.inputs() / "large.json";
    {
        std::ofstream out(input, std::ios::binary);
        out << "{\"resourceType\":\"Bundle\",\"entry\":[";
        std::string const padding(200'000, 'x');
        for (int i = 0; i < 1500; ++i) {
            out << (i == 0 ? "" : ",") << "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o" << i
                << "\",\"text\":\"" << padding << "\"}}";
            if (i % 10 == 0)
                out << ",{\"resource\":" << test::eob_line("e" + std::to_string(i), "p1") << "}";
        }
        // One that is too large by far, and one of as many values as are allowed.
        out << ",{\"resource\":{\"resourceType\":\"Observation\",\"text\":\"";
        for (int i = 0; i < 500; ++i)
            out << padding;
        out << "\"}},{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"many\",\"list\":[0";
        for (int i = 0; i < 900'000; ++i)
            out << ",0";
        out << "]}}]}";
    }
    REQUIRE(std::filesystem::file_size(input) > 390'000'000);
    test::Process child(child_command(), bench.folder.path / "child.log",
                        child_environment(bench, input.string()));
    REQUIRE(child.wait(std::chrono::seconds(280)) == 0);
    std::ifstream peak(bench.data() / "peak");
    std::int64_t peak_kib = -1;
    peak >> peak_kib;
    CAPTURE(peak_kib);
    CHECK(peak_kib > 0);
    CHECK(peak_kib < memory_max_kib);
    CHECK(bench.count("plan_eob") == 150);
}
