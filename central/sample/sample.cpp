#include "central/sample/sample.h"

#include "central/sample/claims.h"
#include "central/sample/fhir_write.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

namespace portico::central::sample {

namespace {

/// One NDJSON file, or the list of what was planted.
class OutFile {
public:
    OutFile(std::filesystem::path path)
        : path_(std::move(path)), stream_(path_, std::ios::binary | std::ios::trunc) {}
    void line(std::string const& text) { stream_ << text << '\n'; }
    void raw(std::string_view text) { stream_ << text; }
    /// True when everything reached the file system.
    Result<void> close() {
        stream_.close();
        if (stream_.fail())
            return error(ErrorKind::Unavailable, "sample_not_written",
                         "cannot write " + path_.string() +
                             ": is the folder writable and the disk not full?");
        return ok();
    }
    bool good() const { return stream_.good(); }

private:
    std::filesystem::path path_;
    std::ofstream stream_;
};

class SampleWriter {
public:
    explicit SampleWriter(SampleOptions const& options)
        : options_(options), world_(make_world(options.seed, options.members)),
          updated_(date_from_day_number(day_number(options.today) - 1)), folder_(options.out_dir) {}

    Result<SampleCounts> run(SampleProgress const& progress) {
        TRY(make_folder());
        open_files();
        write_plans();
        write_directory();
        planted_->raw("{\"planted\":[");
        for_each_family(options_, world_, [&](Family const& family) {
            write_family(family);
            if (progress)
                progress(counts_);
            return patients_->good() && coverages_->good() && eobs_->good();
        });
        planted_->raw("]}\n");
        for (auto const& file : files_)
            TRY(file->close());
        return counts_;
    }

private:
    Result<void> make_folder() {
        std::error_code failed;
        std::filesystem::create_directories(folder_, failed);
        if (failed || !std::filesystem::is_directory(folder_, failed))
            return error(ErrorKind::Unavailable, "sample_not_written",
                         "cannot make the folder " + folder_.string());
        return ok();
    }

    OutFile* open(char const* name) {
        files_.push_back(std::make_unique<OutFile>(folder_ / name));
        return files_.back().get();
    }

    void open_files() {
        patients_ = open("Patient.ndjson");
        coverages_ = open("Coverage.ndjson");
        eobs_ = open("ExplanationOfBenefit.ndjson");
        organizations_ = open("Organization.ndjson");
        planted_ = open("planted.json");
    }

    void write_plans() {
        auto* plans = open("InsurancePlan.ndjson");
        auto* items = open("Basic.ndjson");
        auto* drug_file = open("MedicationKnowledge.ndjson");
        std::set<std::string> networks;
        organizations_->line(payer_json(updated_));
        for (auto const& plan : world_.plans) {
            plans->line(plan_json(plan, updated_));
            plans->line(formulary_json(plan, updated_));
            if (networks.insert(plan.network_id).second)
                organizations_->line(network_json(plan, updated_));
            for (std::size_t drug = 0; drug < formulary_drug_count(); ++drug)
                items->line(formulary_item_json(plan, drug, updated_));
        }
        for (std::size_t drug = 0; drug < formulary_drug_count(); ++drug)
            drug_file->line(drug_json(drug, updated_));
    }

    void write_directory() {
        auto* practitioners = open("Practitioner.ndjson");
        auto* roles = open("PractitionerRole.ndjson");
        auto* affiliations = open("OrganizationAffiliation.ndjson");
        auto* services = open("HealthcareService.ndjson");
        auto* locations = open("Location.ndjson");
        for (auto const& place : world_.places) {
            locations->line(location_json(place, updated_));
            organizations_->line(group_json(place, updated_));
        }
        for (auto const& provider : world_.providers) {
            if (is_person(provider.kind)) {
                practitioners->line(practitioner_json(provider, world_, updated_));
                roles->line(role_json(provider, world_, updated_));
            } else {
                organizations_->line(facility_json(provider, world_, updated_));
                affiliations->line(affiliation_json(provider, world_, updated_));
                services->line(service_json(provider, world_, updated_));
            }
        }
    }

    void write_family(Family const& family) {
        if (!family.employer_id.empty() && employers_.insert(family.employer_id).second)
            organizations_->line(employer_json(family.employer_id, family.employer_name, updated_));
        for (auto const& person : family.members) {
            patients_->line(patient_json(person, updated_));
            coverages_->line(coverage_json(person, family, world_.plans[family.plan], updated_));
        }
        auto const plans = plan_claims(options_.seed, options_.today, world_, family);
        auto const claims = adjudicate(world_, family, plans);
        for (auto const& eob : claims.eobs)
            eobs_->line(eob_json(eob, updated_));
        for (auto const& planted : claims.planted)
            write_planted(planted);
        counts_.members += static_cast<std::int64_t>(family.members.size());
        counts_.families += 1;
        counts_.eobs += static_cast<std::int64_t>(claims.eobs.size());
    }

    void write_planted(Planted const& planted) {
        JsonWriter json;
        json.object([&] {
            json.field("eob", planted.eob.text());
            json.field("patient", planted.patient.text());
            json.field("finding", name(planted.finding));
            json.array("lines", [&] {
                for (int const line : planted.lines)
                    json.number_element(std::to_string(line));
            });
        });
        planted_->raw(counts_.planted == 0 ? "\n" : ",\n");
        planted_->raw(json.take());
        ++counts_.planted;
    }

    SampleOptions const& options_;
    World world_;
    Date updated_;
    std::filesystem::path folder_;
    SampleCounts counts_;
    std::set<std::string> employers_;
    std::vector<std::unique_ptr<OutFile>> files_;
    OutFile* patients_ = nullptr;
    OutFile* coverages_ = nullptr;
    OutFile* eobs_ = nullptr;
    OutFile* organizations_ = nullptr;
    OutFile* planted_ = nullptr;
};

} // namespace

Result<SampleCounts> write_sample(SampleOptions const& options, SampleProgress const& progress) {
    bool const usable = options.members >= 1 && options.members <= sample_members_max &&
                        options.eobs_each >= -1 && options.eobs_each <= sample_eobs_each_max &&
                        options.today.has_day() && options.today.year >= 1900 && options.today.year <= 9000 &&
                        !options.out_dir.empty();
    if (!usable)
        return error(ErrorKind::InvalidInput, "sample_options_invalid",
                     "a sample needs a folder, 1 to 10000000 members, at most 1000 EOBs of each and a day "
                     "between 1900 and 9000");
    return SampleWriter(options).run(progress);
}

} // namespace portico::central::sample
