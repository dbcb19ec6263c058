#include "central/sample/fhir_write.h"

namespace portico::central::sample {

void begin(JsonWriter& json, std::string_view type, std::string_view id, std::string const& profile,
           Date updated) {
    json.field("resourceType", type);
    json.field("id", id);
    json.object("meta", [&] {
        json.field("lastUpdated", updated.text() + "T00:00:00Z");
        json.array("profile", [&] { json.element(profile); });
    });
}

void coding(JsonWriter& json, std::string_view system, std::string_view code, std::string_view display) {
    json.array_of_one("coding", [&] {
        json.field("system", system);
        json.field("code", code);
        if (!display.empty())
            json.field("display", display);
    });
}

void code_concept(JsonWriter& json, std::string_view key, std::string_view system, std::string_view code,
                  std::string_view display) {
    auto const inside = [&] { coding(json, system, code, display); };
    if (key.empty())
        json.object(inside);
    else
        json.object(key, inside);
}

void concept_list(JsonWriter& json, std::string_view key, std::string_view system, std::string_view code,
                  std::string_view display) {
    json.array_of_one(key, [&] { coding(json, system, code, display); });
}

void reference_element(JsonWriter& json, std::string const& to, std::string_view display) {
    json.object([&] {
        json.field("reference", to);
        if (!display.empty())
            json.field("display", display);
    });
}

void reference(JsonWriter& json, std::string_view key, std::string const& to, std::string_view display) {
    json.object(key, [&] {
        json.field("reference", to);
        if (!display.empty())
            json.field("display", display);
    });
}

void identifier(JsonWriter& json, std::string_view type_system, std::string_view type,
                std::string_view system, std::string_view value) {
    json.object([&] {
        code_concept(json, "type", type_system, type);
        json.field("system", system);
        json.field("value", value);
    });
}

void phone_and_more(JsonWriter& json, std::string_view phone, std::string_view email, std::string_view url) {
    auto const way = [&](std::string_view system, std::string_view value) {
        if (value.empty())
            return;
        json.object([&] {
            json.field("system", system);
            json.field("value", value);
        });
    };
    json.array("telecom", [&] {
        way("phone", phone);
        way("email", email);
        way("url", url);
    });
}

void write_address(JsonWriter& json, PostalAddress const& address) {
    json.object([&] {
        json.field("type", "both");
        json.array("line", [&] {
            for (auto const& line : address.lines)
                json.element(line);
        });
        json.field("city", address.city);
        json.field("state", address.state);
        json.field("postalCode", address.zip);
        json.field("country", "USA");
    });
}

void money(JsonWriter& json, std::string_view key, std::string_view value) {
    json.object(key, [&] {
        json.number("value", value);
        json.field("currency", "USD");
    });
}

std::string limit_code(PlanLimit const& limit) {
    return std::string(limit.scope == AccumulatorScope::Individual ? "Ind" : "Fam") +
           (limit.in_network ? "In" : "Out") + (limit.kind == AccumulatorKind::Deductible ? "Ded" : "Max");
}

std::string_view line_of_business_text(LineOfBusiness line) {
    switch (line) {
    case LineOfBusiness::Individual:
        return "Individual";
    case LineOfBusiness::Family:
        return "Family";
    case LineOfBusiness::Employer:
        return "Employer";
    case LineOfBusiness::MedicareAdvantage:
        return "Medicare Advantage";
    default:
        return "Medicaid";
    }
}

std::string dollars(Money amount) {
    return plain_text(amount);
}

} // namespace portico::central::sample
