#include "central/auth/common_passwords.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace portico::central {

// Made at build time, sorted.
extern std::size_t const common_password_count;
extern std::uint64_t const common_password_hashes[];

namespace {

/// Phrases and keyboard walks longer than the lists' entries.
constexpr std::array<std::string_view, 35> phrases{
    "correcthorsebatterystaple",
    "thequickbrownfox",
    "thequickbrownfoxjumps",
    "thequickbrownfoxjumpsoverthelazydog",
    "iloveyouforever",
    "iloveyousomuch",
    "iloveyouverymuch",
    "ilovemyfamily",
    "ilovemychildren",
    "ilovejesuschrist",
    "jesusismysavior",
    "jesuschristislord",
    "teamomuchoamor",
    "tequieromucho",
    "micontrasena",
    "mypassword",
    "mysecretpassword",
    "thisismypassword",
    "thisisapassword",
    "thisismynewpassword",
    "letmeinplease",
    "welcometomyworld",
    "qwertyuiopasdfgh",
    "qwertyuiopasdfghjkl",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv",
    "1qaz2wsx3edc4rfv5tgb",
    "1q2w3e4r5t6y7u8i",
    "1q2w3e4r5t6y7u8i9o0p",
    "asdfghjklqwertyuiop",
    "zxcvbnmasdfghjkl",
    "123456789qwertyuiop",
    "1234567890qwertyuiop",
    "maytheforcebewithyou",
    "happybirthdaytoyou",
};

/// FNV-1a with 64 bits: the lists are public, so nothing hangs on who can make a collision.
std::uint64_t table_hash(std::string_view text) {
    std::uint64_t value = 0xCBF29CE484222325U;
    for (char const c : text)
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return value;
}

} // namespace

bool is_common_password(std::string_view lower_case) {
    return std::binary_search(common_password_hashes, common_password_hashes + common_password_count,
                              table_hash(lower_case)) ||
           std::find(phrases.begin(), phrases.end(), lower_case) != phrases.end();
}

} // namespace portico::central
