#include "central/import/fhir/fhir_read.h"

#include <chrono>
#include <limits>

namespace portico::central::fhir {

namespace {

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Two or more digits at `at`, as a number; moves on. -1 when there are none.
int digits(std::string_view text, std::size_t& at, std::size_t count) {
    if (at + count > text.size())
        return -1;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        char const c = text[at + i];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    at += count;
    return value;
}

int rank_of(JsonNode telecom) {
    auto const rank = telecom["rank"].number();
    int value = 0;
    for (char const c : rank.substr(0, 4))
        if (c >= '0' && c <= '9')
            value = value * 10 + (c - '0');
    int const use = telecom["use"].text() == "home" || telecom["use"].text() == "mobile" ? 0 : 1;
    return (rank.empty() ? 1000 : value) * 2 + use;
}

} // namespace

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string text(JsonNode node) {
    return std::string(node.text());
}

Date date(JsonNode node) {
    auto parsed = Date::parse(node.text());
    return parsed.has_value() ? parsed.value() : Date{};
}

Period period(JsonNode node) {
    return {date(node["start"]), date(node["end"])};
}

std::int64_t instant_us(std::string_view text) {
    auto const day = Date::parse(text);
    if (day.has_error() || !day.value().has_day() || text.size() < 17 || text[10] != 'T')
        return 0;
    std::size_t at = 11;
    int const hour = digits(text, at, 2);
    if (at >= text.size() || text[at++] != ':')
        return 0;
    int const minute = digits(text, at, 2);
    int second = 0;
    std::int64_t fraction_us = 0;
    if (at < text.size() && text[at] == ':') {
        ++at;
        second = digits(text, at, 2);
        if (at < text.size() && text[at] == '.') {
            std::int64_t scale = 100'000;
            for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
                fraction_us += (text[at] - '0') * scale;
                scale /= 10;
            }
        }
    }
    if (hour < 0 || minute < 0 || second < 0 || at >= text.size())
        return 0;
    std::int64_t offset_minutes = 0;
    if (text[at] == '+' || text[at] == '-') {
        int const sign = text[at] == '-' ? -1 : 1;
        ++at;
        int const hours = digits(text, at, 2);
        if (at < text.size() && text[at] == ':')
            ++at;
        int const minutes = digits(text, at, 2);
        if (hours < 0 || minutes < 0)
            return 0;
        offset_minutes = std::int64_t{sign} * (std::int64_t{hours} * 60 + minutes);
    } else if (text[at] != 'Z') {
        return 0;
    }
    std::int64_t const seconds = day_number(day.value()) * 86'400 + std::int64_t{hour} * 3600 +
                                 (minute - offset_minutes) * 60 + second;
    return seconds * 1'000'000 + fraction_us;
}

RecordVersion version(JsonNode resource) {
    auto const meta = resource["meta"];
    RecordVersion version;
    version.updated_us = instant_us(meta["lastUpdated"].text());
    auto const number = meta["versionId"].scalar();
    if (!number.empty() && number.size() <= 18 &&
        number.find_first_not_of("0123456789") == std::string_view::npos)
        for (char const c : number)
            version.number = version.number * 10 + (c - '0');
    return version;
}

Code coding(JsonNode node) {
    return {text(node["system"]), std::string(node["code"].scalar()), text(node["display"])};
}

std::vector<Code> codings(JsonNode concept_node) {
    std::vector<Code> all;
    for (auto const each : concept_node["coding"]) {
        auto code = coding(each);
        if (!code.empty())
            all.push_back(std::move(code));
    }
    if (all.empty() && !concept_node["text"].text().empty())
        all.push_back({{}, {}, text(concept_node["text"])});
    return all;
}

Code first_code(JsonNode concept_node) {
    auto all = codings(concept_node);
    if (all.empty())
        return {};
    if (all.front().display.empty())
        all.front().display = text(concept_node["text"]);
    return std::move(all.front());
}

bool has_code(JsonNode concept_node, std::string_view code, std::string_view system_part) {
    if (concept_node.is_array()) {
        for (auto const each : concept_node)
            if (has_code(each, code, system_part))
                return true;
        return false;
    }
    for (auto const each : concept_node["coding"])
        if (each["code"].scalar() == code &&
            each["system"].text().find(system_part) != std::string_view::npos)
            return true;
    return false;
}

std::string plain_reference(std::string_view reference) {
    auto rest = reference;
    if (auto const history = rest.find("/_history/"); history != std::string_view::npos)
        rest = rest.substr(0, history);
    if (rest.find('?') != std::string_view::npos)
        return std::string(reference);
    auto const last = rest.rfind('/');
    if (last == std::string_view::npos || last == 0)
        return std::string(reference);
    auto const before = rest.rfind('/', last - 1);
    return std::string(before == std::string_view::npos ? rest : rest.substr(before + 1));
}

std::string reference_id(std::string_view reference, std::string_view type) {
    if (reference.empty() || reference.front() == '#')
        return {};
    for (std::string_view const prefix : {"urn:uuid:", "urn:oid:"})
        if (reference.substr(0, prefix.size()) == prefix)
            return std::string(reference.substr(prefix.size()));
    auto const plain = plain_reference(reference);
    if (plain.size() > type.size() + 1 && plain.compare(0, type.size(), type) == 0 &&
        plain[type.size()] == '/')
        return plain.substr(type.size() + 1);
    return {};
}

std::string reference_id(JsonNode reference, std::string_view type) {
    return reference_id(reference["reference"].text(), type);
}

JsonNode contained(JsonNode owner, std::string_view reference) {
    if (reference.size() < 2 || reference.front() != '#')
        return {};
    for (auto const each : owner["contained"])
        if (each["id"].text() == reference.substr(1))
            return each;
    return {};
}

JsonNode extension(JsonNode owner, std::string_view url_end) {
    for (auto const each : owner["extension"])
        if (ends_with(each["url"].text(), url_end))
            return each;
    return {};
}

PersonName person_name(JsonNode names) {
    JsonNode best = names.first();
    if (names.is_array())
        for (auto const each : names) {
            auto const use = each["use"].text();
            if (use == "official" || use == "usual") {
                best = each;
                break;
            }
        }
    PersonName name;
    for (auto const given : best["given"])
        if (!given.text().empty())
            name.given += (name.given.empty() ? "" : " ") + std::string(given.text());
    name.family = text(best["family"]);
    if (name.given.empty() && name.family.empty())
        name.family = text(best["text"]);
    return name;
}

std::string person_text(JsonNode names) {
    return person_name(names).full();
}

PostalAddress address(JsonNode node) {
    PostalAddress out;
    for (auto const line : node["line"])
        if (!line.text().empty())
            out.lines.emplace_back(line.text());
    out.city = text(node["city"]);
    out.state = text(node["state"]);
    out.zip = std::string(node["postalCode"].scalar());
    if (out.lines.empty() && out.city.empty() && !node["text"].text().empty())
        out.lines.emplace_back(node["text"].text());
    return out;
}

JsonNode best_address(JsonNode addresses) {
    if (addresses.is_array())
        for (auto const each : addresses)
            if (each["use"].text() == "home" && !each["period"]["end"].exists())
                return each;
    return addresses.first();
}

std::string one_line(PostalAddress const& address) {
    std::string out;
    for (auto const& line : address.lines)
        out += (out.empty() ? "" : ", ") + line;
    if (!address.city.empty())
        out += (out.empty() ? "" : ", ") + address.city;
    if (!address.state.empty())
        out += (out.empty() ? "" : ", ") + address.state;
    if (!address.zip.empty())
        out += (out.empty() ? "" : " ") + address.zip;
    return out;
}

std::string telecom(JsonNode telecoms, std::string_view system) {
    JsonNode best;
    int best_rank = std::numeric_limits<int>::max();
    for (auto const each : telecoms) {
        if (each["system"].text() != system || each["value"].scalar().empty() ||
            each["use"].text() == "old" || rank_of(each) >= best_rank)
            continue;
        best = each;
        best_rank = rank_of(each);
    }
    return std::string(best["value"].scalar());
}

std::string identifier(JsonNode identifiers, std::string_view type_code, std::string_view system) {
    for (auto const each : identifiers) {
        bool const by_type = !type_code.empty() && has_code(each["type"], type_code);
        bool const by_system = !system.empty() && each["system"].text() == system;
        if ((by_type || by_system) && !each["value"].scalar().empty())
            return std::string(each["value"].scalar());
    }
    return {};
}

Result<std::optional<Decimal>> amount(JsonNode money) {
    auto const value = money["value"];
    if (!value.exists())
        return std::optional<Decimal>();
    if (!value.is_number())
        return error(ErrorKind::InvalidInput, "amount_invalid", "an amount is not a number");
    auto parsed = Decimal::parse(value.number());
    if (parsed.has_error() || parsed.value().to_cents().has_error())
        return error(ErrorKind::InvalidInput, "amount_out_of_range", "an amount is beyond what money can be");
    return std::optional<Decimal>(std::move(parsed).value());
}

Error stu3(std::string_view element) {
    return error(ErrorKind::InvalidInput, "stu3_shape",
                 std::string(element) + " is written as in FHIR STU3: send FHIR R4");
}

} // namespace portico::central::fhir
