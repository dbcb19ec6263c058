#include "shared/base/swap.h"

#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <system_error>

namespace portico {

namespace {

namespace fs = std::filesystem;

/// "/swap\040file": how the kernel writes what would end a word.
std::string unescaped(std::string const& word) {
    std::string out;
    for (std::size_t at = 0; at < word.size(); ++at) {
        auto const digits = word.substr(at + 1, 3);
        bool const octal = word[at] == '\\' && digits.size() == 3 &&
                           digits.find_first_not_of("01234567") == std::string::npos;
        out += octal ? static_cast<char>(std::stoi(digits, nullptr, 8)) : word[at];
        at += octal ? 3 : 0;
    }
    return out;
}

std::string first_line(fs::path const& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

/// `device` is a name in /sys/class/block, such as "dm-1".
bool is_encrypted(fs::path const& root, std::string const& device) {
    auto const folder = root / "sys/class/block" / device;
    if (first_line(folder / "dm/uuid").rfind("CRYPT-", 0) == 0)
        return true;
    // What lies on others is as safe as the least of them.
    std::error_code failed;
    bool some = false;
    for (auto const& below : fs::directory_iterator(folder / "slaves", failed)) {
        some = true;
        if (!is_encrypted(root, below.path().filename().string()))
            return false;
    }
    return some;
}

/// The device that a swap file lies on; empty when it cannot be told.
std::string device_of_file(fs::path const& root, std::string const& file) {
    struct stat place {};
    if (::stat((root / fs::path(file).relative_path()).c_str(), &place) != 0)
        return "";
    auto const number = std::to_string(major(place.st_dev)) + ":" + std::to_string(minor(place.st_dev));
    std::error_code failed;
    return fs::canonical(root / "sys/dev/block" / number, failed).filename().string();
}

} // namespace

std::vector<std::string> swap_in_clear(fs::path const& root) {
    std::vector<std::string> found;
    std::ifstream swaps(root / "proc/swaps");
    std::string line;
    std::getline(swaps, line); // the names of its columns
    while (std::getline(swaps, line)) {
        std::istringstream words(line);
        std::string name;
        std::string type;
        words >> name >> type;
        name = unescaped(name);
        auto const device = type == "file" ? device_of_file(root, name) : fs::path(name).filename().string();
        bool const in_memory =
            type != "file" && device.rfind("zram", 0) == 0 &&
            first_line(root / "sys/class/block" / device / "backing_dev").find('/') == std::string::npos;
        if (!name.empty() && !in_memory && (device.empty() || !is_encrypted(root, device)))
            found.push_back(name);
    }
    return found;
}

Result<void> check_no_swap_in_clear(fs::path const& root) {
    auto const found = swap_in_clear(root);
    if (found.empty())
        return ok();
    return error(ErrorKind::Refused, "swap_in_clear",
                 "what is in memory may come to rest unencrypted in the swap area " + found.front() +
                     ": turn it off (swapoff), or let it lie on dm-crypt or in zram");
}

} // namespace portico
