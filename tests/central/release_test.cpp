#include "central/commands/arguments.h"
#include "central/releases/releases.h"
#include "shared/api/failure.h"
#include "shared/delta/changes.h"
#include "tests/central/serving_bench.h"
#include "tests/support/eventually.h"
#include "tests/support/release_files.h"
#include "tests/support/text.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace portico;
using namespace portico::central;
using test::BenchTerminal;
using test::holds;
using test::MadeRelease;
using test::RawReply;
using test::ServingBench;

namespace {

/// A central with releases to add to it.
class ReleaseBench {
public:
    int release(std::vector<std::string> args) {
        args.insert(args.end(), {"--data", bench.data.string()});
        return release_command(args);
    }
    int terminal(std::vector<std::string> args) {
        args.insert(args.end(), {"--data", bench.data.string()});
        return terminal_command(args);
    }
    /// Adds it from a folder of its own.
    int add(MadeRelease const& made, std::vector<std::string> const& more = {}) {
        std::vector<std::string> args{"add", source(made).string()};
        args.insert(args.end(), more.begin(), more.end());
        return release(args);
    }
    std::filesystem::path source(MadeRelease const& made) {
        auto const from = bench.folder.path / ("source-" + std::to_string(++sources_));
        made.write_to(from);
        return from;
    }
    std::filesystem::path shelf() const { return bench.data / "releases"; }
    bool is_empty() {
        std::error_code failed;
        for (auto const& entry : std::filesystem::directory_iterator(shelf(), failed))
            if (entry.path().filename() != ".lock")
                return false;
        return known().empty();
    }
    std::vector<KnownRelease> known() {
        return bench.core()
            .store
            ->read<std::vector<KnownRelease>>(
                [&](storage::Database& database) { return bench.core().releases->book.list(database); })
            .value();
    }
    TerminalSoftware software(TerminalId const& id) {
        return bench.core()
            .store
            ->read<std::map<TerminalId, TerminalSoftware>>(
                [&](storage::Database& database) { return bench.core().releases->book.terminals(database); })
            .value()[id];
    }
    api::WantedRelease wanted(BenchTerminal const& at) {
        return api::from_json<api::WantedRelease>(
                   bench.call(at, ServingBench::get("/v1/terminal/release")).body, api::UnknownFields::Refuse)
            .value();
    }
    api::WantedRelease wanted_by(BenchTerminal const& at, std::string const& kept) {
        return api::from_json<api::WantedRelease>(
                   bench.call(at, ServingBench::get("/v1/terminal/release?kept=" + kept)).body,
                   api::UnknownFields::Refuse)
            .value();
    }
    RawReply piece_since(BenchTerminal const& at, std::string const& version, std::string const& since,
                         std::int64_t offset, std::int64_t length) {
        return bench.call(at, ServingBench::get("/v1/terminal/release/piece?version=" + version +
                                                "&since=" + since + "&offset=" + std::to_string(offset) +
                                                "&length=" + std::to_string(length)));
    }
    RawReply piece(BenchTerminal const& at, std::string const& version, std::string const& name,
                   std::int64_t offset = 0, std::int64_t length = 100) {
        return bench.call(at, ServingBench::get("/v1/terminal/release/piece?version=" + version +
                                                "&name=" + name + "&offset=" + std::to_string(offset) +
                                                "&length=" + std::to_string(length)));
    }
    /// Records of the audit with this action: subject and reason.
    std::vector<std::string> audited(std::string const& action) {
        std::vector<std::string> found;
        auto& core = bench.core();
        core.store
            ->read<void>([&](storage::Database& database) {
                return core.audit->each_record(database,
                                               [&](std::string const&, std::int64_t, ByteView,
                                                   std::optional<AuditRecord> const& record) -> Result<void> {
                                                   if (record && record->action == action)
                                                       found.push_back(record->subject + " " +
                                                                       record->reason);
                                                   return ok();
                                               });
            })
            .value();
        return found;
    }

    ServingBench bench;

private:
    int sources_ = 0;
};

std::string reason_of(RawReply const& reply) {
    auto const failure = api::from_json<api::Failure>(reply.body, api::UnknownFields::Refuse);
    return failure.has_value() ? failure.value().reason : "";
}

std::string bytes_of(RawReply const& reply) {
    auto const piece = api::from_json<api::ReleasePiece>(reply.body, api::UnknownFields::Refuse).value();
    return std::string(as_text(from_base64url(piece.data).value()));
}

std::string const efi = "portico-kiosk_0.5.0.efi";

} // namespace

TEST_CASE("release: a folder is added whole, with the version that its files tell, and the audit knows") {
    ReleaseBench plan;
    auto const made = MadeRelease::make("0.5.0", {3'000'000, 5, 1'048'576});
    auto const from = plan.source(made);
    std::ofstream(from / "portico-kiosk_0.5.0.manifest") << "not of the release";
    REQUIRE(plan.release({"add", from.string()}) == exit_done);
    CHECK(made.lies_in(plan.shelf() / "0.5.0"));
    auto const known = plan.known();
    REQUIRE(known.size() == 1);
    CHECK(known[0].version == "0.5.0");
    CHECK(known[0].files.size() == 5);
    CHECK(plan.audited("release_add") == std::vector<std::string>{"0.5.0 "});
    CHECK(plan.release({"list"}) == exit_done);
    // Once more it is as it was; damaged, it is put right.
    std::ofstream(plan.shelf() / "0.5.0" / efi, std::ios::app) << "x";
    CHECK(plan.release({"add", from.string()}) == exit_done);
    CHECK(made.lies_in(plan.shelf() / "0.5.0"));
    // Names without a version need it said; names with one are not overruled.
    MadeRelease unnamed{"7", {{"kiosk.efi", "bytes"}, {"SHA256SUMS.sig", "a signature"}}};
    unnamed.sum();
    CHECK(plan.add(unnamed) == exit_failed);
    CHECK(plan.add(unnamed, {"--version", "latest"}) == exit_failed);
    CHECK(plan.add(unnamed, {"--version", "7"}) == exit_done);
    CHECK(plan.add(made, {"--version", "0.5.0"}) == exit_done);
    CHECK(plan.add(made, {"--version", "0.5.1"}) == exit_failed);
    CHECK(plan.known().size() == 2);
}

TEST_CASE("release: of a folder that is not whole, damaged, unsigned or strange nothing is added") {
    ReleaseBench plan;
    auto made = MadeRelease::make("0.5.0", {1000, 2000});
    auto const without = [&](std::string const& name) {
        auto fewer = made;
        fewer.files.erase(name);
        return fewer;
    };
    auto const with = [&](std::string const& name, std::string const& bytes) {
        auto changed = made;
        changed.files[name] = bytes;
        return changed;
    };
    auto damaged = made;
    damaged.files.at(efi)[999] ^= 1;
    auto strange = made;
    strange.files.at("SHA256SUMS") += std::string(64, 'a') + "  ../../central.toml\n";
    auto mixed = with("portico-kiosk_0.5.1.root.raw", "another version");
    mixed.sum();
    auto empty = with("portico-kiosk_0.5.0.empty", "");
    empty.sum();
    for (auto const& wrong :
         {without(efi), without("SHA256SUMS"), without("SHA256SUMS.sig"), damaged, strange, mixed, empty,
          with("SHA256SUMS", ""), with("SHA256SUMS", "nothing"), with("SHA256SUMS.sig", ""),
          with("SHA256SUMS.sig", std::string(70'000, 'x')), with(efi, made.files.at(efi).substr(1))}) {
        CHECK(plan.add(wrong) == exit_failed);
        CHECK(plan.is_empty());
    }
    CHECK(plan.release({"add", (plan.bench.folder.path / "nowhere").string()}) == exit_failed);
    CHECK(plan.release({"add"}) == exit_wrong_use);
    CHECK(plan.release({"put"}) == exit_wrong_use);
    CHECK(plan.audited("release_add").empty());
    // A folder in place of a file, and a copy that a power cut left behind.
    auto const from = plan.source(without(efi));
    std::filesystem::create_directory(from / efi);
    CHECK(plan.release({"add", from.string()}) == exit_failed);
    CHECK(plan.is_empty());
    std::filesystem::create_directories(plan.shelf() / "0.5.0.new");
    std::ofstream(plan.shelf() / "0.5.0.new" / efi) << "half";
    CHECK(plan.add(made) == exit_done);
    CHECK(made.lies_in(plan.shelf() / "0.5.0"));
    CHECK_FALSE(std::filesystem::exists(plan.shelf() / "0.5.0.new"));
}

TEST_CASE("release: a version is one set of files for good, and one process at a time adds") {
    ReleaseBench plan;
    auto const made = MadeRelease::make("0.5.0", {1000});
    REQUIRE(plan.add(made) == exit_done);
    CHECK(plan.add(MadeRelease::make("0.5.0", {1000}, 5)) == exit_failed);
    auto signed_anew = made;
    signed_anew.files["SHA256SUMS.sig"] = "another signature";
    CHECK(plan.add(signed_anew) == exit_failed);
    CHECK(made.lies_in(plan.shelf() / "0.5.0"));
    int const lock = ::open((plan.shelf() / ".lock").c_str(), O_RDWR);
    REQUIRE(::flock(lock, LOCK_EX) == 0);
    CHECK(plan.add(MadeRelease::make("0.5.1", {10})) == exit_failed);
    ::close(lock);
    CHECK(plan.add(MadeRelease::make("0.5.1", {10})) == exit_done);
}

TEST_CASE(
    "release: one that a terminal is to have is not removed, and without one it is gone with its files") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    REQUIRE(plan.add(MadeRelease::make("0.5.0", {10})) == exit_done);
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.5.0"}) == exit_done);
    CHECK(plan.release({"remove", "0.5.0"}) == exit_failed);
    CHECK(std::filesystem::exists(plan.shelf() / "0.5.0"));
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "none"}) == exit_done);
    CHECK(plan.release({"remove", "0.5.0"}) == exit_done);
    CHECK(plan.is_empty());
    CHECK(plan.release({"remove", "0.5.0"}) == exit_failed);
    CHECK(plan.release({"remove", "../keys"}) == exit_failed);
    CHECK(std::filesystem::exists(plan.bench.data / "keys"));
    CHECK(plan.audited("release_remove") == std::vector<std::string>{"0.5.0 "});
    // A terminal that was revoked wants nothing any more.
    REQUIRE(plan.add(MadeRelease::make("0.5.1", {10})) == exit_done);
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.5.1"}) == exit_done);
    REQUIRE(plan.terminal({"revoke", kiosk.id.text()}) == exit_done);
    CHECK(plan.release({"remove", "0.5.1"}) == exit_done);
    // What another node removed, and lies here still, goes as well.
    std::filesystem::create_directories(plan.shelf() / "0.4.0");
    CHECK(plan.release({"remove", "0.4.0"}) == exit_done);
    CHECK(plan.is_empty());
}

TEST_CASE("release: which one a kiosk is to have is said of one or of all, and of nothing else") {
    ReleaseBench plan;
    auto const first = plan.bench.enroll();
    auto const second = plan.bench.enroll();
    auto const gone = plan.bench.enroll();
    auto const desk = plan.bench.enroll("agent");
    REQUIRE(plan.add(MadeRelease::make("0.5.0", {10})) == exit_done);
    REQUIRE(plan.terminal({"revoke", gone.id.text()}) == exit_done);
    CHECK_FALSE(plan.wanted(first).release);
    REQUIRE(plan.terminal({"release", first.id.text(), "0.5.0"}) == exit_done);
    CHECK(plan.wanted(first).release->version == "0.5.0");
    CHECK_FALSE(plan.wanted(second).release);
    CHECK(plan.terminal({"release", desk.id.text(), "0.5.0"}) == exit_failed);
    CHECK(plan.terminal({"release", gone.id.text(), "0.5.0"}) == exit_failed);
    CHECK(plan.terminal({"release", "nobody", "0.5.0"}) == exit_failed);
    CHECK(plan.terminal({"release", second.id.text(), "0.5.1"}) == exit_failed);
    CHECK(plan.terminal({"release", second.id.text(), "newest"}) == exit_failed);
    for (auto const& wrong : {std::vector<std::string>{"release"},
                              {"release", "0.5.0"},
                              {"release", "--all-kiosks"},
                              {"release", "--all-kiosks", "x", "0.5.0"}})
        CHECK(plan.terminal(wrong) == exit_wrong_use);
    CHECK_FALSE(plan.wanted(second).release);
    REQUIRE(plan.terminal({"release", "--all-kiosks", "0.5.0"}) == exit_done);
    CHECK(plan.wanted(second).release->version == "0.5.0");
    CHECK(plan.software(desk.id).wanted.empty());
    CHECK(plan.software(gone.id).wanted.empty());
    REQUIRE(plan.terminal({"release", "--all-kiosks", "none"}) == exit_done);
    CHECK_FALSE(plan.wanted(first).release);
    CHECK(plan.audited("terminal_release") ==
          std::vector<std::string>{first.id.text() + " 0.5.0", "all_kiosks 0.5.0", "all_kiosks -"});
}

TEST_CASE(
    "release: a kiosk gets the files of what it is to have, piece by piece, and nobody gets any other") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    auto const other = plan.bench.enroll();
    auto const desk = plan.bench.enroll("agent");
    auto const made = MadeRelease::make("0.5.0", {2'500'000, 1});
    REQUIRE(plan.add(made) == exit_done);
    REQUIRE(plan.add(MadeRelease::make("0.4.0", {10})) == exit_done);
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.5.0"}) == exit_done);
    auto const told = plan.wanted(kiosk);
    REQUIRE(told.release);
    CHECK(told.ahead_s == plan.bench.core().settings.time_zone.ahead_at(plan.bench.clock.now()).count());
    auto const described = made.described();
    REQUIRE(told.release->files.size() == described.files.size());
    for (std::size_t i = 0; i < described.files.size(); ++i) {
        auto const& file = told.release->files[i];
        CHECK(file.name == described.files[i].name);
        CHECK(file.sha256 == described.files[i].sha256);
        std::string bytes;
        for (std::int64_t offset = 0; offset < file.size_bytes; offset += api::release_piece_max_bytes)
            bytes += bytes_of(plan.piece(kiosk, "0.5.0", file.name, offset, api::release_piece_max_bytes));
        CHECK((bytes == made.files.at(file.name)));
    }
    CHECK(bytes_of(plan.piece(kiosk, "0.5.0", efi, 7, 3)) == made.files.at(efi).substr(7, 3));
    CHECK(bytes_of(plan.piece(kiosk, "0.5.0", efi, 2'499'999, 3)) == made.files.at(efi).substr(2'499'999));

    CHECK(reason_of(plan.piece(kiosk, "0.4.0", "portico-kiosk_0.4.0.efi")) == "release_not_set");
    CHECK(plan.piece(other, "0.5.0", efi).status == 404);
    CHECK(reason_of(plan.piece(other, "0.5.0", efi)) == "release_not_set");
    CHECK(plan.piece(desk, "0.5.0", efi).status == 403);
    CHECK(plan.bench.call(desk, ServingBench::get("/v1/terminal/release")).status == 403);
}

TEST_CASE("release: whoever kept one of the last gets what is new since, and makes the files of both") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    auto const other = plan.bench.enroll();
    std::vector<MadeRelease> made;
    for (auto const* version : {"0.4.0", "0.5.0", "0.5.1", "0.5.2", "0.6.0"}) {
        made.push_back(MadeRelease::make(version, {400'000, 300'000}));
        made.back().files.at(std::string("portico-kiosk_") + version + ".efi").replace(1'000, 5, version);
        made.back().sum();
        REQUIRE(plan.add(made.back()) == exit_done);
    }
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.6.0"}) == exit_done);
    CHECK_FALSE(plan.wanted(kiosk).release->since);
    // Of the newest three: who lags further behind fetches all of it.
    CHECK_FALSE(plan.wanted_by(kiosk, "0.4.0").release->since);
    CHECK_FALSE(plan.wanted_by(kiosk, "0.6.0").release->since);
    CHECK_FALSE(plan.wanted_by(kiosk, "9").release->since);
    CHECK_FALSE(plan.wanted_by(other, "0.5.0").release);
    for (auto const* wrong : {"..", "..%2F0.5.0", "0.5.0%2F", "x"})
        CHECK(reason_of(plan.bench.call(kiosk, ServingBench::get(std::string("/v1/terminal/release?kept=") +
                                                                 wrong))) == "release_version_invalid");
    for (std::size_t at = 1; at <= 3; ++at) {
        auto const& kept = made.at(at).version;
        INFO(kept);
        auto const since = plan.wanted_by(kiosk, kept).release->since;
        REQUIRE(since);
        CHECK(since->from == kept);
        CHECK(since->size_bytes < 20'000);
        auto const bytes = bytes_of(plan.piece_since(kiosk, "0.6.0", kept, 0, since->size_bytes));
        auto const file = plan.bench.folder.path / "since";
        std::ofstream(file, std::ios::binary) << bytes;
        std::vector<std::filesystem::path> old;
        for (auto const& [name, text] : made.at(at).files)
            old.push_back(plan.shelf() / kept / name);
        std::string all;
        for (auto const& [name, text] : made.back().files)
            all += text;
        std::string came;
        auto const applied = delta::apply_changes(
            delta::JoinedFiles::open(old).value(), delta::JoinedFiles::open({file}).value(),
            static_cast<std::int64_t>(all.size()), [&](ByteView more) -> Result<void> {
                came += as_text(more);
                return ok();
            });
        CHECK(applied.has_value());
        CHECK((came == all));
    }
}

TEST_CASE("release: what is new is given of the release that is set, to whom it is set, and as a piece") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    auto const other = plan.bench.enroll();
    for (auto const* version : {"0.4.0", "0.5.0"})
        REQUIRE(plan.add(MadeRelease::make(version, {100'000})) == exit_done);
    // Nothing alike: it would be as large as the release.
    REQUIRE(plan.add(MadeRelease::make("0.6.0", {100'000}, 77)) == exit_done);
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.6.0"}) == exit_done);
    CHECK_FALSE(plan.wanted_by(kiosk, "0.5.0").release->since);
    CHECK(reason_of(plan.piece_since(kiosk, "0.6.0", "0.5.0", 0, 10)) == "release_since_unknown");
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.5.0"}) == exit_done);
    auto const since = plan.wanted_by(kiosk, "0.4.0").release->since;
    REQUIRE(since);
    CHECK(plan.piece_since(kiosk, "0.5.0", "0.4.0", 0, since->size_bytes).status == 200);
    CHECK(reason_of(plan.piece_since(other, "0.5.0", "0.4.0", 0, 10)) == "release_not_set");
    CHECK(reason_of(plan.piece_since(kiosk, "0.6.0", "0.5.0", 0, 10)) == "release_not_set");
    for (auto const* from : {"", "..", "0.4.0%2F..%2F..", "0.3.0", "0.5.0"}) {
        INFO(from);
        CHECK(plan.piece_since(kiosk, "0.5.0", from, 0, 10).status == 404);
    }
    CHECK(reason_of(plan.piece_since(kiosk, "0.5.0", "0.4.0", since->size_bytes, 1)) ==
          "release_piece_invalid");
    // Not by its name on the disk, nor beside a file's.
    CHECK(reason_of(plan.piece(kiosk, "0.5.0", ".changes-0.4.0")) == "release_file_unknown");
    CHECK(reason_of(plan.bench.call(
              kiosk, ServingBench::get("/v1/terminal/release/piece?version=0.5.0&since=0.4.0&name=" + efi +
                                       "&offset=0&length=1"))) == "release_since_unknown");
    // They go with the release.
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.6.0"}) == exit_done);
    REQUIRE(plan.release({"remove", "0.5.0"}) == exit_done);
    CHECK_FALSE(std::filesystem::exists(plan.shelf() / "0.5.0"));
}

TEST_CASE("release: what is no piece of a file is refused, whatever is asked for") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    REQUIRE(plan.add(MadeRelease::make("0.5.0", {1000})) == exit_done);
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.5.0"}) == exit_done);
    std::ofstream(plan.shelf() / "0.5.0" / "beside") << "never added";
    for (auto const* name : {"", "..", "../../central.toml", "..%2F..%2Fcentral.toml", "%2Fetc%2Fpasswd",
                             "beside", "portico-kiosk_0.5.0.EFI", ".lock"}) {
        INFO(name);
        CHECK(reason_of(plan.piece(kiosk, "0.5.0", name)) == "release_file_unknown");
    }
    for (auto const* version : {"", "..", "0.5.0%2F..", "0.5"})
        CHECK(reason_of(plan.piece(kiosk, version, efi)) == "release_not_set");
    // At most so many a second of one terminal, and the next one asks at once.
    auto const again = plan.bench.enroll();
    REQUIRE(plan.terminal({"release", again.id.text(), "0.5.0"}) == exit_done);
    for (auto const& [offset, length] :
         std::initializer_list<std::pair<std::int64_t, std::int64_t>>{{-1, 10},
                                                                      {1000, 10},
                                                                      {5'000'000'000, 10},
                                                                      {0, 0},
                                                                      {0, -1},
                                                                      {0, api::release_piece_max_bytes + 1},
                                                                      {INT64_MAX, 1},
                                                                      {INT64_MIN, 1},
                                                                      {999, INT64_MAX}})
        CHECK(reason_of(plan.piece(again, "0.5.0", efi, offset, length)) == "release_piece_invalid");
}

TEST_CASE(
    "release: a terminal that asks too fast is told when to come back, and its other calls are not held "
    "up") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    auto const other = plan.bench.enroll();
    REQUIRE(plan.add(MadeRelease::make("0.5.0", {1000})) == exit_done);
    REQUIRE(plan.terminal({"release", "--all-kiosks", "0.5.0"}) == exit_done);
    test::TlsClient line(plan.bench.port(), kiosk.face);
    auto const ask =
        ServingBench::get("/v1/terminal/release/piece?version=0.5.0&name=" + efi + "&offset=0&length=10");
    RawReply last;
    int given = 0;
    while (last.status != 429 && given < 1000) {
        line.send(ask);
        last = line.read_reply().value_or(RawReply{});
        given += last.status == 200 ? 1 : 0;
    }
    CHECK(given >= Releases::terminal_pieces_burst);
    CHECK(reason_of(last) == "releases_busy");
    CHECK(holds(last.head, "Retry-After: 1"));
    CHECK(plan.bench.call(kiosk, ServingBench::get("/v1/changes?limit=1")).status == 200);
    CHECK(plan.piece(other, "0.5.0", efi).status == 200);
    REQUIRE(test::eventually([&] { return plan.piece(kiosk, "0.5.0", efi).status == 200; }));
}

TEST_CASE("release: a node that has not got the files says so, and another add brings them") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    auto const made = MadeRelease::make("0.5.0", {1000});
    REQUIRE(plan.add(made) == exit_done);
    REQUIRE(plan.terminal({"release", kiosk.id.text(), "0.5.0"}) == exit_done);
    std::filesystem::remove_all(plan.shelf());
    CHECK(plan.wanted(kiosk).release);
    auto const missing = plan.piece(kiosk, "0.5.0", efi);
    CHECK(missing.status == 503);
    CHECK(reason_of(missing) == "release_not_here");
    CHECK_FALSE(holds(missing.body, plan.bench.data.string()));
    REQUIRE(plan.add(made) == exit_done);
    CHECK(plan.piece(kiosk, "0.5.0", efi).status == 200);
    std::ofstream(plan.shelf() / "0.5.0" / efi, std::ios::trunc) << "short";
    CHECK(reason_of(plan.piece(kiosk, "0.5.0", efi)) == "release_not_here");
}

TEST_CASE("release: what a kiosk says of itself is kept and audited, and what is no such word is refused") {
    ReleaseBench plan;
    auto const kiosk = plan.bench.enroll();
    auto const say = [&](std::string const& body, BenchTerminal const& at) {
        return plan.bench.call(at, ServingBench::post("/v1/terminal/version", body)).status;
    };
    CHECK(say(R"({"version":"0.4.0"})", kiosk) == 200);
    auto const first = plan.software(kiosk.id);
    CHECK(first.running == "0.4.0");
    CHECK(first.outcome.empty());
    CHECK(first.told_us != 0);
    CHECK(
        say(R"({"version":"0.4.0","update":{"version":"0.5.0","outcome":"not_fetched","reason":"sum_wrong x"}})",
            kiosk) == 200);
    auto const second = plan.software(kiosk.id);
    CHECK(second.outcome == "not_fetched");
    CHECK(second.update_version == "0.5.0");
    CHECK(second.reason == "sum_wrong x");
    // The same once more is no news; of the new version without a word the last one stays.
    plan.bench.clock.advance(std::chrono::hours(1));
    CHECK(
        say(R"({"version":"0.4.0","update":{"version":"0.5.0","outcome":"not_fetched","reason":"sum_wrong x"}})",
            kiosk) == 200);
    CHECK(plan.software(kiosk.id).outcome_us == second.outcome_us);
    CHECK(plan.software(kiosk.id).told_us > second.told_us);
    CHECK(say(R"({"version":"0.5.0"})", kiosk) == 200);
    CHECK(plan.software(kiosk.id).running == "0.5.0");
    CHECK(plan.software(kiosk.id).outcome == "not_fetched");
    CHECK(plan.audited("version_reported").size() == 4);
    CHECK(plan.terminal({"list"}) == exit_done);

    auto const update = [](std::string const& version, std::string const& outcome,
                           std::string const& reason) {
        return R"({"version":"1","update":{"version":")" + version + R"(","outcome":")" + outcome +
               R"(","reason":")" + reason + R"("}})";
    };
    for (auto const& wrong : {std::string("{}"), std::string("[]"), std::string(R"({"version":""})"),
                              std::string(R"({"version":"0.5.0\n"})"), std::string(R"({"version":"../x"})"),
                              std::string(R"({"version":5})"), std::string(R"({"version":"1","more":1})"),
                              update("", "ready", ""), update("x", "ready", ""), update("1", "done", ""),
                              update("1", "refused", "a\\nb"), update("1", "refused", "caf\xC3\xA9"),
                              update("1", "refused", std::string(201, 'x'))})
        CHECK(say(wrong, kiosk) == 400);
    CHECK(say(update("1", "refused", std::string(200, 'x')), kiosk) == 200);
    CHECK(plan.software(kiosk.id).running == "1");
    auto const desk = plan.bench.enroll("agent");
    CHECK(say(R"({"version":"0.4.0"})", desk) == 403);
    CHECK(plan.software(desk.id).running.empty());
}

TEST_CASE("release: a backup has none of the files, and after a restore they are added again") {
    ReleaseBench plan;
    auto const made = MadeRelease::make("0.5.0", {1000});
    REQUIRE(plan.add(made) == exit_done);
    auto const to = plan.bench.folder.path / "backup";
    REQUIRE(backup_command(std::vector<std::string>{"--data", plan.bench.data.string(), "--to",
                                                    to.string()}) == exit_done);
    for (auto const& entry : std::filesystem::recursive_directory_iterator(to))
        CHECK_FALSE(holds(entry.path().filename().string(), "portico-kiosk"));
}
