#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace portico {

/// The swap areas of this machine that lie unencrypted on a disk, by their names in /proc/swaps: what a
/// process holds in memory can come to rest there and outlive it. Areas in compressed memory (zram), on
/// dm-crypt, or on what lies on dm-crypt (LVM over LUKS) are none. One whose place cannot be told counts as
/// in clear. `root` is where proc/ and sys/ are looked for.
std::vector<std::string> swap_in_clear(std::filesystem::path const& root = "/");

/// Refused "swap_in_clear", with the first of them and the way out.
Result<void> check_no_swap_in_clear(std::filesystem::path const& root = "/");

} // namespace portico
