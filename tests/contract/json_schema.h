#pragma once

#include "shared/api/json.h"

#include <string>

namespace portico::test {

/// Checks a value against the part of JSON Schema 2020-12 that the OpenAPI document uses: type, properties,
/// required, additionalProperties, items, enum and references into the document. Anything else in a schema is
/// a fault, so that a new keyword cannot pass unchecked.
class SchemaCheck {
public:
    explicit SchemaCheck(boost::json::value const& document) : document_(document) {}

    /// What is wrong and where; empty when nothing is.
    std::string check(boost::json::value const& value, boost::json::value const& schema,
                      std::string const& where = "$") const {
        auto const& rules = schema.as_object();
        for (auto const& [keyword, rule] : rules) {
            auto const wrong = check_keyword(value, keyword, rule, rules, where);
            if (!wrong.empty())
                return wrong;
        }
        return "";
    }

private:
    using Value = boost::json::value;

    std::string check_keyword(Value const& value, std::string_view keyword, Value const& rule,
                              boost::json::object const& rules, std::string const& where) const {
        if (keyword == "$ref")
            return check(value, resolve(std::string(rule.as_string())), where);
        if (keyword == "type")
            return has_type(value, rule.as_string())
                       ? ""
                       : where + " is not of type " + std::string(rule.as_string());
        if (keyword == "enum") {
            for (auto const& allowed : rule.as_array())
                if (allowed == value)
                    return "";
            return where + " is none of the allowed words";
        }
        if (keyword == "required" && value.is_object()) {
            for (auto const& name : rule.as_array())
                if (!value.get_object().contains(name.as_string()))
                    return where + " lacks " + std::string(name.as_string());
            return "";
        }
        if (keyword == "properties" && value.is_object()) {
            for (auto const& [name, below] : rule.as_object())
                if (auto const* found = value.get_object().if_contains(name)) {
                    auto wrong = check(*found, below, where + "." + std::string(name));
                    if (!wrong.empty())
                        return wrong;
                }
            return "";
        }
        if (keyword == "additionalProperties" && value.is_object()) {
            auto const* known = rules.if_contains("properties");
            for (auto const& [name, each] : value.get_object())
                if (!rule.as_bool() && (known == nullptr || !known->as_object().contains(name)))
                    return where + " has " + std::string(name) + ", which the document does not know";
            return "";
        }
        if (keyword == "items" && value.is_array()) {
            for (std::size_t i = 0; i < value.get_array().size(); ++i) {
                auto wrong = check(value.get_array()[i], rule, where + "[" + std::to_string(i) + "]");
                if (!wrong.empty())
                    return wrong;
            }
            return "";
        }
        bool const says_nothing = keyword == "description" || keyword == "format" || keyword == "required" ||
                                  keyword == "properties" || keyword == "items" ||
                                  keyword == "additionalProperties";
        return says_nothing ? "" : where + ": the check does not know " + std::string(keyword);
    }

    Value const& resolve(std::string const& reference) const {
        boost::json::error_code failed;
        auto const* found = document_.find_pointer(reference.substr(1), failed);
        if (found == nullptr)
            std::abort();
        return *found;
    }

    static bool has_type(Value const& value, std::string_view type) {
        return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
               (type == "string" && value.is_string()) || (type == "boolean" && value.is_bool()) ||
               (type == "integer" && (value.is_int64() || value.is_uint64())) ||
               (type == "number" && value.is_number());
    }

    Value const& document_;
};

} // namespace portico::test
