#include "shared/domain/password_variants.h"

#include "shared/base/secret.h"
#include "shared/domain/password_rules.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

/// Figures and marks that are looked behind, on each side: more would make the tries grow with the square.
constexpr std::size_t affix_max = 14;

/// A text as long as a password may be, wiped when it goes.
class WipedText {
public:
    WipedText() = default;
    WipedText(WipedText const&) = delete;
    WipedText& operator=(WipedText const&) = delete;
    ~WipedText() { wipe(bytes_.data(), bytes_.size()); }
    void add(char c) {
        if (size_ < bytes_.size())
            bytes_[size_++] = c;
    }
    std::string_view text() const { return {bytes_.data(), size_}; }

private:
    std::array<char, password_bytes_max> bytes_{};
    std::size_t size_ = 0;
};

bool is_variant_letter(char c) {
    return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

char letter_for(char c, char one) {
    switch (c) {
    case '@':
    case '4':
        return 'a';
    case '8':
        return 'b';
    case '(':
        return 'c';
    case '3':
        return 'e';
    case '6':
    case '9':
        return 'g';
    case '1':
    case '!':
    case '|':
        return one;
    case '0':
        return 'o';
    case '$':
    case '5':
        return 's';
    case '7':
    case '+':
        return 't';
    case '2':
        return 'z';
    default:
        return c;
    }
}

/// The shortest part of which the text is two or more; the text itself when there is none.
std::string_view repeated_part(std::string_view text) {
    for (std::size_t unit = 1; unit * 2 <= text.size(); ++unit) {
        if (text.size() % unit != 0)
            continue;
        bool repeats = true;
        for (std::size_t i = unit; i < text.size() && repeats; ++i)
            repeats = text[i] == text[i - unit];
        if (repeats)
            return text.substr(0, unit);
    }
    return text;
}

class Tries {
public:
    explicit Tries(std::function<bool(std::string_view)> const& listed) : listed_(listed) {}

    /// As it stands, with letters for figures, and with what was put around it taken off.
    bool with_affixes(std::string_view text) const {
        std::size_t const front = affix(text.begin(), text.end());
        std::size_t const back = affix(text.rbegin(), text.rend());
        for (std::size_t left = 0; left <= front; ++left)
            for (std::size_t right = 0; right <= back && left + right < text.size(); ++right)
                if (with_figures(text.substr(left, text.size() - left - right)))
                    return true;
        return false;
    }

private:
    template <class At>
    static std::size_t affix(At from, At to) {
        return std::min(affix_max,
                        static_cast<std::size_t>(std::find_if(from, to, is_variant_letter) - from));
    }

    bool with_figures(std::string_view text) const {
        if (either_way(text))
            return true;
        bool const plain =
            std::all_of(text.begin(), text.end(), [](char c) { return letter_for(c, 'i') == c; });
        bool found = false;
        for (char const one : {'i', 'l'})
            if (!plain && !found)
                with_letters_for_figures(text, one,
                                         [&](std::string_view letters) { found = either_way(letters); });
        return found;
    }

    bool either_way(std::string_view text) const {
        if (listed_(text))
            return true;
        auto const part = repeated_part(text);
        if (part.size() < text.size() && listed_(part))
            return true;
        WipedText backwards;
        for (auto at = part.rbegin(); at != part.rend(); ++at)
            backwards.add(*at);
        return listed_(backwards.text());
    }

    std::function<bool(std::string_view)> const& listed_;
};

} // namespace

void with_letters_for_figures(std::string_view folded, char one,
                              std::function<void(std::string_view)> const& use) {
    WipedText letters;
    for (char const c : folded)
        letters.add(letter_for(c, one));
    use(letters.text());
}

bool any_variant_listed(std::string_view folded, std::function<bool(std::string_view)> const& listed) {
    Tries const tries(listed);
    if (tries.with_affixes(folded))
        return true;
    WipedText joined;
    for (char const c : folded)
        if (std::string_view(" -_.,").find(c) == std::string_view::npos)
            joined.add(c);
    return joined.text().size() < folded.size() && tries.with_affixes(joined.text());
}

} // namespace portico
