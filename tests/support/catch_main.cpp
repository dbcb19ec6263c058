#include "shared/base/broken_pipe.h"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

int main(int argc, char** argv) {
    // As every program of ours begins: what is tested in this process runs as it does in them.
    portico::ignore_broken_pipes();
    int const outcome = Catch::Session().run(argc, argv);
#if __has_include(<catch2/catch_all.hpp>)
    return outcome;
#else
    // Catch2 2 ends with how many checks failed, and ctest takes 4 for "skipped", as Catch2 3 says it: a test
    // with four failures would be none.
    return outcome == 0 ? 0 : 1;
#endif
}
