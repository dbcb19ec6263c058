#include "tests/client/release_bench.h"

using namespace portico;
using namespace portico::client;
using namespace portico::test;

TEST_CASE("release fetcher: quiet hours are the plan's, also over midnight, and a wrong time is none") {
    auto const night = QuietHours::parse("02:00", "04:00").value();
    using std::chrono::hours;
    CHECK_FALSE(night.contains(at(1, 59), hours(0)));
    CHECK(night.contains(at(2, 0), hours(0)));
    CHECK(night.contains(at(3, 59), hours(0)));
    CHECK_FALSE(night.contains(at(4, 0), hours(0)));
    CHECK(night.contains(at(7, 0), hours(-5)));
    CHECK(night.contains(at(20, 30), hours(6)));
    CHECK(night.night_of(at(2, 0), hours(0)) == night.night_of(at(1, 59) + hours(24), hours(0)));
    CHECK(night.night_of(at(2, 0), hours(0)) == night.night_of(at(1, 59), hours(0)) + 1);
    auto const over = QuietHours::parse("23:30", "00:15").value();
    CHECK(over.contains(at(23, 30), hours(0)));
    CHECK(over.contains(at(0, 14), hours(0)));
    CHECK_FALSE(over.contains(at(0, 15), hours(0)));
    CHECK_FALSE(over.contains(at(12, 0), hours(0)));
    CHECK(over.night_of(at(0, 10) + hours(24), hours(0)) == over.night_of(at(23, 40), hours(0)));
    for (auto const* wrong : {"", "2:00", "02:0", "24:00", "02:60", "02-00", "0200", "02:00 ", "aa:bb"})
        CHECK(QuietHours::parse(wrong, "04:00").error().reason == "quiet_hours_invalid");
    CHECK(QuietHours::parse("02:00", "02:00").error().reason == "quiet_hours_invalid");
}

TEST_CASE("release fetcher: a release is fetched whole at the plan's quiet hours and not before") {
    auto const kiosk = kiosk_at(at(6, 59)); // 01:59 where the plan is
    auto const release = MadeRelease::make("0.5.0", {3 * piece + 17, piece, 1});
    kiosk->central.set_ahead(-5);
    kiosk->central.offer(release);
    kiosk->start();
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.pieces() == 0);
    CHECK_FALSE(std::filesystem::exists(kiosk->data / "release"));
    CHECK(kiosk->central.reports().front().version == "0.4.0");
    CHECK_FALSE(kiosk->central.reports().front().update);
    kiosk->clock.advance(std::chrono::minutes(1));
    REQUIRE(eventually([&] { return kiosk->is_ready(release); }));
    CHECK(kiosk->central.most_often() == 1);
    CHECK(eventually([&] { return kiosk->central.last_update() == "ready 0.5.0 "; }));
    // It is not fetched once more, by this program or the next.
    auto const pieces = kiosk->central.pieces();
    kiosk->stop();
    kiosk->start();
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.pieces() == pieces);
    CHECK(kiosk->central.last_update() == "ready 0.5.0 ");
    kiosk->stop();
    CHECK(kiosk->names() == std::vector<std::string>{"kept-0.5.0", "ready"});
}

TEST_CASE(
    "release fetcher: cut off at any piece it goes on where it was, and nothing is ready before all is") {
    auto const release = MadeRelease::make("0.5.0", {2 * piece + 5, piece + 1, 3});
    int cut = 1;
    for (bool was_cut = true; was_cut; ++cut) {
        INFO("cut at piece " << cut);
        auto const kiosk = kiosk_at(at(2, 30));
        kiosk->central.offer(release);
        std::atomic<bool> reached = false;
        kiosk->central.on_piece([&, cut](int count) -> std::optional<Error> {
            if (count < cut)
                return std::nullopt;
            reached = true;
            return error(ErrorKind::Unavailable, "central_unreachable");
        });
        kiosk->start();
        REQUIRE(eventually([&] { return reached || kiosk->is_ready(release); }));
        kiosk->stop(); // and the kiosk restarts
        was_cut = reached;
        CHECK(kiosk->has_ready() == !was_cut);
        kiosk->central.on_piece({});
        kiosk->start();
        REQUIRE(eventually([&] { return kiosk->is_ready(release); }));
        CHECK(kiosk->central.most_often() == 1);
    }
    CHECK(cut ==
          8 + 2); // of three, two and one pieces, and one each of sums and signature; then none was cut
}

TEST_CASE("release fetcher: who comes stops it at once, and when they have gone it goes on") {
    auto const kiosk = kiosk_at(at(2, 30));
    auto const release = MadeRelease::make("0.5.0", {6 * piece});
    kiosk->central.offer(release);
    std::atomic<bool> come = false;
    kiosk->central.on_piece([&](int count) -> std::optional<Error> {
        if (count == 5 && !come.exchange(true))
            kiosk->fetcher->visit(true); // while this very call is under way
        return std::nullopt;
    });
    kiosk->start();
    REQUIRE(eventually([&] { return come.load(); }));
    // While somebody is here it asks for nothing at all.
    auto const asked = kiosk->central.wanted_asked();
    CHECK_FALSE(
        eventually([&] { return kiosk->central.pieces() > 4 || kiosk->central.wanted_asked() > asked; },
                   std::chrono::milliseconds(300)));
    CHECK_FALSE(kiosk->has_ready());
    kiosk->fetcher->visit(false);
    REQUIRE(eventually([&] { return kiosk->is_ready(release); }));
    CHECK(kiosk->central.most_often() == 1);
    CHECK_FALSE(kiosk->complained("cancelled"));
}

TEST_CASE("release fetcher: when the quiet hours are over it stops, and the next night it goes on") {
    auto const kiosk = kiosk_at(at(3, 59));
    auto const release = MadeRelease::make("0.5.0", {6 * piece});
    kiosk->central.offer(release);
    kiosk->central.on_piece([&](int count) -> std::optional<Error> {
        if (count == 3)
            kiosk->clock.step_wall(std::chrono::minutes(1));
        return std::nullopt;
    });
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->central.pieces() == 3; }));
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.pieces() == 3);
    kiosk->clock.step_wall(std::chrono::hours(22));
    REQUIRE(eventually([&] { return kiosk->is_ready(release); }));
    CHECK(kiosk->central.most_often() == 1);
}

TEST_CASE(
    "release fetcher: a changed byte never becomes ready, and after three tries central knows the file") {
    auto const kiosk = kiosk_at(at(2, 30));
    auto const release = MadeRelease::make("0.5.0", {2 * piece, 100});
    kiosk->central.offer(release);
    kiosk->central.flip("portico-kiosk_0.5.0.efi", piece + 7);
    kiosk->start();
    REQUIRE(eventually([&] {
        return kiosk->central.last_update() == "not_fetched 0.5.0 sum_wrong portico-kiosk_0.5.0.efi";
    }));
    CHECK(kiosk->central.most_often() == 3);
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.most_often() == 3);
    CHECK_FALSE(kiosk->has_ready());
    CHECK(std::filesystem::is_empty(kiosk->data / "release"));
    // Mended, it comes the night after.
    kiosk->central.flip("portico-kiosk_0.5.0.efi", piece + 7);
    kiosk->clock.step_wall(std::chrono::hours(24));
    REQUIRE(eventually([&] { return kiosk->is_ready(release); }));
    CHECK(eventually([&] { return kiosk->central.last_update() == "ready 0.5.0 "; }));
}

TEST_CASE("release fetcher: sums that do not speak of the files are told before the files have come") {
    auto release = MadeRelease::make("0.5.0", {2 * piece, 100});
    std::string told;
    auto& sums = release.files.at("SHA256SUMS");
    SECTION("a file too many") {
        release.files["stowaway"] = std::string(3 * piece, 'x');
        told = "SHA256SUMS";
    }
    SECTION("a file too few") {
        sums += std::string(64, 'a') + "  missing.raw\n";
        told = "missing.raw";
    }
    SECTION("another sum") {
        sums[0] = sums[0] == '0' ? '1' : '0';
        told = "portico-kiosk_0.5.0.efi";
    }
    SECTION("no sums at all") {
        sums = "nothing\n";
        told = "SHA256SUMS";
    }
    auto const kiosk = kiosk_at(at(2, 30));
    kiosk->central.offer(release);
    kiosk->start();
    REQUIRE(
        eventually([&] { return kiosk->central.last_update() == "not_fetched 0.5.0 sums_differ " + told; }));
    CHECK(kiosk->central.pieces() == 1);
    CHECK_FALSE(kiosk->has_ready());
}

TEST_CASE("release fetcher: never an older version, and the same one is left alone") {
    auto const kiosk = kiosk_at(at(2, 30));
    kiosk->central.offer(MadeRelease::make("0.4.0", {10}));
    kiosk->start();
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.last_update().empty());
    kiosk->central.offer(MadeRelease::make("0.3.9", {10}));
    REQUIRE(
        eventually([&] { return kiosk->central.last_update() == "not_fetched 0.3.9 older_than_running"; }));
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.pieces() == 0);
    CHECK_FALSE(kiosk->has_ready());
}

TEST_CASE("release fetcher: names that central gives lead to no file outside of its folder") {
    auto const kiosk = kiosk_at(at(2, 30));
    auto const good = MadeRelease::make("0.5.0", {10}).described();
    kiosk->start();
    REQUIRE(kiosk->looks_on());
    auto const with = [&](std::function<void(api::Release&)> const& change) {
        auto release = good;
        change(release);
        kiosk->central.describe(release);
        REQUIRE(kiosk->looks_on());
        CHECK(kiosk->complained("release_unreadable"));
        CHECK(kiosk->central.pieces() == 0);
        kiosk->central.offer_nothing();
        REQUIRE(kiosk->looks_on());
    };
    for (auto const* name : {"../outside", "/tmp/outside", "a/b", "..", ".", "", ".hidden", "-x", "a\nb"})
        with([&](api::Release& release) { release.files.push_back({name, 1, std::string(64, 'a')}); });
    for (auto const* version : {"../0.5.0", "/0.5.0", "0.5.0/..", "", "latest", "ready"})
        with([&](api::Release& release) { release.version = version; });
    with([](api::Release& release) { release.files.push_back(release.files.front()); });
    with([](api::Release& release) { release.files.front().size_bytes = -1; });
    with([](api::Release& release) { release.files.front().size_bytes = 5'000'000'000; });
    with([](api::Release& release) { release.files.front().sha256 = "../../x"; });
    with([](api::Release& release) { release.files.clear(); });
    with([](api::Release& release) {
        std::erase_if(release.files, [](auto const& file) { return file.name == "SHA256SUMS.sig"; });
    });
    with([](api::Release& release) {
        for (int i = 0; i < 40; ++i)
            release.files.push_back({"file-" + std::to_string(i), 1, std::string(64, 'a')});
    });
    CHECK(std::filesystem::is_empty(kiosk->data));
    CHECK(std::distance(std::filesystem::directory_iterator(kiosk->folder.path), {}) == 1);
}

TEST_CASE("release fetcher: a newer one takes the place of one that was not taken, and of one half fetched") {
    auto const kiosk = kiosk_at(at(2, 30));
    auto const first = MadeRelease::make("0.5.0", {2 * piece});
    auto const second = MadeRelease::make("0.5.1", {4 * piece}, 7);
    auto const third = MadeRelease::make("0.5.2", {piece, 5}, 9);
    kiosk->central.offer(first);
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->is_ready(first); }));
    std::atomic<bool> half = false;
    auto const before = kiosk->central.pieces();
    kiosk->central.on_piece([&](int count) -> std::optional<Error> {
        if (count - before < 4)
            return std::nullopt;
        half = true;
        return error(ErrorKind::NotFound, "release_not_set"); // it is to have another
    });
    kiosk->central.offer(second);
    REQUIRE(eventually([&] { return half.load(); }));
    CHECK(kiosk->is_ready(first));
    kiosk->stop();
    CHECK(std::filesystem::exists(kiosk->data / "release" / "0.5.1.part"));
    kiosk->central.on_piece({});
    kiosk->central.offer(third);
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->is_ready(third); }));
    kiosk->stop();
    CHECK(kiosk->names() == std::vector<std::string>{"kept-0.5.2", "ready"});
}

TEST_CASE("release fetcher: what the machine says of it is told, and what it refused is not fetched again") {
    auto const kiosk = kiosk_at(at(2, 30));
    kiosk->machine_says(R"({"version":"0.5.0","outcome":"refused","reason":"signature\nnot good"})");
    kiosk->central.offer(MadeRelease::make("0.5.0", {10}));
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "refused 0.5.0 signature?not good"; }));
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.pieces() == 0);
    // The next one is its own matter.
    auto const next = MadeRelease::make("0.5.1", {10});
    kiosk->central.offer(next);
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "ready 0.5.1 "; }));
    CHECK(kiosk->is_ready(next));
    kiosk->machine_says(R"({"version":"0.5.1","outcome":"installed","reason":""})");
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "installed 0.5.1 "; }));
    // Taken away by the machine: it is not fetched a second time.
    std::filesystem::remove_all(kiosk->data / "release" / "ready");
    auto const pieces = kiosk->central.pieces();
    kiosk->stop();
    kiosk->start();
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.pieces() == pieces);
}

TEST_CASE("release fetcher: a refusal that names no version is of the one that the machine took, and of no "
          "later one") {
    auto const kiosk = kiosk_at(at(2, 30));
    auto const unsigned_one = MadeRelease::make("0.5.0", {10});
    auto const take_and_refuse = [&] {
        kiosk->machine_says(R"({"version":"","outcome":"refused","reason":"not-signed"})");
        std::filesystem::remove_all(kiosk->data / "release" / "ready");
    };
    kiosk->central.offer(unsigned_one);
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "ready 0.5.0 "; }));
    take_and_refuse();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "refused 0.5.0 not-signed"; }));
    auto const pieces = kiosk->central.pieces();
    REQUIRE(kiosk->looks_on());
    CHECK(kiosk->central.pieces() == pieces);
    auto const next = MadeRelease::make("0.5.1", {10});
    kiosk->central.offer(next);
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "ready 0.5.1 "; }));
    REQUIRE(kiosk->looks_on());
    for (auto const& told : kiosk->central.reports())
        CHECK_FALSE(
            (told.update && told.update->version == "0.5.1" && told.update->outcome == State::Refused));
    CHECK(kiosk->is_ready(next));
    take_and_refuse();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "refused 0.5.1 not-signed"; }));
}

TEST_CASE("release fetcher: what the machine did not write as agreed is taken for nothing") {
    auto const text = [](std::string const& version, std::string const& outcome) {
        return R"({"version":")" + version + R"(","outcome":")" + outcome + R"(","reason":"x"})";
    };
    CHECK(parse_machine_outcome(text("0.5.0", "installed"))->outcome == State::Installed);
    CHECK(parse_machine_outcome(text("0.5.0", "refused"))->reason == "x");
    CHECK(parse_machine_outcome(R"({"outcome":"refused","version":"1","more":[1]})")->reason.empty());
    CHECK(parse_machine_outcome(text("", "refused"))->version.empty());
    for (auto const& junk :
         {std::string(), std::string("null"), std::string("[]"), std::string("{}"), text("0.5.0", "ready"),
          text("0.5.0", "Installed"), text("../x", "refused"), text("", "installed"),
          text("0.5.0", "refused") + "x", text("0.5.0", "refused").substr(1),
          std::string(R"({"version":5,"outcome":"refused"})"),
          std::string(R"({"version":"5","outcome":"refused","reason":5})"), std::string(5000, '{')})
        CHECK_FALSE(parse_machine_outcome(junk));
    auto const longest = parse_machine_outcome(R"({"version":"1","outcome":"refused","reason":")" +
                                               std::string(1000, 'y') + "\xC3\xA9\"}");
    CHECK(longest->reason == std::string(200, 'y'));

    test::ScratchFolder const folder;
    auto const file = folder.path / "outcome.json";
    CHECK_FALSE(read_machine_outcome(file));
    std::ofstream(file) << text("0.5.0", "installed");
    CHECK(read_machine_outcome(file));
    std::ofstream(file) << text("0.5.0", "installed") << std::string(5000, ' ');
    CHECK_FALSE(read_machine_outcome(file));
    std::filesystem::remove(file);
    std::filesystem::create_symlink("/dev/zero", file);
    CHECK_FALSE(read_machine_outcome(file));
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    CHECK_FALSE(read_machine_outcome(file));
}

TEST_CASE("release fetcher: the running version is the image's, else the program's") {
    test::ScratchFolder const folder;
    auto const file = folder.path / "os-release";
    auto const running = [&] { return running_version(file, "0.1.0").value().text(); };
    CHECK(running() == "0.1.0");
    std::ofstream(file) << "NAME=Debian\nIMAGE_ID=portico-kiosk\nIMAGE_VERSION=0.5.0\n";
    CHECK(running() == "0.5.0");
    std::ofstream(file) << "IMAGE_VERSION=\"0.5.1\"\n";
    CHECK(running() == "0.5.1");
    std::ofstream(file) << "IMAGE_VERSION=trixie\nX_IMAGE_VERSION=9\n";
    CHECK(running() == "0.1.0");
}

TEST_CASE(
    "release fetcher: a file longer than it should be, and one that is a folder, hold nothing up for ever") {
    auto const kiosk = kiosk_at(at(2, 30));
    auto const release = MadeRelease::make("0.5.0", {10, 20});
    auto const part = kiosk->data / "release" / "0.5.0.part";
    std::filesystem::create_directories(part);
    std::ofstream(part / "portico-kiosk_0.5.0.efi") << std::string(1000, 'x');
    std::ofstream(part / "portico-kiosk_0.5.0.root.raw") << "as long as it is to";
    kiosk->central.offer(release);
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->is_ready(release); }));
}

TEST_CASE("release fetcher: a release for which there is no room is told, and nothing of it stays") {
    auto const kiosk = kiosk_at(at(2, 30));
    auto release = MadeRelease::make("0.5.0", {10}).described();
    // As large as a release may be, on a disk that has less free.
    for (int i = 0; i < 28; ++i)
        release.files.push_back(
            {"large-" + std::to_string(i) + ".raw", release_file_max_bytes, std::string(64, 'a')});
    auto const bytes = 28 * static_cast<std::uintmax_t>(release_file_max_bytes);
    INFO("of a disk with more than " << bytes << " bytes free this test can show nothing");
    REQUIRE(std::filesystem::space(kiosk->data).available < bytes);
    kiosk->central.describe(release);
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "not_fetched 0.5.0 disk_full"; }));
    CHECK(kiosk->complained("disk_full"));
    CHECK(kiosk->central.pieces() == 0);
    kiosk->stop();
    CHECK(std::filesystem::is_empty(kiosk->data / "release"));
}
