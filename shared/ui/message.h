#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace portico::ui {

/// US cents, to be shown as the language writes money: $1,140.00.
struct Cents {
    std::int64_t cents = 0;
    /// Rings and other rough figures leave the cents out (rounded half away from zero).
    bool whole = false;
    bool operator==(Cents const&) const = default;
};
inline Cents whole_dollars(std::int64_t cents) {
    return {cents, true};
}

enum class DateLength : std::uint8_t {
    Long,     ///< March 3, 2026
    Short,    ///< Mar 3, 2026
    MonthDay, ///< Mar 3
    Month,    ///< Mar
    MonthYear ///< March 2026
};

/// A calendar date, to be written as the language writes dates.
struct DateArg {
    std::chrono::year_month_day date;
    DateLength length = DateLength::Long;
    bool operator==(DateArg const&) const = default;
};
inline DateArg date_arg(std::chrono::year_month_day date, DateLength length = DateLength::Long) {
    return {date, length};
}

/// Time of day in the terminal's own zone: 9:10 am.
struct TimeOfDay {
    int hour = 0, minute = 0;
    bool operator==(TimeOfDay const&) const = default;
};

class Text;

/// Fills one {name} of a message.
using Arg = std::variant<std::int64_t, std::string, Cents, DateArg, TimeOfDay, std::shared_ptr<Text const>>;

/// The id of a text in the catalogs (assets/messages/<language>/*.json). Written as "claims.title"_msg, so
/// that a test can find every id that the source uses.
class Msg {
public:
    constexpr Msg() = default;
    constexpr explicit Msg(std::string_view id) : id_(id) {}
    constexpr std::string_view id() const { return id_; }
    constexpr bool operator==(Msg const&) const = default;

    /// Fills {name}; chain for more: "page.of"_msg.with("page", 1).with("pages", 3)
    template <class T>
    Text with(std::string_view name, T&& value) const;

private:
    std::string_view id_;
};

constexpr bool is_message_id(std::string_view id) {
    bool dot = false;
    char before = '.';
    for (char const c : id) {
        bool const word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!word && (c != '.' || before == '.'))
            return false;
        dot = dot || c == '.';
        before = c;
    }
    return dot && before != '.';
}

constexpr bool plain_word(std::string_view text) {
    for (char const c : text)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    return !text.empty();
}

consteval Msg operator""_msg(char const* id, std::size_t size) {
    if (!is_message_id({id, size}))
        throw "a message id is lower_case words with dots";
    return Msg({id, size});
}

/// The common start of ids chosen at run time, such as "reason."_msgs; all ids under it count as used. See
/// `Catalog::find`.
struct MsgFamily {
    std::string_view prefix;
};
consteval MsgFamily operator""_msgs(char const* prefix, std::size_t size) {
    if (size < 2 || prefix[size - 1] != '.' ||
        !(is_message_id({prefix, size - 1}) || plain_word({prefix, size - 1})))
        throw "a family of messages is named by its start, with the dot";
    return MsgFamily{{prefix, size}};
}

/// What a person reads or hears: a message of the catalog with its arguments, or data (a name, a date as the
/// payer wrote it). Data is shown as it is and is treated as personal.
class Text {
public:
    Text() = default;
    Text(Msg msg) : msg_(msg) {} // NOLINT(google-explicit-constructor): an id is a text

    static Text of_data(std::string text, std::string language = {}) {
        Text out;
        out.data_ = std::move(text);
        out.language_ = std::move(language);
        out.is_data_ = true;
        return out;
    }

    /// An amount, a day, a number alone: written as the language writes it.
    static Text of_value(Arg value) {
        Text out;
        out.is_data_ = true;
        out.args_.emplace_back(std::string(), std::move(value));
        return out;
    }

    template <class T>
    Text with(std::string_view name, T&& value) && {
        args_.emplace_back(std::string(name), to_arg(std::forward<T>(value)));
        return std::move(*this);
    }

    bool empty() const { return !is_data_ && msg_.id().empty(); }
    bool is_data() const { return is_data_; }
    std::string_view id() const { return msg_.id(); }
    std::string const& data() const { return data_; }
    /// BCP 47 tag when it differs from the screen's language (a language's own name); else empty.
    std::string const& language() const { return language_; }
    std::vector<std::pair<std::string, Arg>> const& args() const { return args_; }

private:
    template <class T>
    static Arg to_arg(T&& value);

    Msg msg_;
    std::string data_;
    std::string language_;
    std::vector<std::pair<std::string, Arg>> args_;
    bool is_data_ = false;
};

/// A name, a code, an amount from the plan's data: shown as it is. `language` only when it is known to
/// differ.
inline Text data(std::string text, std::string language = {}) {
    return Text::of_data(std::move(text), std::move(language));
}

/// Money as a text of its own: $86.00
inline Text money(std::int64_t cents) {
    return Text::of_value(Cents{cents});
}
/// What somebody took off the bill: -$86.00 for 8600
inline Text money_taken_off(std::int64_t cents) {
    return Text::of_value(Cents{-cents});
}
/// For rings only: $86
inline Text money_whole(std::int64_t cents) {
    return Text::of_value(whole_dollars(cents));
}
inline Text date(std::chrono::year_month_day day, DateLength length = DateLength::Long) {
    return Text::of_value(DateArg{day, length});
}
inline Text number(std::int64_t value) {
    return Text::of_value(value);
}

template <class T>
Arg Text::to_arg(T&& value) {
    using U = std::remove_cvref_t<T>;
    if constexpr (std::is_same_v<U, Text>)
        return std::make_shared<Text const>(std::forward<T>(value));
    else if constexpr (std::is_same_v<U, Msg>)
        return std::make_shared<Text const>(Text(value));
    else if constexpr (std::is_integral_v<U>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_same_v<U, std::chrono::year_month_day>)
        return DateArg{value};
    else if constexpr (std::is_convertible_v<T, std::string_view>)
        return std::string(std::string_view(value));
    else
        return Arg(std::forward<T>(value));
}

template <class T>
Text Msg::with(std::string_view name, T&& value) const {
    return Text(*this).with(name, std::forward<T>(value));
}

} // namespace portico::ui
