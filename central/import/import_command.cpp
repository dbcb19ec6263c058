#include "central/import/import_command.h"

#include "central/import/command_line.h"
#include "central/import/import_run.h"
#include "central/plan/fill_find_keys.h"

#include <cstdio>
#include <iostream>
#include <optional>
#include <unistd.h>

namespace portico::central {

namespace {

constexpr char const* import_help =
    R"(portico-central import --data DIR [--database ADDRESS] [--report FILE] PATH...

Reads FHIR R4 into the plan's data: NDJSON (bulk export), Bundles, single resources, each also as .gz; a folder
stands for all .json, .ndjson and .jsonl files below it.

Taken: Patient, Coverage, ExplanationOfBenefit (CARIN Blue Button), Organization, Practitioner, PractitionerRole,
Location, HealthcareService, OrganizationAffiliation, InsurancePlan, MedicationKnowledge, Basic (formulary items).
Other types are counted and left. What cannot be used is listed with its file, line, resource and reason, and
does not stop the import.

The same input again changes nothing. A later version (meta.lastUpdated, then a numeric meta.versionId; none
counts as the earliest) replaces, an earlier one does not; of two contents with one version the one read last
stands. After an interruption the same command does the rest.

  --data DIR           the data folder (made by portico-central init)
  --database ADDRESS   of PostgreSQL, when it is not the one that init was told
  --report FILE        the whole report as JSON, with every reject
)";

void show_progress(ImportProgress const& progress) {
    int const percent = progress.bytes_total == 0
                            ? 100
                            : static_cast<int>(std::min<std::uint64_t>(100, progress.bytes_done * 100 /
                                                                                progress.bytes_total));
    std::string bar(50, '.');
    std::fill_n(bar.begin(), percent / 2, '#');
    static_cast<void>(std::fprintf(stderr, "\r[%s] %3d %%  %llu resources", bar.c_str(), percent,
                                   static_cast<unsigned long long>(progress.resources)));
}

int end_import(Error const& problem) {
    std::cerr << "portico-central import: " << problem.message << " (" << problem.reason << ")\n";
    return problem.reason == "usage" ? 2 : 1;
}

Result<ImportReport> run(CommandLine const& line, std::vector<SourceFile> const& files) {
    auto const opened = TRY(open_data(line.place()));
    std::optional<ReportFile> file;
    if (auto const name = line.option("--report"); !name.empty())
        file.emplace(TRY(ReportFile::create(name)));
    ImportOptions options;
    if (::isatty(STDERR_FILENO) == 1)
        options.progress = show_progress;
    options.on_reject = [&](ImportReject const& reject) {
        if (file)
            file->add(reject);
    };
    auto report = run_import(*opened.store, opened.vault, files, options);
    if (options.progress)
        static_cast<void>(std::fputs("\n", stderr));
    // Members of a database from before who are not in these files.
    for (int made = 1; report.has_value() && made > 0;)
        made = TRY(fill_find_keys(*opened.store, opened.vault));
    if (report.has_value() && file)
        TRY(file->finish(report.value()));
    return report;
}

} // namespace

int import_command(std::vector<std::string> const& args) {
    auto const line = CommandLine::parse(args, {"--data", "--report"});
    if (line.has_error())
        return end_import(line.error());
    if (line.value().help) {
        std::cout << import_help;
        return 0;
    }
    if (line.value().option("--data").empty() || line.value().words.empty())
        return end_import(
            error(ErrorKind::InvalidInput, "usage", "--data DIR and at least one PATH are needed"));
    auto const files = source_files(line.value().words);
    if (files.has_error())
        return end_import(files.error());
    auto const report = run(line.value(), files.value());
    if (report.has_error())
        return end_import(report.error());
    print_report(report.value(), std::cout);
    return 0;
}

} // namespace portico::central
