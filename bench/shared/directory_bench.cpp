// Find a doctor without a network: the time to the first page among 1,000,000 provider locations.
// usage: directory_bench [LOCATIONS] [FOLDER]   (the made-up directory is kept in FOLDER for the next run)

#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "shared/client/provider_index.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr int first_page = 20;
constexpr int searches = 600;
constexpr double limit_ms = 10;

constexpr std::array given{"Avery", "Blair", "Casey", "Devon", "Ellis",  "Frankie", "Gray",   "Harper",
                           "Indy",  "Jules", "Kai",   "Logan", "Morgan", "Noel",    "Oakley", "Parker"};
constexpr std::array family{"Testa",  "Sampleton", "Mockford", "Exampleby", "Trialwood", "Draftley",
                            "Demoss", "Placehold", "Fixture",  "Stubbens",  "Loremby",   "Ipsumson"};
constexpr std::array specialty{"Family Medicine",
                               "Cardiovascular Disease",
                               "Dermatology",
                               "Pediatrics",
                               "Internal Medicine",
                               "Psychiatry",
                               "Physical Therapy",
                               "Optometry",
                               "General Dentistry",
                               "Orthopaedic Surgery",
                               "Obstetrics & Gynecology",
                               "Neurology"};

/// Towns of different sizes over the United States; a ZIP lies in one place.
struct Town {
    std::string zip;
    double latitude, longitude;
};

std::vector<Town> towns(std::mt19937& random) {
    std::vector<Town> all;
    std::uniform_real_distribution<double> latitude(30, 47);
    std::uniform_real_distribution<double> longitude(-120, -72);
    for (int i = 0; i < 20'000; ++i) {
        char zip[8];
        std::snprintf(zip, sizeof zip, "%05d", 1000 + i * 4);
        all.push_back({zip, latitude(random), longitude(random)});
    }
    return all;
}

template <class List>
auto pick(List const& list, std::mt19937& random) {
    return list[random() % list.size()];
}

/// The square of an even share: a few towns have most of the providers.
Town const& busy_town(std::vector<Town> const& all, std::mt19937& random) {
    double const share = std::generate_canonical<double, 32>(random);
    return all[static_cast<std::size_t>(share * share * double(all.size()))];
}

ProviderListing listing(int number, std::vector<Town> const& all, std::mt19937& random) {
    auto const& town = busy_town(all, random);
    std::normal_distribution<double> near(0, 0.03);
    ProviderListing made;
    made.id = "role-" + std::to_string(number) + "/location-" + std::to_string(number);
    made.name =
        std::string(pick(given, random)) + " " + pick(family, random) + " " + std::to_string(random() % 5000);
    made.npi = "1999" + std::to_string(100000 + number % 900000);
    made.specialties = {pick(specialty, random)};
    made.address = std::to_string(1 + random() % 999) + " Sample Street";
    made.city = "Testville";
    made.state = "XX";
    made.zip5 = town.zip;
    made.phone = "555-0100";
    made.latitude = town.latitude + near(random);
    made.longitude = town.longitude + near(random);
    made.network_ids = {"network-" + std::to_string(random() % 4)};
    made.accepting = random() % 3 == 0 ? AcceptingPatients::No : AcceptingPatients::Yes;
    made.languages = {"en"};
    return made;
}

void build(std::filesystem::path const& file, int count, std::vector<Town> const& all) {
    std::mt19937 random(7);
    auto database = storage::Database::open(file).value();
    database.execute("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000").value();
    database.execute(std::string(client::provider_schema_v1)).value();
    for (int i = 0; i < count;) {
        auto transaction = storage::Transaction::begin(database).value();
        for (int k = 0; k < 20'000 && i < count; ++k, ++i)
            client::put_provider(database, listing(i, all, random), 1).value();
        transaction.commit().value();
        std::fprintf(stderr, "\rdirectory: %d of %d", i, count);
    }
    std::fprintf(stderr, "\n");
    database.execute("PRAGMA user_version=1").value();
}

bool is_complete(std::filesystem::path const& file) {
    if (!std::filesystem::exists(file))
        return false;
    auto database = storage::Database::open(file).value();
    auto query = database.prepare("PRAGMA user_version").value();
    return query.step().value() && query.integer(0) == 1;
}

} // namespace

int main(int count, char** words) {
    int const locations = count > 1 ? std::atoi(words[1]) : 1'000'000;
    std::filesystem::path const folder =
        count > 2 ? words[2] : std::filesystem::temp_directory_path().string();
    auto const file = folder / ("portico-directory-" + std::to_string(locations) + ".db");
    std::mt19937 random(7);
    auto const all = towns(random);
    if (!is_complete(file)) {
        std::filesystem::remove(file);
        build(file, locations, all);
    }
    auto database = storage::Database::open(file, storage::OpenMode::ReadOnly).value();
    std::vector<double> by_specialty, by_name;
    std::size_t found = 0;
    for (int i = 0; i < searches; ++i) {
        client::ProviderQuery query;
        query.zip5 = busy_town(all, random).zip;
        query.limit = first_page;
        bool const name = i % 2 == 0;
        query.words = name ? std::string(pick(given, random)) + " " + pick(family, random)
                           : std::string(pick(specialty, random));
        double const begin = thread_cpu_ms();
        auto const page = client::search_providers(database, query).value();
        (name ? by_name : by_specialty).push_back(thread_cpu_ms() - begin);
        found += page.providers.size();
    }
    std::printf(
        "%d locations; %.1f lines a search on the first page; medians: specialty %.2f ms, name %.2f ms\n",
        locations, double(found) / searches, median(by_specialty), median(by_name));
    report_limit("directory_specialty_p99", quantile(by_specialty, 0.99), "ms", limit_ms);
    report_limit("directory_name_p99", quantile(by_name, 0.99), "ms", limit_ms);
    return 0;
}
