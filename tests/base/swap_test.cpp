#include "shared/base/swap.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <sys/stat.h>
#include <sys/sysmacros.h>

using namespace portico;
using namespace portico::test;
namespace fs = std::filesystem;

namespace {

/// proc/ and sys/ as proc(5) and the kernel's ABI documents for sysfs-block-dm and sysfs-block-zram have
/// them.
class Machine {
public:
    Machine() { write("proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"); }

    void swap_on(std::string const& name, std::string const& type) {
        fs::create_directories(root() / "proc");
        std::ofstream(root() / "proc/swaps", std::ios::app)
            << name << "                               " << type << "\t2097148\t\t0\t\t-2\n";
    }
    void write(std::string const& file, std::string const& text) {
        fs::create_directories((root() / file).parent_path());
        std::ofstream(root() / file) << text;
    }
    void lies_on(std::string const& device, std::string const& below) {
        fs::create_directories(root() / "sys/class/block" / device / "slaves" / below);
    }
    fs::path const& root() const { return folder_.path; }

private:
    ScratchFolder folder_;
};

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("swap: a partition or file in clear is found, and the message names it and the way out") {
    Machine machine;
    CHECK(swap_in_clear(machine.root()).empty());
    CHECK(check_no_swap_in_clear(machine.root()).has_value());
    machine.swap_on("/dev/sda2", "partition");
    machine.swap_on("/a\\040swap\\040file", "file");
    CHECK(swap_in_clear(machine.root()) == Names{"/dev/sda2", "/a swap file"});
    auto const refused = check_no_swap_in_clear(machine.root());
    REQUIRE(refused.has_error());
    CHECK(refused.error().reason == "swap_in_clear");
    CHECK(refused.error().message.find("/dev/sda2") != std::string::npos);
    CHECK(refused.error().message.find("swapoff") != std::string::npos);
}

TEST_CASE("swap: on dm-crypt, on a volume over dm-crypt alone, or in compressed memory it is not in clear") {
    Machine machine;
    machine.swap_on("/dev/dm-1", "partition");
    machine.write("sys/class/block/dm-1/dm/uuid", "CRYPT-PLAIN-swap\n");
    machine.swap_on("/dev/dm-3", "partition");
    machine.write("sys/class/block/dm-3/dm/uuid", "LVM-0123456789abcdef\n");
    machine.lies_on("dm-3", "dm-0");
    machine.write("sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-0123456789abcdef-root\n");
    machine.swap_on("/dev/zram0", "partition");
    machine.write("sys/class/block/zram0/backing_dev", "none\n");
    CHECK(swap_in_clear(machine.root()).empty());
    // Half of the volume lies elsewhere; what zram has no room for goes to a disk.
    machine.lies_on("dm-3", "sdb1");
    machine.write("sys/class/block/zram0/backing_dev", "/dev/sdb2\n");
    CHECK(swap_in_clear(machine.root()) == Names{"/dev/dm-3", "/dev/zram0"});
}

TEST_CASE("swap: a file is as safe as the device it lies on") {
    Machine machine;
    machine.swap_on("/swapfile", "file");
    machine.write("swapfile", "");
    struct stat place {};
    REQUIRE(::stat((machine.root() / "swapfile").c_str(), &place) == 0);
    auto const number = std::to_string(major(place.st_dev)) + ":" + std::to_string(minor(place.st_dev));
    machine.write("sys/devices/virtual/block/dm-7/dm/uuid", "LINEAR\n");
    fs::create_directories(machine.root() / "sys/dev/block");
    fs::create_directories(machine.root() / "sys/class/block");
    fs::create_symlink("../../devices/virtual/block/dm-7", machine.root() / "sys/dev/block" / number);
    fs::create_symlink("../../devices/virtual/block/dm-7", machine.root() / "sys/class/block/dm-7");
    CHECK(swap_in_clear(machine.root()) == Names{"/swapfile"});
    machine.write("sys/devices/virtual/block/dm-7/dm/uuid", "CRYPT-LUKS2-0123456789abcdef-home\n");
    CHECK(swap_in_clear(machine.root()).empty());
}
