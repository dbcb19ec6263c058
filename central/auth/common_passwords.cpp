#include "central/auth/common_passwords.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

/// Without blanks and marks between words: "correct horse battery staple" is looked up joined.
constexpr std::array<std::string_view, 48> common{
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
    "micontrasena123456",
    "passwordpassword",
    "passwordpassword1",
    "password12345678",
    "password123456789",
    "password1234567890",
    "mypassword123456",
    "mysecretpassword",
    "thisismypassword",
    "thisisapassword",
    "thisismynewpassword",
    "letmeinletmein",
    "letmeinplease123",
    "welcometomyworld",
    "welcome123456789",
    "qwertyuiopasdfgh",
    "qwertyuiopasdfghjkl",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwerty1234567890",
    "qwerty123456789",
    "qwertyuiop123456",
    "qwertyuiop123456789",
    "1qaz2wsx3edc4rfv",
    "1qaz2wsx3edc4rfv5tgb",
    "1q2w3e4r5t6y7u8i",
    "1q2w3e4r5t6y7u8i9o0p",
    "abcdefghijklmnop",
    "abcdefghijklmnopqrstuvwxyz",
    "asdfghjklqwertyuiop",
    "zxcvbnmasdfghjkl",
    "123456789qwertyuiop",
    "1234567890qwertyuiop",
    "maytheforcebewithyou",
    "happybirthdaytoyou",
};

} // namespace

bool is_common_password(std::string_view lower_case) {
    std::string_view rest = lower_case;
    // Figures and marks people put at the end.
    while (!rest.empty() && std::string_view("0123456789!?.* ").find(rest.back()) != std::string_view::npos)
        rest.remove_suffix(1);
    auto const same = [](std::string_view typed, std::string_view listed) {
        std::size_t at = 0;
        for (char const c : typed) {
            if (c == ' ' || c == '-' || c == '_' || c == '.')
                continue;
            if (at == listed.size() || listed[at] != c)
                return false;
            ++at;
        }
        return at == listed.size();
    };
    return std::any_of(common.begin(), common.end(), [&](std::string_view listed) {
        return same(lower_case, listed) || same(rest, listed);
    });
}

} // namespace portico::central
