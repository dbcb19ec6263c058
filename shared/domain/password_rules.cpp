#include "shared/domain/password_rules.h"

#include "shared/base/encoding.h"
#include "shared/base/secret.h"
#include "shared/domain/password_variants.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

/// What people choose first, eight characters or more, or shorter words they only add figures to.
constexpr std::array<std::string_view, 57> common_stems{
    "password",  "passwort",      "contrasena", "letmein",    "welcome",  "qwerty",    "qwertyuiop",
    "asdfghjkl", "zxcvbnm",       "qwertzuiop", "azertyuiop", "1q2w3e4r", "1qaz2wsx",  "q1w2e3r4",
    "iloveyou",  "teamo",         "tequiero",   "sunshine",   "princess", "football",  "baseball",
    "superman",  "batman",        "starwars",   "pokemon",    "trustno",  "whatever",  "michael",
    "jennifer",  "jessica",       "ashley",     "computer",   "internet", "samsung",   "google",
    "facebook",  "administrator", "admin",      "changeme",   "default",  "secret",    "abcdefgh",
    "abcd",      "abc",           "monkey",     "dragon",     "master",   "shadow",    "charlie",
    "summer",    "winter",        "spring",     "autumn",     "health",   "insurance", "healthcare",
    "estrella",
};

constexpr std::size_t repeated_unit_bytes_max = password_bytes_max / 2;
constexpr std::size_t name_word_letters_min = 4;

/// The password in lower case, wiped when it goes.
class Folded {
public:
    explicit Folded(std::string_view text) : size_(std::min(text.size(), bytes_.size())) {
        std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size_), bytes_.begin(),
                       lower);
    }
    Folded(Folded const&) = delete;
    Folded& operator=(Folded const&) = delete;
    ~Folded() { wipe(bytes_.data(), bytes_.size()); }
    std::string_view text() const { return {bytes_.data(), size_}; }

    static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

private:
    std::array<char, password_bytes_max> bytes_{};
    std::size_t size_;
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// "aaaaaaaa", "12121212", "abcabcabcab": a short unit over and over.
bool is_repetition(std::string_view text) {
    for (std::size_t unit = 1; unit <= repeated_unit_bytes_max && unit * 2 <= text.size(); ++unit) {
        bool repeats = true;
        for (std::size_t i = unit; i < text.size() && repeats; ++i)
            repeats = text[i] == text[i - unit];
        if (repeats)
            return true;
    }
    return false;
}

/// "12345678", "hgfedcba", and "1234567890" with its step from 9 to 0.
bool is_run(std::string_view text) {
    auto const steps_by = [&](int step) {
        for (std::size_t i = 1; i < text.size(); ++i) {
            int const from = static_cast<unsigned char>(text[i - 1]);
            bool const wraps =
                (step == 1 && from == '9' && text[i] == '0') || (step == -1 && from == '0' && text[i] == '9');
            if (!wraps && static_cast<unsigned char>(text[i]) - from != step)
                return false;
        }
        return true;
    };
    return text.size() > 1 && (steps_by(1) || steps_by(-1));
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// The word without the figures and marks people put around it.
std::string_view stem(std::string_view text) {
    while (!text.empty() && !is_letter(text.back()))
        text.remove_suffix(1);
    while (!text.empty() && !is_letter(text.front()))
        text.remove_prefix(1);
    return text;
}

bool is_common(std::string_view folded, std::function<bool(std::string_view)> const& is_listed) {
    auto const listed = [&](std::string_view word) {
        return std::find(common_stems.begin(), common_stems.end(), word) != common_stems.end() ||
               (is_listed && is_listed(word));
    };
    // Figures alone are a date or a number of the person's.
    return is_repetition(folded) || is_run(folded) || any_variant_listed(folded, listed) ||
           (stem(folded).empty() && folded.size() < password_alone_characters_min);
}

/// True when a word of `name` stands in the password.
bool has_word_of(std::string_view folded, std::string_view name) {
    Folded const lower_name(name);
    std::string_view rest = lower_name.text();
    while (!rest.empty()) {
        auto const end = std::min(rest.find_first_of(" -_.,&/"), rest.size());
        auto const word = rest.substr(0, end);
        // "plan" or "health" stands in good passphrases too; a name has to be more than that.
        bool const generic = word == "plan" || word == "health" || word == "care" || word == "insurance";
        if (word.size() >= name_word_letters_min && !generic && folded.find(word) != std::string_view::npos)
            return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

bool has_name(std::string_view folded, std::string_view name) {
    Folded const lower_name(name);
    std::string joined(lower_name.text());
    bool const whole =
        joined.size() >= name_word_letters_min && folded.find(joined) != std::string_view::npos;
    joined.erase(std::remove(joined.begin(), joined.end(), ' '), joined.end());
    return whole ||
           (joined.size() >= name_word_letters_min && folded.find(joined) != std::string_view::npos) ||
           has_word_of(folded, name);
}

/// As has_name, also with figures for letters.
bool names_person(std::string_view folded, std::string_view name) {
    bool found = has_name(folded, name);
    for (char const one : {'i', 'l'})
        with_letters_for_figures(folded, one,
                                 [&](std::string_view letters) { found = found || has_name(letters, name); });
    return found;
}

bool holds(std::string_view folded, std::string_view word) {
    bool found = folded.find(word) != std::string_view::npos;
    for (char const one : {'i', 'l'})
        with_letters_for_figures(folded, one, [&](std::string_view letters) {
            found = found || letters.find(word) != std::string_view::npos;
        });
    return found;
}

Error refused(char const* reason, char const* message) {
    return error(ErrorKind::InvalidInput, reason, message);
}

} // namespace

Result<void> check_password(std::string_view password, PasswordContext const& context) {
    if (password.size() > password_bytes_max)
        return refused("password_long", "a password has at most 256 bytes");
    if (!is_utf8(password) || password.find('\0') != std::string_view::npos)
        return refused("password_not_text", "a password is UTF-8 text");
    std::size_t const least = context.beside_second_factor ? password_beside_second_factor_characters_min
                                                           : password_alone_characters_min;
    if (characters(password) < least)
        return refused("password_short", "a password has 15 characters or more, 8 beside a second factor");

    Folded const folded(password);
    if (is_common(folded.text(), context.is_listed))
        return refused("password_common", "the password is on the list of common ones");
    for (auto const& name : context.plan_names)
        if (names_person(folded.text(), name))
            return refused("password_has_plan_name", "the password holds the plan's name");
    Folded const username(context.username);
    if (username.text().size() >= username_characters_min && holds(folded.text(), username.text()))
        return refused("password_has_username", "the password holds the username");
    return ok();
}

Result<void> check_username(std::string_view username) {
    auto const refusal =
        refused("username_invalid", "a username has 3 to 64 letters, digits or . _ - @ +, and no blanks");
    if (username.size() > 4 * username_characters_max || !is_utf8(username))
        return refusal;
    std::size_t const count = characters(username);
    if (count < username_characters_min || count > username_characters_max)
        return refusal;
    bool const allowed = std::all_of(username.begin(), username.end(), [](char c) {
        return is_letter(Folded::lower(c)) || (c >= '0' && c <= '9') ||
               std::string_view("._-@+").find(c) != std::string_view::npos;
    });
    // U+0080 to U+009F are control characters, U+00A0 and U+2000 to U+206F blanks and marks nobody sees.
    bool const unseen = username.find("\xC2\x80") != std::string_view::npos ||
                        username.find("\xC2\xA0") != std::string_view::npos ||
                        username.find("\xE2\x80") != std::string_view::npos ||
                        username.find("\xE2\x81") != std::string_view::npos ||
                        username.find("\xE3\x80\x80") != std::string_view::npos ||
                        username.find("\xEF\xBB\xBF") != std::string_view::npos;
    if (!allowed || unseen)
        return refusal;
    return ok();
}

} // namespace portico
