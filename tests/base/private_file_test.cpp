#include "shared/base/private_file.h"
#include "tests/support/catch.h"
#include "tests/support/file_mode.h"
#include "tests/support/scratch_folder.h"

#include <csignal>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/resource.h>

using namespace portico;
using portico::test::mode_of;
using portico::test::ScratchFolder;

namespace {

std::string text_of(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The system ends each write of this process there, as a full disk would.
class NoFileLongerThan {
public:
    explicit NoFileLongerThan(rlim_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    NoFileLongerThan(NoFileLongerThan const&) = delete;
    NoFileLongerThan& operator=(NoFileLongerThan const&) = delete;
    ~NoFileLongerThan() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_);
    }

private:
    void (*signal_)(int);
    rlimit before_{};
};

std::ptrdiff_t files_in(std::filesystem::path const& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

} // namespace

TEST_CASE("private file: its owner's alone, whole, and nothing beside it") {
    ScratchFolder const scratch;
    auto const file = scratch.path / "key";
    std::string const long_text(300'000, 'k');
    CHECK_FALSE(write_private_file(file, long_text, IfThere::Refuse));
    CHECK(text_of(file) == long_text);
    CHECK(mode_of(file) == 0600);
    CHECK_FALSE(write_private_file(file, "", IfThere::Replace, 0644));
    CHECK(text_of(file).empty());
    CHECK(mode_of(file) == 0644);
    CHECK(files_in(scratch.path) == 1);
}

TEST_CASE("private file: one that is there stays when it is not to be replaced") {
    ScratchFolder const scratch;
    auto const file = scratch.path / "key";
    REQUIRE_FALSE(write_private_file(file, "first", IfThere::Refuse));
    CHECK(write_private_file(file, "second", IfThere::Refuse) == std::errc::file_exists);
    CHECK(text_of(file) == "first");
    CHECK_FALSE(write_private_file(file, "second", IfThere::Replace));
    CHECK(text_of(file) == "second");
    CHECK(files_in(scratch.path) == 1);
}

TEST_CASE("private file: what is no plain file is never replaced") {
    ScratchFolder const scratch;
    auto const target = scratch.path / "target";
    std::ofstream(target) << "of somebody else";
    auto const link = scratch.path / "link";
    std::filesystem::create_symlink(target, link);
    std::filesystem::create_directory(scratch.path / "folder");
    for (auto const there : {IfThere::Refuse, IfThere::Replace}) {
        CHECK(write_private_file(link, "secret", there) == std::errc::file_exists);
        CHECK(write_private_file(scratch.path / "folder", "secret", there) == std::errc::file_exists);
    }
    CHECK(text_of(target) == "of somebody else");
    // Nor what somebody laid where it is made.
    std::filesystem::create_symlink(target, scratch.path / "key.new");
    CHECK(write_private_file(scratch.path / "key", "secret", IfThere::Replace));
    CHECK(text_of(target) == "of somebody else");
}

TEST_CASE("private file: what an earlier try left is taken over with its rights mended") {
    ScratchFolder const scratch;
    std::ofstream(scratch.path / "key.new") << "half of an earlier and longer text";
    std::filesystem::permissions(scratch.path / "key.new", std::filesystem::perms::all);
    CHECK_FALSE(write_private_file(scratch.path / "key", "new", IfThere::Refuse));
    CHECK(text_of(scratch.path / "key") == "new");
    CHECK(mode_of(scratch.path / "key") == 0600);
}

TEST_CASE("private file: why it cannot be written is told, and what was there stays") {
    ScratchFolder const scratch;
    CHECK(write_private_file(scratch.path / "none" / "key", "secret", IfThere::Refuse) ==
          std::errc::no_such_file_or_directory);
    CHECK(sync_folder(scratch.path / "none") == std::errc::no_such_file_or_directory);
    std::ofstream(scratch.path / "key") << "first";
    {
        NoFileLongerThan const four(4);
        CHECK(write_private_file(scratch.path / "key", "second", IfThere::Replace) ==
              std::errc::file_too_large);
    }
    CHECK(text_of(scratch.path / "key") == "first");
    CHECK(files_in(scratch.path) == 1);
}
