#include "central/plan/time_zone.h"
#include "shared/client/central.h"
#include "shared/client/enrollment.h"
#include "shared/client/release_fetch.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/places.h"
#include "tests/support/release_files.h"
#include "tests/support/text.h"
#include "tests/walk/directory_steps.h"
#include "tests/walk/visit_steps.h"

#include <sstream>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::size_t mib = 1024UL * 1024;
std::string const big_file = "portico-kiosk_0.5.0.efi";

/// A plan whose kiosks run the image 0.4.0 and are updated from central between 02:00 and 04:00, and a clock
/// that all programs go by.
class UpdatedPlan {
public:
    UpdatedPlan() : bench_(settings()) {
        bench_.stop_central();
        // By day, and no further ahead than it must: one-time codes are made by the real clock.
        if (time_of_day() > std::chrono::hours(1) && time_of_day() < std::chrono::hours(6))
            set_clock(6, 0);
        else
            write_clock();
        bench_.set_central_environment(clock_environment());
        bench_.start_central();
    }

    Bench& bench() { return bench_; }
    std::map<std::string, std::string> clock_environment() const {
        return {{"LD_PRELOAD", bin_dir() + "/host_faults.so"},
                {"HOST_CLOCK_FILE", (machine_.path / "ahead").string()},
                {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
    }
    /// Onwards to the next time that it is so where the plan is.
    void set_clock(int hour, int minute) {
        auto left = std::chrono::hours(hour) + std::chrono::minutes(minute) - time_of_day();
        if (left.count() < 0)
            left += std::chrono::days(1);
        ahead_s_ += left.count();
        write_clock();
    }
    void add(MadeRelease const& release) {
        auto const folder = machine_.path / ("release-" + release.version);
        release.write_to(folder);
        bench_.central({"release", "add", folder.string()});
    }
    void want(Bench::Kiosk const& kiosk, std::string const& version) {
        bench_.central({"terminal", "release", kiosk.terminal_id(), version});
    }
    /// What central's list says of a kiosk.
    std::string listed(Bench::Kiosk const& kiosk) {
        std::istringstream lines(bench_.central({"terminal", "list"}));
        for (std::string line; std::getline(lines, line);)
            if (line.rfind(kiosk.terminal_id(), 0) == 0)
                return line;
        return "";
    }
    bool is_listed(Bench::Kiosk const& kiosk, std::string const& words) {
        return eventually([&] { return holds(listed(kiosk), words); }, std::chrono::minutes(3));
    }
    std::filesystem::path run() const { return machine_.path / "run"; }

private:
    std::chrono::seconds time_of_day() const {
        auto const zone = central::TimeZone::load("America/New_York").value();
        auto const now =
            std::chrono::floor<std::chrono::seconds>(SystemClock().now()) + std::chrono::seconds(ahead_s_);
        auto const local = now + zone.ahead_at(now);
        return local - std::chrono::floor<std::chrono::days>(local);
    }
    void write_clock() const {
        std::ofstream(machine_.path / "ahead.new") << ahead_s_;
        std::filesystem::rename(machine_.path / "ahead.new", machine_.path / "ahead");
    }
    Bench::Settings settings() {
        std::filesystem::create_directories(machine_.path / "etc");
        std::filesystem::create_directories(run() / "portico-kiosk");
        std::filesystem::create_directories(run() / "portico-update");
        std::ofstream(machine_.path / "etc/os-release") << "IMAGE_VERSION=0.4.0\n";
        Bench::Settings made;
        made.kiosk_config = "machine = \"" + machine_.path.string() + "\"\n[update]\nfrom_central = true\n";
        made.kiosk_environment = clock_environment();
        return made;
    }

    ScratchFolder machine_;
    std::int64_t ahead_s_ = 0;
    Bench bench_;
};

std::filesystem::path release_folder(Bench::Kiosk const& kiosk) {
    return kiosk.folder() / "data" / "release";
}

std::uintmax_t fetched_bytes(Bench::Kiosk const& kiosk) {
    std::error_code failed;
    auto const size = std::filesystem::file_size(release_folder(kiosk) / "0.5.0.part" / big_file, failed);
    return failed ? 0 : size;
}

} // namespace

TEST_CASE(
    "release: a kiosk fetches it at the quiet hour, goes on after central was killed, and waits while a "
    "member is there") {
    UpdatedPlan plan;
    auto& bench = plan.bench();
    auto const kiosk = bench.add_kiosk();
    auto const other = bench.add_kiosk("library");
    auto const release = MadeRelease::make("0.5.0", {16 * mib, mib / 2});
    plan.add(release);
    plan.want(*kiosk, "0.5.0");
    REQUIRE(plan.is_listed(*kiosk, "0.4.0"));
    REQUIRE(plan.is_listed(*other, "0.4.0"));
    CHECK_FALSE(std::filesystem::exists(release_folder(*kiosk)));
    plan.set_clock(2, 30);
    REQUIRE(eventually([&] { return fetched_bytes(*kiosk) > 2 * mib; }));
    CHECK(plan.is_listed(*kiosk, "downloading 0.5.0"));
    bench.kill_central();
    auto const at_the_cut = fetched_bytes(*kiosk);
    REQUIRE(at_the_cut < 16 * mib);
    bench.start_central();
    REQUIRE(eventually([&] { return fetched_bytes(*kiosk) > at_the_cut; }));

    // A member comes.
    auto& screen = kiosk->screen();
    auto const mark = plan.run() / "portico-kiosk" / "in-visit";
    begin_visit(screen);
    CHECK(std::filesystem::exists(mark));
    auto const then = fetched_bytes(*kiosk);
    REQUIRE(then < 16 * mib);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    CHECK(fetched_bytes(*kiosk) <= then + client::release_piece_bytes); // one may have come with the touch
    CHECK_FALSE(std::filesystem::exists(release_folder(*kiosk) / "ready"));
    CHECK(std::filesystem::exists(mark));
    finish_visit(screen);
    REQUIRE(eventually([&] { return !std::filesystem::exists(mark); }));

    REQUIRE(eventually([&] { return std::filesystem::exists(release_folder(*kiosk) / "ready"); }));
    CHECK(release.lies_in(release_folder(*kiosk) / "ready"));
    CHECK(plan.is_listed(*kiosk, "ready 0.5.0"));
    std::ofstream(plan.run() / "portico-update" / "outcome.json")
        << R"({"version":"0.5.0","outcome":"installed","reason":""})";
    CHECK(plan.is_listed(*kiosk, "installed 0.5.0"));

    // What is not set for it, another kiosk does not get, though it asks.
    CHECK_FALSE(std::filesystem::exists(release_folder(*other)));
    auto const enrollment = client::load_enrollment(other->folder() / "data").value();
    client::Central central(
        client::Https::open("https://127.0.0.1:" + std::to_string(bench.port()), enrollment.identity)
            .value());
    CHECK_FALSE(central.wanted_release({}, {}).value().release);
    auto const asked = central.release_piece({}, {"0.5.0", big_file, 0, 100});
    REQUIRE(asked.has_error());
    CHECK(asked.error().kind == ErrorKind::NotFound);
    CHECK(asked.error().reason == "release_not_set");
}

TEST_CASE("release: of the next one a kiosk fetches what is new alone, also after it was killed") {
    UpdatedPlan plan;
    auto const kiosk = plan.bench().add_kiosk();
    auto const first = MadeRelease::make("0.5.0", {4 * mib, 4 * mib});
    plan.add(first);
    plan.want(*kiosk, "0.5.0");
    plan.set_clock(2, 30);
    REQUIRE(plan.is_listed(*kiosk, "ready 0.5.0"));
    // The machine takes it.
    std::ofstream(plan.run() / "portico-update" / "outcome.json")
        << R"({"version":"0.5.0","outcome":"installed","reason":""})";
    std::filesystem::remove_all(release_folder(*kiosk) / "ready");
    REQUIRE(plan.is_listed(*kiosk, "installed 0.5.0"));
    kiosk->kill();
    auto second = MadeRelease::make("0.5.1", {4 * mib, 4 * mib});
    second.files.at("portico-kiosk_0.5.1.efi").replace(mib, 30, "thirty bytes that are not there");
    second.sum();
    plan.add(second);
    plan.want(*kiosk, "0.5.1");
    // Central has not even the rest.
    for (auto const& [name, bytes] : second.files)
        std::filesystem::remove(plan.bench().data() / "releases" / "0.5.1" / name);
    kiosk->start();
    REQUIRE(plan.is_listed(*kiosk, "ready 0.5.1"));
    CHECK(second.lies_in(release_folder(*kiosk) / "ready"));
}

TEST_CASE("release: a byte that changed on central's disk never becomes ready, and central's list says so") {
    UpdatedPlan plan;
    auto const kiosk = plan.bench().add_kiosk();
    plan.add(MadeRelease::make("0.5.0", {mib}));
    {
        std::fstream file(plan.bench().data() / "releases" / "0.5.0" / big_file,
                          std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(500'000);
        auto const byte = static_cast<char>(file.get() ^ 1);
        file.seekp(500'000);
        file.put(byte);
    }
    plan.want(*kiosk, "0.5.0");
    plan.set_clock(2, 30);
    CHECK(plan.is_listed(*kiosk, "not_fetched 0.5.0 (sum_wrong " + big_file + ")"));
    CHECK_FALSE(std::filesystem::exists(release_folder(*kiosk) / "ready"));
    CHECK(std::filesystem::is_empty(release_folder(*kiosk)));
}

TEST_CASE("release: a kiosk whose disk is full says so to central, keeps nothing of it, and serves") {
    UpdatedPlan plan;
    auto const kiosk = plan.bench().add_kiosk();
    plan.add(MadeRelease::make("0.5.0", {6 * mib}));
    plan.want(*kiosk, "0.5.0");
    kiosk->kill();
    auto const flag = kiosk->folder() / "full";
    kiosk->start(
        {{"HOST_FULL_DISK_FOLDER", release_folder(*kiosk).string()}, {"HOST_FULL_DISK_FLAG", flag.string()}});
    plan.set_clock(2, 30);
    REQUIRE(eventually([&] { return fetched_bytes(*kiosk) > mib; }));
    std::ofstream(flag) << "full\n";
    CHECK(plan.is_listed(*kiosk, "not_fetched 0.5.0 (disk_full)"));
    CHECK(std::filesystem::is_empty(release_folder(*kiosk)));
    begin_visit(kiosk->screen());
    press(kiosk->screen(), "sign_in.find_doctor");
    kiosk->screen().wait_screen("find_doctor");
    search_directory(kiosk->screen());
}
