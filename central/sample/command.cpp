#include "central/sample/command.h"

#include "central/sample/sample.h"
#include "shared/base/clock.h"

#include <charconv>
#include <iostream>
#include <optional>

namespace portico::central::sample {

namespace {

constexpr char const* help =
    R"(Writes a made-up health plan as FHIR R4 NDJSON, to try Portico with or to test it.

  portico-central sample --out DIR [--members N] [--seed S] [--today YYYY-MM-DD] [--eobs-each N]

  --out DIR      folder for the files; made if it is not there, files of the same name are replaced
  --members N    how many members, 1 to 10000000 (default 100)
  --seed S       another number gives another plan; the same number the same one, byte for byte (default 1)
  --today DATE   claims cover the 24 months before this day (default: today, UTC)
  --eobs-each N  so many EOBs of every member outside of Alex's family, 0 to 1000, and nothing planted: a plan of a
                 known size (default: as many as members have)

Writes Patient, Coverage, ExplanationOfBenefit, Organization, Practitioner, PractitionerRole,
OrganizationAffiliation, HealthcareService, Location, InsurancePlan, Basic and MedicationKnowledge, one file
each, and planted.json: the discrepancies that were put in on purpose, by EOB, finding and lines.
Everyone in it is made up. Member 1 is always Alex Sample.
)";

template <class Number>
std::optional<Number> number(std::string const& text) {
    Number value{};
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

int wrong_use(std::string const& what) {
    std::cerr << "sample: " << what << "\nSee: portico-central sample --help\n";
    return 2;
}

/// Empty when the option was understood, else what is wrong with it.
std::string set_option(SampleOptions& options, std::string const& name, std::string const& value) {
    if (name == "--out") {
        options.out_dir = value;
        return value.empty() ? "--out needs a folder" : "";
    }
    if (name == "--members") {
        auto const members = number<std::int64_t>(value);
        if (!members || *members < 1 || *members > sample_members_max)
            return "--members needs a number from 1 to 10000000, not \"" + value + "\"";
        options.members = *members;
        return {};
    }
    if (name == "--seed") {
        auto const seed = number<std::uint64_t>(value);
        if (!seed)
            return "--seed needs a whole number, not \"" + value + "\"";
        options.seed = *seed;
        return {};
    }
    if (name == "--eobs-each") {
        auto const eobs = number<int>(value);
        if (!eobs || *eobs < 0 || *eobs > sample_eobs_each_max)
            return "--eobs-each needs a number from 0 to 1000, not \"" + value + "\"";
        options.eobs_each = *eobs;
        return {};
    }
    if (name == "--today") {
        auto const day = Date::parse(value);
        if (!day || !day.value().has_day())
            return "--today needs a date as YYYY-MM-DD, not \"" + value + "\"";
        options.today = day.value();
        return {};
    }
    return "unknown option " + name;
}

Date today_utc() {
    SystemClock const clock;
    return date_from_day_number(
        std::chrono::floor<std::chrono::days>(clock.now()).time_since_epoch().count());
}

} // namespace

int sample_command(std::span<std::string const> args) {
    SampleOptions options;
    options.today = today_utc();
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i] == "--help" || args[i] == "-h") {
            std::cout << help;
            return 0;
        }
        if (i + 1 == args.size())
            return wrong_use(args[i].rfind("--", 0) == 0 ? args[i] + " needs a value"
                                                         : "unknown argument " + args[i]);
        auto const wrong = set_option(options, args[i], args[i + 1]);
        if (!wrong.empty())
            return wrong_use(wrong);
        ++i;
    }
    if (options.out_dir.empty())
        return wrong_use("--out is missing");

    constexpr std::int64_t steps = 20;
    std::int64_t next = options.members / steps;
    auto const written = write_sample(options, [&](SampleCounts const& counts) {
        if (counts.members < next)
            return;
        next += std::max<std::int64_t>(1, options.members / steps);
        std::cerr << "\rsample: " << counts.members << " of " << options.members << " members, "
                  << counts.eobs << " EOBs" << std::flush;
    });
    std::cerr << '\n';
    if (!written) {
        std::cerr << "sample: " << written.error().message << '\n';
        return written.error().kind == ErrorKind::InvalidInput ? 2 : 1;
    }
    auto const& counts = written.value();
    std::cerr << "sample: wrote " << counts.members << " members, " << counts.eobs << " EOBs, "
              << counts.planted << " planted discrepancies to " << options.out_dir << '\n';
    return 0;
}

} // namespace portico::central::sample
