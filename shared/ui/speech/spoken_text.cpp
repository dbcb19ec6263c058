#include "shared/ui/speech/spoken_text.h"

#include "shared/base/language.h"
#include "shared/ui/format.h"

#include <charconv>
#include <optional>

namespace portico::ui {
namespace {

constexpr std::string_view minus_sign = "\u2212";
constexpr std::string_view middle_dot = "\u00b7";
// From so many digits on, a number names something and counts nothing: a ZIP code, a member number.
constexpr std::size_t digits_of_a_name = 5;
constexpr std::size_t digits_of_a_phone = 7;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::string spaced(std::string_view digits) {
    std::string out;
    for (char const c : digits) {
        if (!out.empty())
            out += ' ';
        out += c;
    }
    return out;
}

/// Reads the text from left to right; each `take` moves on when what it knows stands there.
class Teller {
public:
    Teller(std::string_view text, std::string_view language, Catalog const& catalog)
        : text_(text), language_(language), catalog_(catalog), group_(word("ui.number.group"_msg)),
          decimal_(word("ui.number.decimal"_msg)) {
        std::string const money = word_with_slot("ui.number.money");
        auto const slot = money.find("{digits}");
        before_money_ = money.substr(0, slot);
        after_money_ = slot == std::string::npos ? "" : money.substr(slot + 8);
    }

    std::string tell() {
        while (at_ < text_.size())
            if (!take_money() && !take_date() && !take_digits() && !take_sign())
                out_ += text_[at_++];
        return std::move(out_);
    }

private:
    std::string word(Text const& text) const { return catalog_.plain(text, language_); }
    /// A pattern with its {slots} as they stand.
    std::string word_with_slot(std::string_view id) const { return catalog_.pattern(id, language_); }
    bool stands(std::string_view what, std::size_t where) const {
        return !what.empty() && text_.substr(where, what.size()) == what;
    }
    bool word_begins() const { return at_ == 0 || (!is_digit(text_[at_ - 1]) && !is_letter(text_[at_ - 1])); }

    /// Whole number with the language's groups, from `where`; `where` moves past it.
    std::string grouped_digits(std::size_t& where) const {
        std::string digits;
        while (where < text_.size()) {
            if (is_digit(text_[where])) {
                digits += text_[where++];
                continue;
            }
            bool const three =
                stands(group_, where) && !digits.empty() && where + group_.size() + 3 <= text_.size() &&
                is_digit(text_[where + group_.size()]) && is_digit(text_[where + group_.size() + 1]) &&
                is_digit(text_[where + group_.size() + 2]);
            if (!three)
                break;
            where += group_.size();
        }
        return digits;
    }

    bool take_money() {
        std::size_t where = at_;
        bool const minus = stands(minus_sign, where);
        if (minus)
            where += minus_sign.size();
        if (!before_money_.empty() && !stands(before_money_, where))
            return false;
        where += before_money_.size();
        std::string const dollars = grouped_digits(where);
        std::int64_t whole = 0;
        if (dollars.empty() ||
            std::from_chars(dollars.data(), dollars.data() + dollars.size(), whole).ec != std::errc())
            return false;
        int cents = 0;
        if (stands(decimal_, where) && where + decimal_.size() + 2 <= text_.size() &&
            is_digit(text_[where + decimal_.size()]) && is_digit(text_[where + decimal_.size() + 1])) {
            where += decimal_.size();
            cents = (text_[where] - '0') * 10 + (text_[where + 1] - '0');
            where += 2;
        }
        if (!after_money_.empty()) {
            if (!stands(after_money_, where))
                return false;
            where += after_money_.size();
        }
        Text amount = cents == 0   ? "speech.money.dollars"_msg.with("dollars", whole)
                      : whole == 0 ? "speech.money.cents"_msg.with("cents", cents)
                                   : "speech.money.both"_msg.with("dollars", whole).with("cents", cents);
        if (minus)
            amount = "speech.money.minus"_msg.with("amount", std::move(amount));
        out_ += without_groups(word(amount));
        at_ = where;
        return true;
    }

    /// A voice may take the group's comma for a decimal one.
    std::string without_groups(std::string const& text) const {
        std::string out;
        for (std::size_t i = 0; i < text.size();) {
            bool const between = text.compare(i, group_.size(), group_) == 0 && !group_.empty() && i > 0 &&
                                 is_digit(text[i - 1]) && i + group_.size() < text.size() &&
                                 is_digit(text[i + group_.size()]);
            if (between)
                i += group_.size();
            else
                out += text[i++];
        }
        return out;
    }

    struct Found {
        int month = 0;
        std::string day, year;
        std::size_t end = 0;
    };

    /// The date pattern `id` at `at_`, with a month written short.
    std::optional<Found> dated(std::string_view id) const {
        std::string const pattern = word_with_slot(id);
        Found found;
        found.end = at_;
        auto const number = [&](std::string& into, std::size_t least, std::size_t most) {
            while (found.end < text_.size() && is_digit(text_[found.end]) && into.size() < most)
                into += text_[found.end++];
            return into.size() >= least && (found.end == text_.size() || !is_digit(text_[found.end]));
        };
        for (std::size_t i = 0; i < pattern.size();) {
            bool good = true;
            if (pattern.compare(i, 7, "{month}") == 0) {
                found.month = month_at(found.end);
                good = found.month > 0;
                i += 7;
            } else if (pattern.compare(i, 5, "{day}") == 0) {
                good = number(found.day, 1, 2);
                i += 5;
            } else if (pattern.compare(i, 6, "{year}") == 0) {
                good = number(found.year, 4, 4);
                i += 6;
            } else {
                good = found.end < text_.size() && text_[found.end++] == pattern[i++];
            }
            if (!good)
                return std::nullopt;
        }
        return found;
    }

    int month_at(std::size_t& where) const {
        for (int month = 1; month <= 12; ++month) {
            std::string const name = catalog_.pattern("ui.month.short_" + std::to_string(month), language_);
            auto const end = where + name.size();
            if (stands(name, where) && (end == text_.size() || !is_letter(text_[end]))) {
                where = end;
                return month;
            }
        }
        return 0;
    }

    bool take_date() {
        if (!word_begins())
            return false;
        auto found = dated("ui.date.short");
        if (!found)
            found = dated("ui.date.month_day");
        if (!found)
            return false;
        using namespace std::chrono;
        std::string const month =
            catalog_.pattern("ui.month.long_" + std::to_string(found->month), language_);
        out_ += found->year.empty()
                    ? word("speech.month_day"_msg.with("month", month).with("day", found->day))
                    : word("ui.date.long"_msg.with("month", month)
                               .with("day", found->day)
                               .with("year", found->year));
        at_ = found->end;
        return true;
    }

    /// Digits with hyphens between them, as phone numbers are written.
    bool take_phone() {
        std::size_t end = at_;
        std::size_t digits = 0;
        bool hyphen = false;
        while (end < text_.size() && (is_digit(text_[end]) || (text_[end] == '-' && end > at_))) {
            digits += is_digit(text_[end]) ? 1 : 0;
            hyphen = hyphen || text_[end] == '-';
            ++end;
        }
        if (!hyphen || digits < digits_of_a_phone)
            return false;
        std::string said;
        for (auto const c : text_.substr(at_, end - at_))
            said += c == '-' ? std::string(",") : (said.empty() ? "" : " ") + std::string(1, c);
        out_ += said;
        at_ = end;
        return true;
    }

    bool take_digits() {
        if (!is_digit(text_[at_]))
            return false;
        if (take_phone())
            return true;
        std::size_t end = at_;
        while (end < text_.size() && is_digit(text_[end]))
            ++end;
        auto const digits = text_.substr(at_, end - at_);
        bool const names = digits.size() >= digits_of_a_name || (digits.size() > 1 && digits[0] == '0');
        if (names) {
            if (at_ > 0 && is_letter(text_[at_ - 1]))
                out_ += ' ';
            out_ += spaced(digits);
            at_ = end;
            return true;
        }
        out_ += grouped_digits(at_);
        bool const fraction = stands(decimal_, at_) && at_ + decimal_.size() < text_.size() &&
                              is_digit(text_[at_ + decimal_.size()]);
        if (fraction) {
            out_ += " " + word("speech.point"_msg) + " ";
            at_ += decimal_.size();
            for (; at_ < text_.size() && is_digit(text_[at_]); ++at_)
                out_ += text_[at_];
        }
        return true;
    }

    bool take_sign() {
        if (stands(middle_dot, at_)) {
            out_ += ',';
            at_ += middle_dot.size();
            return true;
        }
        return false;
    }

    std::string_view text_;
    std::string language_;
    Catalog const& catalog_;
    std::string group_, decimal_, before_money_, after_money_;
    std::size_t at_ = 0;
    std::string out_;
};

} // namespace

std::string spoken_text(std::string_view shown, std::string_view language, Catalog const& catalog) {
    // What sets an amount apart on the screen is nothing to say, and stands in the way of what begins a word.
    auto const plain = without_direction_marks(shown);
    return without_direction_marks(Teller(plain, language, catalog).tell());
}

} // namespace portico::ui
