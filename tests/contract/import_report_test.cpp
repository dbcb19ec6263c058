#include "central/import/inspect_command.h"
#include "tests/central/import_bench.h"
#include "tests/support/places.h"
#include "tests/support/process.h"

#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace portico;
using namespace portico::central;
using portico::test::ImportBench;

namespace {

std::string fhir_folder() {
    auto const shared = test::shared_data();
    return shared.empty() ? "" : (shared / "fhir").string();
}

/// The lines that tests/support/fhir_truth.py prints: what an import must come to, worked out apart.
std::vector<boost::json::object> truth(std::vector<std::string> const& question) {
    std::vector<std::string> command = {"python3", test::source_dir() + "/tests/support/fhir_truth.py",
                                        fhir_folder()};
    command.insert(command.end(), question.begin(), question.end());
    auto const finished = test::run(command);
    REQUIRE(finished.exit_code == 0);
    std::vector<boost::json::object> objects;
    std::istringstream lines(finished.output);
    for (std::string line; std::getline(lines, line);)
        objects.push_back(boost::json::parse(line).as_object());
    return objects;
}

boost::json::object inspect(ImportBench const& bench, std::vector<std::string> args) {
    args.insert(args.begin(), {"--data", bench.data().string()});
    std::ostringstream out;
    auto* const before = std::cout.rdbuf(out.rdbuf());
    int const code = inspect_command(args);
    std::cout.rdbuf(before);
    REQUIRE(code == 0);
    return boost::json::parse(out.str()).as_object();
}

/// One import of all of it for the cases of this file.
struct Imported {
    ImportBench bench;
    ImportReport report;
    ImportReport again;
    Imported() {
        report = bench.import({fhir_folder()});
        auto const before = bench.dump(true);
        again = bench.import({fhir_folder()});
        REQUIRE(bench.dump(true) == before);
    }
};
Imported& imported() {
    static Imported once;
    return once;
}

/// Resources by type as MANIFEST.tsv counts them over fhir/.
std::map<std::string, std::uint64_t> manifest_counts() {
    std::ifstream manifest(test::shared_data() / "MANIFEST.tsv");
    std::map<std::string, std::uint64_t> counts;
    std::string line;
    std::getline(manifest, line);
    while (std::getline(manifest, line)) {
        std::istringstream cells(line);
        std::string path;
        std::string cell;
        std::getline(cells, path, '\t');
        for (int skip = 0; skip < 3; ++skip)
            std::getline(cells, cell, '\t');
        std::getline(cells, cell, '\t');
        if (path.compare(0, 5, "fhir/") != 0)
            continue;
        for (char& c : cell)
            c = c == ',' || c == ';' || c == ':' || c == '=' ? ' ' : c;
        std::istringstream words(cell);
        std::string kind;
        std::uint64_t count = 0;
        while (words >> kind >> count)
            counts[kind] += count;
    }
    return counts;
}

} // namespace

// One case with sections, not six cases: each case is a process of its own for ctest and would import anew.
TEST_CASE("import report: the public test data goes in whole and comes to the figures worked out apart") {
    if (fhir_folder().empty()) {
        WARN("SKIPPED: the folder of public test data is not here");
        return;
    }
    SECTION("every resource of the public test data is counted as its manifest counts it") {
        auto const& report = imported().report;
        auto wanted = manifest_counts();
        REQUIRE(wanted.at("ExplanationOfBenefit") > 8000);
        wanted.erase("Bundle");
        std::map<std::string, std::uint64_t> counted;
        for (auto const& [kind, counts] : report.kinds)
            counted[kind] += counts.read;
        for (auto const& [kind, count] : report.not_used)
            if (kind != "bulk export manifest")
                counted[kind] += count;
        CHECK(counted == wanted);
        CHECK(report.reject_count == 0);
    }
    SECTION("read again, nothing of the public test data changes") {
        for (auto const& [kind, counts] : imported().again.kinds) {
            CAPTURE(kind);
            CHECK(counts.added == 0);
            CHECK(counts.replaced == 0);
        }
    }
    SECTION("amounts and those that are not whole cents are as worked out apart") {
        auto const counts = truth({"counts"}).front();
        CHECK(imported().report.amounts == counts.at("amounts").to_number<std::uint64_t>());
        CHECK(imported().report.amounts_not_whole_cents ==
              counts.at("amounts_not_whole_cents").to_number<std::uint64_t>());
    }
    SECTION("every member's EOBs and amounts are right to the cent") {
        SystemClock clock;
        auto& opened = imported().bench.opened();
        PlanData plan(clock, *opened.store, opened.vault);
        auto const members = truth({"members"});
        REQUIRE(members.size() > 300);
        std::size_t with_eobs = 0;
        for (auto const& wanted : members) {
            auto const id = std::string(wanted.at("patient").as_string());
            CAPTURE(id);
            auto const found = plan.member_figures(PatientId(id)).value();
            boost::json::array coverages;
            for (auto const& each : found.coverages)
                coverages.emplace_back(each.text());
            auto const numbers = [](std::map<std::string, std::int64_t> const& counts) {
                boost::json::object object;
                for (auto const& [name, count] : counts)
                    object[name] = count;
                return object;
            };
            CHECK(wanted == boost::json::object{{"patient", id},
                                                {"coverages", coverages},
                                                {"eob_count", found.eob_count},
                                                {"eobs_by_type", numbers(found.eobs_by_type)},
                                                {"item_count", found.item_count},
                                                {"item_adjudication", numbers(found.item_adjudication)},
                                                {"total", numbers(found.total)}});
            with_eobs += found.eob_count > 0 ? 1 : 0;
        }
        CHECK(with_eobs >= 300);
    }
    SECTION("inspect prints the member of the CMS export, whose id begins with a hyphen, to the "
            "cent") {
        auto const id = std::string("-19990000002208");
        CHECK(inspect(imported().bench, {"member", id}) == truth({"member", id}).front());
    }
    SECTION("inspect counts the formulary and the directory as worked out apart") {
        auto const& bench = imported().bench;
        for (std::string const plan : {"PayerPlan-10207VA0380001", "Formulary-40308VA0240008"}) {
            CAPTURE(plan);
            auto found = inspect(bench, {"formulary", plan});
            for (char const* own : {"plan", "formularies", "drug_count"})
                found.erase(own);
            CHECK(found == truth({"formulary", plan}).front());
        }
        for (auto const& [specialty, zip] :
             {std::pair("363LA2200X", "06032"), std::pair("3336C0003X", "06511"),
              std::pair("207R00000X", "06510"), std::pair("207R00000X", "99999")}) {
            CAPTURE(specialty, zip);
            auto found = inspect(bench, {"directory", "--specialty", specialty, "--zip", zip});
            for (char const* own : {"specialty", "zip", "accepting_new_patients"})
                found.erase(own);
            CHECK(found == truth({"directory", specialty, zip}).front());
        }
    }
}
