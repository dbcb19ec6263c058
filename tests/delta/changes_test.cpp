#include "shared/delta/changes.h"
#include "tests/support/catch.h"
#include "tests/support/rounds.h"
#include "tests/support/scratch_folder.h"

#include <fstream>

using namespace portico;
using namespace portico::delta;
using namespace portico::test;

namespace {

std::string random_text(Dice& dice, std::size_t size) {
    std::string text(size, '\0');
    for (auto& c : text)
        c = static_cast<char>(dice.below(256));
    return text;
}

class ChangesBench {
public:
    JoinedFiles joined(std::vector<std::string> const& texts) {
        std::vector<std::filesystem::path> files;
        for (auto const& text : texts) {
            files.push_back(folder.path / std::to_string(++count_));
            std::ofstream(files.back(), std::ios::binary) << text;
        }
        auto opened = JoinedFiles::open(files);
        REQUIRE(opened.has_value());
        return std::move(opened).value();
    }
    std::string told(std::vector<std::string> const& old, std::vector<std::string> const& now) {
        std::string bytes;
        auto const outcome = tell_changes(joined(old), joined(now), into(bytes));
        REQUIRE(outcome.has_value());
        return bytes;
    }
    /// What comes out, or the reason why not.
    std::string applied(std::vector<std::string> const& old, std::string const& changes, std::size_t size) {
        std::string bytes;
        auto const outcome =
            apply_changes(joined(old), joined({changes}), static_cast<std::int64_t>(size), into(bytes));
        CHECK(bytes.size() <= size);
        return outcome.has_error() ? outcome.error().reason : bytes;
    }
    static Sink into(std::string& bytes) {
        return [&bytes](ByteView more) -> Result<void> {
            bytes += as_text(more);
            return ok();
        };
    }

    ScratchFolder folder;

private:
    int count_ = 0;
};

std::string whole(std::vector<std::string> const& texts) {
    std::string all;
    for (auto const& text : texts)
        all += text;
    return all;
}

} // namespace

TEST_CASE("changes: of files that are nearly the same they are small, wherever what is alike has gone") {
    ChangesBench bench;
    Dice dice(1);
    std::vector<std::string> const old{random_text(dice, 300'000), "", random_text(dice, 200'001)};
    auto now = old;
    now[0].insert(100, "something new");
    now[2].erase(50'000, 3);
    std::swap(now[0], now[2]);
    now.push_back("a file more");
    auto const changes = bench.told(old, now);
    CHECK(changes.size() < 20'000);
    CHECK((bench.applied(old, changes, whole(now).size()) == whole(now)));
}

TEST_CASE("changes: whatever files, what comes out is what went in, 60 pairs", "[rounds]") {
    for (auto const round : Rounds(60)) {
        INFO("round " << round);
        ChangesBench bench;
        Dice dice(round);
        std::vector<std::string> old;
        std::vector<std::string> now;
        for (auto files = dice.below(4); files > 0; --files)
            old.push_back(random_text(dice, dice.below(20'000)));
        for (auto files = dice.below(4); files > 0; --files) {
            auto text = random_text(dice, dice.below(9'000));
            if (!old.empty() && !dice.one_in(3))
                text.insert(text.size() / 2, old[dice.below(old.size())]);
            now.push_back(text);
        }
        CHECK((bench.applied(old, bench.told(old, now), whole(now).size()) == whole(now)));
    }
}

TEST_CASE(
    "changes: damaged, cut short, of another size or of other files they never make more, and it is told") {
    ChangesBench bench;
    Dice dice(5);
    std::vector<std::string> const old{random_text(dice, 30'000)};
    std::vector<std::string> const now{random_text(dice, 500) + old[0] + random_text(dice, 700)};
    auto const size = now[0].size();
    auto const changes = bench.told(old, now);
    REQUIRE((bench.applied(old, changes, size) == now[0]));
    CHECK(bench.applied(old, changes, size - 1) == "changes_unreadable");
    CHECK(bench.applied(old, changes, size + 1) == "changes_unreadable");
    CHECK(bench.applied(old, "", 0) == "changes_unreadable");
    CHECK(bench.applied({old[0].substr(0, 10'000)}, changes, size) == "changes_unreadable");
    CHECK(bench.applied({}, changes, size) == "changes_unreadable");
    for (std::size_t cut = 0; cut < changes.size(); cut += 37) {
        INFO(cut);
        CHECK(bench.applied(old, changes.substr(0, cut), size) == "changes_unreadable");
    }
    int other = 0;
    for (int i = 0; i < 300; ++i) {
        auto damaged = changes;
        damaged[dice.below(damaged.size())] ^= static_cast<char>(1U << dice.below(8));
        other += bench.applied(old, damaged, size) != now[0] ? 1 : 0; // in the bytes, or by a reason
    }
    CHECK(other > 250);
}

TEST_CASE("changes: whoever takes the bytes may end it, and that is the outcome") {
    ChangesBench bench;
    Dice dice(9);
    std::vector<std::string> const old{random_text(dice, 400'000)};
    auto const changes = bench.told(old, old);
    int taken = 0;
    auto const full = [&](ByteView) -> Result<void> {
        return ++taken < 3 ? Result<void>(ok()) : error(ErrorKind::Full, "disk_full");
    };
    CHECK(apply_changes(bench.joined(old), bench.joined({changes}), 400'000, full).error().reason ==
          "disk_full");
    CHECK(taken == 3);
    taken = 2;
    CHECK(tell_changes(bench.joined(old), bench.joined({random_text(dice, 300'000)}), full).error().reason ==
          "disk_full");
}

TEST_CASE("joined files: they read as one, and what is no plain file is none of them") {
    ChangesBench bench;
    auto const joined = bench.joined({"abc", "", "defgh", "i"});
    CHECK(joined.size_bytes() == 9);
    Bytes into(4);
    auto const at = [&](std::int64_t from) {
        auto const got = joined.read(from, into).value();
        return std::string(as_text(ByteView(into.data(), got)));
    };
    CHECK(at(0) == "abcd");
    CHECK(at(2) == "cdef");
    CHECK(at(6) == "ghi");
    CHECK(at(9).empty());
    CHECK(at(1'000).empty());
    CHECK(at(-1).empty());
    auto const reason = [](std::filesystem::path const& file) {
        return JoinedFiles::open({file}).error().reason;
    };
    CHECK(reason(bench.folder.path / "none") == "file_missing");
    CHECK(reason(bench.folder.path) == "file_missing");
    std::filesystem::create_symlink("/dev/zero", bench.folder.path / "link");
    CHECK(reason(bench.folder.path / "link") == "file_missing");
}
