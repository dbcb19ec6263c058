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
    return Catch::Session().run(argc, argv);
}
