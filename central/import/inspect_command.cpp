#include "central/import/inspect_command.h"

#include "central/import/command_line.h"
#include "central/plan/plan_data.h"
#include "shared/domain/amount_category.h"

#include <boost/json.hpp>
#include <iomanip>
#include <iostream>

namespace portico::central {

namespace {

constexpr char const* inspect_help =
    R"(portico-central inspect --data DIR [--database ADDRESS] member PATIENT_ID
portico-central inspect --data DIR directory --specialty CODE --zip ZIP
portico-central inspect --data DIR formulary PLAN

Prints what the plan's data holds, as one JSON object. For operators: nothing here is audited, so use it to check
an import, not to look people up.

member PATIENT_ID: the id of the FHIR Patient (one that begins with a hyphen may be given as it is)
  patient            the id
  coverages          ids of the Coverage resources of this beneficiary
  eob_count          number of EOBs; eobs_by_type: by kind, from the CARIN profile, else the claim type
  item_count         number of top-level items of all EOBs
  item_adjudication  cents by category over EOB.item[].adjudication[].amount of the top-level items
  total              cents by category over EOB.total[]
Each amount is rounded to cents by itself, half to even, then added. Only US dollars are added.

directory: listings (one provider at one location) of a NUCC specialty in a five-digit ZIP, by network
formulary PLAN: active items of a formulary, or of the formularies of a product, by tier

Each adjudication counts once, under the first of these that one of its codings has (the order of the systems
is the order of precedence; within one system the first coding counts):

)";

int end_inspect(Error const& problem) {
    std::cerr << "portico-central inspect: " << problem.message << " (" << problem.reason << ")\n";
    return problem.reason == "usage" ? 2 : 1;
}

Error usage(char const* message) {
    return error(ErrorKind::InvalidInput, "usage", message);
}

void print_help() {
    std::cout << inspect_help;
    std::string_view system;
    for (auto const& row : amount_category_mappings()) {
        if (row.system != system)
            std::cout << "  " << row.system << '\n';
        system = row.system;
        std::cout << "    " << std::left << std::setw(72) << row.code << ' ' << name(row.category) << '\n';
    }
    std::cout << "  anything else\n    " << std::left << std::setw(72) << ""
              << " unmapped\n";
}

boost::json::object numbers(std::map<std::string, std::int64_t> const& counts) {
    boost::json::object object;
    for (auto const& [name, count] : counts)
        object[name] = count;
    return object;
}

Result<boost::json::object> member(PlanData& plan, std::string const& id) {
    auto const figures = TRY(plan.member_figures(PatientId(id)));
    boost::json::array coverages;
    for (auto const& coverage : figures.coverages)
        coverages.emplace_back(coverage.text());
    boost::json::object out;
    out["patient"] = figures.patient.text();
    out["coverages"] = coverages;
    out["eob_count"] = figures.eob_count;
    out["eobs_by_type"] = numbers(figures.eobs_by_type);
    out["item_count"] = figures.item_count;
    out["item_adjudication"] = numbers(figures.item_adjudication);
    out["total"] = numbers(figures.total);
    return out;
}

Result<boost::json::object> directory(PlanData& plan, std::string const& specialty, std::string const& zip) {
    auto const figures = TRY(plan.directory_figures(specialty, zip));
    boost::json::object out;
    out["specialty"] = specialty;
    out["zip"] = zip;
    out["listings"] = figures.listings;
    out["practitioners"] = figures.practitioners;
    out["organizations"] = figures.organizations;
    out["accepting_new_patients"] = figures.accepting;
    out["listings_by_network"] = numbers(figures.by_network);
    return out;
}

Result<boost::json::object> formulary(PlanData& plan, std::string const& id) {
    auto const figures = TRY(plan.formulary_figures(id));
    boost::json::array formularies;
    for (auto const& each : figures.formularies)
        formularies.emplace_back(each);
    boost::json::object out;
    out["plan"] = id;
    out["formularies"] = formularies;
    out["item_count"] = figures.items;
    out["drug_count"] = figures.drugs;
    out["items_by_tier"] = numbers(figures.by_tier);
    out["prior_authorization"] = figures.prior_authorization;
    out["step_therapy"] = figures.step_therapy;
    out["quantity_limit"] = figures.quantity_limit;
    return out;
}

Result<boost::json::object> inspect(CommandLine const& line) {
    auto const data = line.option("--data");
    if (data.empty() || line.words.empty())
        return usage("--data DIR and what to inspect are needed: member, directory or formulary");
    auto const& what = line.words.front();
    bool const is_directory = what == "directory";
    if (is_directory ? line.words.size() != 1 : line.words.size() != 2)
        return usage(is_directory ? "directory takes --specialty CODE and --zip ZIP" : "one id is needed");
    if (is_directory && (line.option("--specialty").empty() || line.option("--zip").empty()))
        return usage("directory needs --specialty CODE and --zip ZIP");
    if (!is_directory && what != "member" && what != "formulary")
        return usage("inspect knows member, directory and formulary");
    auto const opened = TRY(open_data(line.place()));
    SystemClock clock;
    PlanData plan(clock, *opened.store, opened.vault);
    if (is_directory)
        return directory(plan, line.option("--specialty"), line.option("--zip"));
    return what == "member" ? member(plan, line.words[1]) : formulary(plan, line.words[1]);
}

} // namespace

int inspect_command(std::vector<std::string> const& args) {
    auto const line = CommandLine::parse(args, {"--data", "--specialty", "--zip"});
    if (line.has_error())
        return end_inspect(line.error());
    if (line.value().help) {
        print_help();
        return 0;
    }
    auto const out = inspect(line.value());
    if (out.has_error())
        return end_inspect(out.error());
    std::cout << boost::json::serialize(out.value()) << '\n';
    return 0;
}

} // namespace portico::central
