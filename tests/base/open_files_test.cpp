#include "shared/base/open_files.h"
#include "tests/support/catch.h"

#include <sys/resource.h>

using namespace portico;

namespace {

/// This process's limit, as it was before when the test is over.
struct Limit {
    Limit() { REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0); }
    ~Limit() { ::setrlimit(RLIMIT_NOFILE, &before); }
    Limit(Limit const&) = delete;
    Limit& operator=(Limit const&) = delete;
    void lower_to(rlim_t files) {
        rlimit const low{files, before.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &low) == 0);
    }
    static std::size_t now() {
        rlimit limit{};
        REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
        return limit.rlim_cur;
    }
    rlimit before{};
};

} // namespace

TEST_CASE("open files: as many as are wanted may be open, and what was allowed before stays") {
    Limit limit;
    limit.lower_to(200);
    CHECK(allow_open_files(300) == 300);
    CHECK(Limit::now() == 300);
    CHECK(allow_open_files(250) == 300);
    CHECK(Limit::now() == 300);
}

TEST_CASE("open files: no more than the system allows") {
    Limit limit;
    limit.lower_to(200);
    auto const most = static_cast<std::size_t>(limit.before.rlim_max);
    CHECK(allow_open_files(most == RLIM_INFINITY ? most : most + 1) == most);
}
