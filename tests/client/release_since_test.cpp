#include "shared/delta/changes.h"
#include "tests/client/release_bench.h"

using namespace portico;
using namespace portico::client;
using namespace portico::test;

namespace {

/// Two releases that are nearly the same, and what is new in the second.
struct TwoReleases {
    TwoReleases() {
        first = MadeRelease::make("0.5.0", {6 * piece, 4 * piece});
        second = MadeRelease::make("0.5.1", {6 * piece, 4 * piece});
        second.files.at("portico-kiosk_0.5.1.efi").replace(1'000, 20, "something that is new");
        second.sum();
        since = told(first, second);
    }
    std::string told(MadeRelease const& from, MadeRelease const& to) const {
        std::string bytes;
        auto const failure =
            delta::tell_changes(joined(from), joined(to), [&](ByteView more) -> Result<void> {
                bytes += as_text(more);
                return ok();
            });
        REQUIRE(failure.has_value());
        return bytes;
    }
    delta::JoinedFiles joined(MadeRelease const& release) const {
        auto const place = folder.path / release.version;
        release.write_to(place);
        std::vector<std::filesystem::path> files;
        for (auto const& [name, bytes] : release.files)
            files.push_back(place / name);
        return delta::JoinedFiles::open(files).value();
    }

    ScratchFolder folder;
    MadeRelease first;
    MadeRelease second;
    std::string since;
};

/// A kiosk that has fetched the first, which the machine took.
std::unique_ptr<UpdatedKiosk> kiosk_with(MadeRelease const& first) {
    auto kiosk = kiosk_at(at(2, 30));
    kiosk->central.offer(first);
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "ready 0.5.0 "; }));
    kiosk->stop();
    std::filesystem::remove_all(kiosk->data / "release" / "ready");
    REQUIRE(kiosk->names() == std::vector<std::string>{"kept-0.5.0"});
    return kiosk;
}

} // namespace

TEST_CASE("release since: of the next release only what is new is fetched, and that makes all of it") {
    TwoReleases const two;
    REQUIRE(two.since.size() < piece);
    auto const kiosk = kiosk_with(two.first);
    auto const whole = kiosk->central.whole_pieces();
    auto const pieces = kiosk->central.pieces();
    kiosk->central.offer(two.second);
    kiosk->central.offer_since("0.5.0", two.since);
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "ready 0.5.1 "; }));
    kiosk->stop();
    CHECK(kiosk->is_ready(two.second));
    CHECK(kiosk->central.whole_pieces() == whole);
    CHECK(kiosk->central.pieces() == pieces + 1);
    CHECK(kiosk->names() == std::vector<std::string>{"kept-0.5.1", "ready"});
    CHECK(two.second.lies_in(kiosk->data / "release" / "kept-0.5.1"));
    // The machine removes its names of the files, and they stay.
    std::filesystem::remove_all(kiosk->data / "release" / "ready");
    CHECK(two.second.lies_in(kiosk->data / "release" / "kept-0.5.1"));
}

TEST_CASE("release since: cut off at any piece it goes on where it was") {
    TwoReleases two;
    // Large enough for some pieces, and half of it alike.
    two.second = MadeRelease::make("0.5.1", {6 * piece, 4 * piece}, 7);
    two.second.files.at("portico-kiosk_0.5.1.root.raw") = two.first.files.at("portico-kiosk_0.5.0.root.raw");
    two.second.sum();
    two.since = two.told(two.first, two.second);
    auto const pieces_of_it = static_cast<int>((two.since.size() + piece - 1) / piece);
    REQUIRE(pieces_of_it > 3);
    for (int cut = 1; cut <= pieces_of_it; ++cut) {
        INFO("cut at piece " << cut);
        auto const kiosk = kiosk_with(two.first);
        auto const before = kiosk->central.pieces();
        auto const whole = kiosk->central.whole_pieces();
        kiosk->central.offer(two.second);
        kiosk->central.offer_since("0.5.0", two.since);
        std::atomic<bool> reached = false;
        kiosk->central.on_piece([&, cut](int count) -> std::optional<Error> {
            if (count - before < cut)
                return std::nullopt;
            reached = true;
            return error(ErrorKind::Unavailable, "central_unreachable");
        });
        kiosk->start();
        REQUIRE(eventually([&] { return reached.load(); }));
        kiosk->stop();
        CHECK_FALSE(kiosk->has_ready());
        kiosk->central.on_piece({});
        kiosk->start();
        REQUIRE(eventually([&] { return kiosk->is_ready(two.second); }));
        CHECK(kiosk->central.pieces() == before + pieces_of_it);
        CHECK(kiosk->central.whole_pieces() == whole);
    }
}

TEST_CASE(
    "release since: what fits to nothing, or is not to be had, costs a fetch of the whole and no more") {
    TwoReleases const two;
    auto const kiosk = kiosk_with(two.first);
    auto bytes = two.since;
    std::string from = "0.5.0";
    std::function<std::optional<Error>(int)> hook;
    SECTION("of other files") {
        bytes = two.told(two.second, two.first);
    }
    SECTION("all of it wrong") {
        auto other = MadeRelease::make("0.5.1", {1, 1});
        for (auto& [name, text] : other.files)
            text = std::string(two.second.files.at(name).size(), 'x');
        bytes = two.told(two.first, other);
        REQUIRE(bytes.size() < 11 * piece);
    }
    SECTION("damaged") {
        bytes[bytes.size() / 2] ^= 1;
    }
    SECTION("cut short") {
        bytes.resize(bytes.size() / 2);
    }
    SECTION("not one at all") {
        bytes = release_bytes(5'000, 3);
    }
    SECTION("more than the release is") {
        auto larger = two.second;
        larger.files.at("portico-kiosk_0.5.1.efi") += "and more";
        bytes = two.told(two.first, larger);
    }
    SECTION("what was kept has changed on the disk") {
        auto const file = kiosk->data / "release" / "kept-0.5.0" / "portico-kiosk_0.5.0.root.raw";
        std::filesystem::resize_file(file, 3 * piece);
    }
    SECTION("the node that has it is gone") {
        hook = [](int) -> std::optional<Error> {
            return error(ErrorKind::NotFound, "release_since_unknown");
        };
    }
    kiosk->central.offer(two.second);
    kiosk->central.offer_since(from, bytes);
    std::atomic<bool> refused = false;
    auto const before = kiosk->central.pieces();
    if (hook)
        kiosk->central.on_piece([&](int count) -> std::optional<Error> {
            return count == before + 1 && !refused.exchange(true) ? hook(count) : std::nullopt;
        });
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->central.last_update() == "ready 0.5.1 "; }));
    CHECK(kiosk->is_ready(two.second));
}

TEST_CASE("release since: another release than the kept one, and one that is not less, are not asked for") {
    TwoReleases const two;
    auto const kiosk = kiosk_with(two.first);
    auto const pieces = kiosk->central.pieces();
    auto const whole = kiosk->central.whole_pieces();
    kiosk->central.offer(two.second);
    SECTION("another") {
        kiosk->central.offer_since("0.4.9", two.since);
    }
    SECTION("not less") {
        kiosk->central.offer_since("0.5.0", std::string(11 * piece, 'x'));
    }
    kiosk->start();
    REQUIRE(eventually([&] { return kiosk->is_ready(two.second); }));
    CHECK(kiosk->central.whole_pieces() - whole ==
          static_cast<std::size_t>(kiosk->central.pieces() - pieces));
}

TEST_CASE("release since: nothing is kept where a release would leave no room for the machine's copy of it") {
    ScratchFolder const folder;
    auto const made = MadeRelease::make("0.5.0", {100, 200});
    made.write_to(folder.path / "0.5.0.part");
    KeptRelease const kept(folder.path);
    auto const room = static_cast<std::int64_t>(std::filesystem::space(folder.path).available);
    kept.keep("0.5.0", folder.path / "0.5.0.part", room + 1'000'000'000'000);
    CHECK_FALSE(kept.version());
    CHECK(kept.files().error().reason == "file_missing");
    kept.keep("0.5.0", folder.path / "0.5.0.part", 1'000);
    CHECK(kept.version() == "0.5.0");
    std::int64_t bytes = 0;
    for (auto const& [name, text] : made.files)
        bytes += static_cast<std::int64_t>(text.size());
    CHECK(kept.files().value().size_bytes() == bytes);
    // One at a time, and none that was cut off while it was kept.
    MadeRelease::make("0.5.1", {100}).write_to(folder.path / "0.5.1.part");
    kept.keep("0.5.1", folder.path / "0.5.1.part", 1'000);
    CHECK(kept.version() == "0.5.1");
    CHECK_FALSE(std::filesystem::exists(folder.path / "kept-0.5.0"));
    kept.drop();
    std::filesystem::create_directory(folder.path / "kept-0.5.2.new");
    CHECK_FALSE(kept.version());
}
