#include "tests/support/plan_files.h"

#include "tests/support/catch.h"

#include <fstream>
#include <optional>

namespace portico::test {

namespace json = boost::json;

namespace {

constexpr char const* adjudication_system = "http://terminology.hl7.org/CodeSystem/adjudication";

json::object coded(std::string const& system, std::string const& code) {
    return {{"coding", json::array{json::object{{"system", system}, {"code", code}}}}};
}

std::string day_text(int days_ago) {
    auto const day =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) - std::chrono::days(days_ago);
    std::chrono::year_month_day const date(day);
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

json::array adjudications(MadeUpEob const& made_up) {
    json::array all;
    for (auto const& [code, value] : made_up.amounts)
        // The amount as it is written: a number's text must reach the import untouched.
        all.push_back(json::object{{"category", coded(adjudication_system, code)},
                                   {"amount", {{"value", json::parse(value)}, {"currency", "USD"}}}});
    return all;
}

void replace_everywhere(json::value& value, std::string const& from, std::string const& to) {
    if (auto* text = value.if_string()) {
        auto const at = text->find(from);
        if (at != json::string::npos)
            text->replace(at, from.size(), to);
    } else if (auto* array = value.if_array()) {
        for (auto& each : *array)
            replace_everywhere(each, from, to);
    } else if (auto* object = value.if_object()) {
        for (auto& each : *object)
            replace_everywhere(each.value(), from, to);
    }
}

} // namespace

void change_resources(std::filesystem::path const& file,
                      std::function<bool(json::object& resource)> const& change) {
    std::string out;
    {
        std::ifstream in(file);
        REQUIRE(in);
        for (std::string line; std::getline(in, line);) {
            auto value = json::parse(line);
            if (change(value.as_object()))
                out += json::serialize(value) + "\n";
        }
    }
    std::ofstream(file) << out;
}

void add_resources(std::filesystem::path const& file, std::vector<json::object> const& resources) {
    std::ofstream out(file, std::ios::app);
    for (auto const& each : resources)
        out << json::serialize(each) << "\n";
}

json::object resource(std::filesystem::path const& file, std::string const& id) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (auto value = json::parse(line); value.at("id").as_string() == id)
            return value.as_object();
    FAIL("no " << id << " in " << file);
    return {};
}

void add_member(std::filesystem::path const& plan, MadeUpMember const& member) {
    json::value patient = resource(plan / "Patient.ndjson", "patient-0000001");
    json::value coverage = resource(plan / "Coverage.ndjson", "coverage-0000001");
    auto const number = std::to_string(900 + std::hash<std::string>()(member.patient) % 99);
    for (auto* each : {&patient, &coverage}) {
        replace_everywhere(*each, "patient-0000001", member.patient);
        replace_everywhere(*each, "SHP10000001", "SHP90000" + number);
        replace_everywhere(*each, "Alex Sample", member.given + " " + member.family);
    }
    json::object const name{{"family", member.family}, {"given", json::array{member.given}}};
    auto& person = patient.as_object();
    person["name"] = json::array{name};
    person["birthDate"] = "1980-02-03";
    person["address"].as_array()[0].as_object()["line"] = json::array{member.street};
    auto& cover = coverage.as_object();
    cover["id"] = "coverage-of-" + member.patient;
    auto& extensions = cover["extension"].as_array();
    // The first is the member; behind it may stand a family.
    while (extensions.size() > 1 && extensions[1].as_object().contains("extension"))
        extensions.erase(extensions.begin() + 1);
    for (auto& each : extensions[0].as_object()["extension"].as_array())
        if (auto* found = each.as_object().if_contains("valueHumanName"))
            *found = name;
    add_resources(plan / "Patient.ndjson", {person});
    add_resources(plan / "Coverage.ndjson", {cover});
}

json::object eob(MadeUpEob const& made_up) {
    auto const day = day_text(made_up.days_ago);
    json::object all{{"resourceType", "ExplanationOfBenefit"},
                     {"id", made_up.id},
                     {"status", "active"},
                     {"use", "claim"},
                     {"outcome", "complete"},
                     {"type", coded("http://terminology.hl7.org/CodeSystem/claim-type", "professional")},
                     {"patient", {{"reference", "Patient/" + made_up.patient}}},
                     {"created", day},
                     {"billablePeriod", {{"start", day}, {"end", day}}},
                     {"provider", {{"display", made_up.provider}}}};
    auto service = coded("http://www.ama-assn.org/go/cpt", "99213");
    service["coding"].as_array()[0].as_object()["display"] = "Office visit";
    json::object line{{"sequence", 1}, {"productOrService", service}, {"servicedDate", day}};
    if (!made_up.amounts.empty())
        line["adjudication"] = adjudications(made_up);
    if (made_up.lines)
        all["item"] = json::array{line};
    if (made_up.totals && !made_up.amounts.empty())
        all["total"] = adjudications(made_up);
    return all;
}

} // namespace portico::test
