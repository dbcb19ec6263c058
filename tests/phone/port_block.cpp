#include "tests/phone/port_block.h"

#include "tests/support/catch.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>

namespace portico::test {

namespace {

constexpr int first_of_all = 20000;
constexpr int end_of_all = 32000; // Linux gives out 32768 and above

} // namespace

PortBlock::PortBlock() {
    for (int first = first_of_all; first < end_of_all; first += size) {
        auto const file =
            std::filesystem::temp_directory_path() / ("portico-test-ports-" + std::to_string(first));
        int const lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0) {
            first_ = first;
            lock_ = lock;
            return;
        }
        if (lock >= 0)
            ::close(lock);
    }
    FAIL("no block of ports is free");
}

PortBlock::~PortBlock() {
    ::close(lock_);
}

} // namespace portico::test
