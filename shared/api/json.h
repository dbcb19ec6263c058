#pragma once

#include "shared/api/describe.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/domain/date.h"
#include "shared/domain/decimal.h"
#include "shared/domain/money.h"

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// A type is described once, by BOOST_DESCRIBE_STRUCT beside it (or in domain_described.h for domain types);
/// reading, writing and its schema in the OpenAPI document follow from that. Heavy header: include it in .cpp
/// files only.
///
/// Shapes: structs are objects with the fields' names; enums are snake_case strings; ids, dates and decimals
/// are strings (a decimal keeps its source text); Money is an integer of US cents; an empty optional is left
/// out.
namespace portico::api {

/// What a reader does with a member it does not know: requests refuse it (a typing error must not pass in
/// silence), replies ignore it (central may be newer than the terminal).
enum class UnknownFields : std::uint8_t { Refuse, Ignore };

/// "InNetwork" -> "in_network".
std::string snake_case(std::string_view pascal_case);

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_id : std::false_type {};
template <class T>
struct is_id<Id<T>> : std::true_type {};

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
template <class T>
using Enumerators = boost::describe::describe_enumerators<T>;

/// The word that stands for `value`; "unknown" when it is none of the type's.
template <DescribedEnum T>
std::string const& word_of(T value) {
    static auto const words = [] {
        std::vector<std::pair<T, std::string>> all;
        boost::mp11::mp_for_each<Enumerators<T>>(
            [&](auto enumerator) { all.emplace_back(enumerator.value, snake_case(enumerator.name)); });
        return all;
    }();
    static std::string const unknown = "unknown";
    for (auto const& [known, word] : words)
        if (known == value)
            return word;
    return unknown;
}

template <class T>
boost::json::value to_value(T const& value) {
    if constexpr (std::same_as<T, bool> || std::same_as<T, double> || std::same_as<T, boost::json::value> ||
                  std::same_as<T, boost::json::object>) {
        return value;
    } else if constexpr (std::same_as<T, std::string>) {
        return boost::json::value(std::string_view(value));
    } else if constexpr (std::integral<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::same_as<T, Secret>) {
        return boost::json::value(value.reveal());
    } else if constexpr (std::same_as<T, Money>) {
        return value.cents;
    } else if constexpr (std::same_as<T, Date> || std::same_as<T, Decimal> || is_id<T>::value) {
        return boost::json::value(std::string_view(value.text()));
    } else if constexpr (is_optional<T>::value) {
        return value ? to_value(*value) : boost::json::value(nullptr);
    } else if constexpr (is_vector<T>::value) {
        boost::json::array array;
        array.reserve(value.size());
        for (auto const& each : value)
            array.push_back(to_value(static_cast<typename T::value_type const&>(each)));
        return array;
    } else if constexpr (DescribedEnum<T>) {
        return boost::json::string(word_of(value));
    } else {
        static_assert(DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        boost::json::object object;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            auto const& field = value.*member.pointer;
            if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>::value) {
                if (field)
                    object[member.name] = to_value(*field);
            } else {
                object[member.name] = to_value(field);
            }
        });
        return object;
    }
}

/// Reads with the path of the failing field in the error: InvalidInput "json_shape", "lines[3].amount: ...".
class Reader {
public:
    explicit Reader(UnknownFields unknown) : unknown_(unknown) {}

    template <class T>
    Result<void> read(boost::json::value const& json, T& out) {
        if constexpr (std::same_as<T, bool>) {
            if (!json.is_bool())
                return wrong("true or false");
            out = json.get_bool();
        } else if constexpr (std::same_as<T, std::string>) {
            if (!json.is_string())
                return wrong("text");
            out = std::string(json.get_string());
        } else if constexpr (std::same_as<T, Secret>) {
            if (!json.is_string())
                return wrong("text");
            out = Secret(std::string_view(json.get_string()));
        } else if constexpr (std::same_as<T, double>) {
            if (!json.is_number())
                return wrong("a number");
            out = json.to_number<double>();
        } else if constexpr (std::same_as<T, boost::json::value>) {
            out = json;
        } else if constexpr (std::same_as<T, boost::json::object>) {
            if (!json.is_object())
                return wrong("an object");
            out = json.get_object();
        } else if constexpr (std::integral<T>) {
            auto const number = TRY(integer(json));
            if (number < std::int64_t{std::numeric_limits<T>::min()} ||
                (sizeof(T) < 8 && number > static_cast<std::int64_t>(std::numeric_limits<T>::max())))
                return wrong("a number in range");
            out = static_cast<T>(number);
        } else if constexpr (std::same_as<T, Money>) {
            out.cents = TRY(integer(json));
        } else if constexpr (std::same_as<T, Date>) {
            std::string text;
            TRY(read(json, text));
            if (text.empty()) {
                out = Date{};
                return ok();
            }
            auto date = Date::parse(text);
            if (date.has_error())
                return wrong("a date");
            out = date.value();
        } else if constexpr (std::same_as<T, Decimal>) {
            std::string text;
            TRY(read(json, text));
            auto decimal = Decimal::parse(text);
            if (decimal.has_error())
                return wrong("a decimal");
            out = decimal.value();
        } else if constexpr (is_id<T>::value) {
            std::string text;
            TRY(read(json, text));
            out = T(std::move(text));
        } else if constexpr (is_optional<T>::value) {
            if (json.is_null()) {
                out.reset();
                return ok();
            }
            return read(json, out.emplace());
        } else if constexpr (is_vector<T>::value) {
            if (!json.is_array())
                return wrong("a list");
            out.clear();
            for (std::size_t i = 0; i < json.get_array().size(); ++i) {
                Step const step(*this, {nullptr, i});
                typename T::value_type each{};
                TRY(read(json.get_array()[i], each));
                out.push_back(std::move(each));
            }
        } else if constexpr (DescribedEnum<T>) {
            if (!json.is_string())
                return wrong("a word");
            bool found = false;
            boost::mp11::mp_for_each<Enumerators<T>>([&](auto enumerator) {
                if (!found && word_of<T>(enumerator.value) == std::string_view(json.get_string())) {
                    out = enumerator.value;
                    found = true;
                }
            });
            if (!found)
                return wrong("one of the known words");
        } else {
            static_assert(DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
            return read_struct(json, out);
        }
        return ok();
    }

private:
    /// A member's name, or nullptr and an element's index. Written out only when something is wrong.
    struct PathPart {
        char const* name;
        std::size_t index;
    };
    struct Step {
        Step(Reader& owner, PathPart part) : reader(owner) { reader.path_.push_back(part); }
        Step(Step const&) = delete;
        Step& operator=(Step const&) = delete;
        ~Step() { reader.path_.pop_back(); }
        Reader& reader;
    };

    template <class T>
    Result<void> read_struct(boost::json::value const& json, T& out) {
        if (!json.is_object())
            return wrong("an object");
        auto const& object = json.get_object();
        Result<void> outcome = ok();
        std::size_t known = 0;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            if (outcome.has_error())
                return;
            Step const step(*this, {member.name, 0});
            auto& field = out.*member.pointer;
            auto const* found = object.if_contains(member.name);
            if (found != nullptr) {
                ++known;
                outcome = read(*found, field);
            } else if constexpr (!is_optional<std::remove_cvref_t<decltype(field)>>::value) {
                outcome = wrong("present");
            }
        });
        TRY(outcome);
        if (unknown_ == UnknownFields::Refuse && known != object.size())
            return wrong("without unknown fields");
        return ok();
    }

    Result<std::int64_t> integer(boost::json::value const& json) const;
    Error wrong(char const* wanted) const;

    UnknownFields unknown_;
    std::vector<PathPart> path_;
};

/// Parses bounded text: at most 64 levels deep, no duplicate handling beyond "last wins", UTF-8 only.
/// Errors: InvalidInput "json_invalid".
Result<boost::json::value> parse_json(std::string_view text, boost::json::storage_ptr storage = {});

template <class T>
Result<T> from_json(std::string_view text, UnknownFields unknown) {
    // The value lives for this call only: one growing block instead of a piece for each of its parts. The
    // blocks come from the heap, so that a program which wipes what it frees wipes these too.
    boost::json::monotonic_resource memory;
    auto const value = TRY(parse_json(text, &memory));
    T out{};
    TRY(Reader(unknown).read(value, out));
    return out;
}

/// Appends `text` quoted and escaped, byte for byte as boost::json::serialize does.
void append_json_text(std::string& out, std::string_view text);
void append_json_integer(std::string& out, std::int64_t value);

/// The text of `to_value(value)`, without building the value: what central stores and answers is written
/// here.
template <class T>
void append_json(std::string& out, T const& value) {
    if constexpr (std::same_as<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::same_as<T, std::string>) {
        append_json_text(out, value);
    } else if constexpr (std::same_as<T, double> || std::same_as<T, boost::json::value> ||
                         std::same_as<T, boost::json::object>) {
        out += boost::json::serialize(to_value(value));
    } else if constexpr (std::integral<T>) {
        append_json_integer(out, static_cast<std::int64_t>(value));
    } else if constexpr (std::same_as<T, Secret>) {
        append_json_text(out, value.reveal());
    } else if constexpr (std::same_as<T, Money>) {
        append_json_integer(out, value.cents);
    } else if constexpr (std::same_as<T, Date> || std::same_as<T, Decimal> || is_id<T>::value) {
        append_json_text(out, value.text());
    } else if constexpr (is_optional<T>::value) {
        if (value)
            append_json(out, *value);
        else
            out += "null";
    } else if constexpr (is_vector<T>::value) {
        out += '[';
        char const* between = "";
        for (auto const& each : value) {
            out += std::exchange(between, ",");
            append_json(out, static_cast<typename T::value_type const&>(each));
        }
        out += ']';
    } else if constexpr (DescribedEnum<T>) {
        append_json_text(out, word_of(value));
    } else {
        static_assert(DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        out += '{';
        char const* between = "\"";
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            auto const& field = value.*member.pointer;
            auto const add = [&](auto const& present) {
                out += std::exchange(between, ",\"");
                out += member.name;
                out += "\":";
                append_json(out, present);
            };
            if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>::value) {
                if (field)
                    add(*field);
            } else {
                add(field);
            }
        });
        out += '}';
    }
}

template <class T>
std::string to_json(T const& value) {
    std::string out;
    append_json(out, value);
    return out;
}

/// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of a described type.
template <class T>
boost::json::object schema() {
    boost::json::object object;
    if constexpr (std::same_as<T, bool>) {
        object["type"] = "boolean";
    } else if constexpr (std::same_as<T, double>) {
        object["type"] = "number";
    } else if constexpr (std::integral<T>) {
        object["type"] = "integer";
    } else if constexpr (std::same_as<T, Money>) {
        object["type"] = "integer";
        object["description"] = "US cents";
    } else if constexpr (std::same_as<T, Secret>) {
        object["type"] = "string";
        object["format"] = "password";
    } else if constexpr (std::same_as<T, Date>) {
        object["type"] = "string";
        object["description"] = "FHIR date: YYYY, YYYY-MM or YYYY-MM-DD; empty when not known";
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, Decimal> || is_id<T>::value) {
        object["type"] = "string";
    } else if constexpr (std::same_as<T, boost::json::object>) {
        object["type"] = "object";
    } else if constexpr (std::same_as<T, boost::json::value>) {
        // any value
    } else if constexpr (is_optional<T>::value) {
        return schema<typename T::value_type>();
    } else if constexpr (is_vector<T>::value) {
        object["type"] = "array";
        object["items"] = schema<typename T::value_type>();
    } else if constexpr (DescribedEnum<T>) {
        object["type"] = "string";
        boost::json::array names;
        boost::mp11::mp_for_each<Enumerators<T>>(
            [&](auto enumerator) { names.push_back(boost::json::string(snake_case(enumerator.name))); });
        object["enum"] = names;
    } else {
        object["type"] = "object";
        boost::json::object properties;
        boost::json::array required;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
            properties[member.name] = schema<Field>();
            if (!is_optional<Field>::value)
                required.push_back(boost::json::value(member.name));
        });
        object["properties"] = properties;
        if (!required.empty())
            object["required"] = required;
    }
    return object;
}

} // namespace portico::api
