#include "central/sample/providers.h"

#include "central/sample/known_people.h"
#include "shared/domain/npi.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace portico::central::sample {

namespace {

constexpr std::array<Taxonomy, provider_kind_count> taxonomies{{{"207Q00000X", "Family Medicine"},
                                                                {"208000000X", "Pediatrics"},
                                                                {"207RC0000X", "Cardiovascular Disease"},
                                                                {"207X00000X", "Orthopaedic Surgery"},
                                                                {"207N00000X", "Dermatology"},
                                                                {"103T00000X", "Psychologist"},
                                                                {"122300000X", "Dentist"},
                                                                {"282N00000X", "General Acute Care Hospital"},
                                                                {"291U00000X", "Clinical Medical Laboratory"},
                                                                {"261QR0200X", "Radiology Clinic"},
                                                                {"261QU0200X", "Urgent Care Clinic"},
                                                                {"333600000X", "Pharmacy"}}};

constexpr std::array<std::string_view, 24> given_names{
    "Avery",  "Blake", "Casey", "Dana",  "Eden",   "Finley", "Gray",   "Harper",
    "Indigo", "Jules", "Kai",   "Lane",  "Marlow", "Noel",   "Oakley", "Perry",
    "Quinn",  "Reese", "Sage",  "Tatum", "Uma",    "Vale",   "Wren",   "Yael"};
constexpr std::array<std::string_view, 20> family_names{
    "Madeup",   "Testington", "Samplewood", "Exampleman", "Mockford",  "Trialson", "Demosley",
    "Placebo",  "Fixture",    "Stubbs",     "Dummett",    "Protowitz", "Draftsen", "Modelli",
    "Specimen", "Nonesuch",   "Anyname",    "Somebody",   "Whoever",   "Imaginero"};

struct Town {
    std::string_view name;
    std::string_view zip;
    double latitude;
    double longitude;
};
constexpr std::array<Town, 6> towns{{{"Testville", "06101", 41.764, -72.682},
                                     {"Exampleton", "06510", 41.308, -72.927},
                                     {"Sampleford", "06604", 41.179, -73.195},
                                     {"Mockbridge", "06702", 41.556, -73.041},
                                     {"Demoport", "06320", 41.354, -72.101},
                                     {"Fixturebury", "06810", 41.394, -73.454}}};

std::string padded(std::uint64_t number, int width) {
    std::array<char, 32> buffer{};
    static_cast<void>(std::snprintf(buffer.data(), buffer.size(), "%0*llu", width,
                                    static_cast<unsigned long long>(number)));
    return buffer.data();
}

/// 1999 begins no NPI that is given out in earnest to so many; the check digit is right.
std::string made_up_npi(std::size_t number) {
    auto const nine = "1999" + padded(number + 1, 5);
    return nine + npi_check_digit(nine);
}

struct Share {
    ProviderKind kind;
    int of_100;
};
constexpr std::array<Share, provider_kind_count> shares{{{ProviderKind::PrimaryCare, 20},
                                                         {ProviderKind::Pediatrics, 10},
                                                         {ProviderKind::Cardiology, 8},
                                                         {ProviderKind::Orthopedics, 8},
                                                         {ProviderKind::Dermatology, 8},
                                                         {ProviderKind::Psychology, 10},
                                                         {ProviderKind::Dentist, 10},
                                                         {ProviderKind::Hospital, 5},
                                                         {ProviderKind::Laboratory, 5},
                                                         {ProviderKind::ImagingCenter, 5},
                                                         {ProviderKind::UrgentCare, 5},
                                                         {ProviderKind::Pharmacy, 6}}};

std::string phone(Random& random) {
    return "555-01" + padded(random.below(100), 2);
}

Place make_place(Random& random, std::size_t number) {
    auto const& town = towns[number % towns.size()];
    static constexpr std::array<std::string_view, 6> streets{
        "Example Street", "Sample Avenue", "Test Road", "Demo Lane", "Fixture Square", "Mock Boulevard"};
    Place place;
    place.id = "location-" + padded(number + 1, 5);
    place.organization_id = "group-" + padded(number + 1, 5);
    place.organization_name = std::string(town.name) + " Care Group " + std::to_string(number + 1);
    place.name = place.organization_name;
    place.address.lines = {std::to_string(random.between(1, 900)) + " " + std::string(random.pick(streets))};
    place.address.city = town.name;
    place.address.state = "CT";
    place.address.zip = town.zip;
    // Up to some 5 km about the town, in steps of a ten-thousandth of a degree.
    place.latitude = town.latitude + random.between(-450, 450) / 10000.0;
    place.longitude = town.longitude + random.between(-450, 450) / 10000.0;
    place.phone = phone(random);
    place.step_free = random.chance(70);
    return place;
}

std::string organization_name(Provider const& provider, Place const& place) {
    auto const& town = place.address.city;
    auto const number = " " + std::to_string(provider.number + 1);
    switch (provider.kind) {
    case ProviderKind::Hospital:
        return town + " Example Hospital" + number;
    case ProviderKind::Laboratory:
        return town + " Sample Laboratory" + number;
    case ProviderKind::ImagingCenter:
        return town + " Test Imaging" + number;
    case ProviderKind::UrgentCare:
        return town + " Urgent Care" + number;
    default:
        return town + " Example Pharmacy" + number;
    }
}

AcceptingPatients accepting(Random& random) {
    auto const roll = random.below(100);
    return roll < 70   ? AcceptingPatients::Yes
           : roll < 84 ? AcceptingPatients::No
                       : AcceptingPatients::ExistingOnly;
}

void set_languages(Random& random, Provider& provider) {
    static constexpr std::array<std::string_view, 8> others{"es", "pt", "zh", "ht", "vi", "ru", "ar", "km"};
    provider.languages = {"en"};
    if (random.chance(45))
        provider.languages.emplace_back(random.chance(50) ? others[0] : random.pick(others));
}

void set_networks(Random& random, Provider& provider, std::vector<SamplePlan> const& plans, bool all,
                  bool none) {
    std::vector<std::string> names;
    for (auto const& plan : plans)
        if (std::find(names.begin(), names.end(), plan.network_id) == names.end())
            names.push_back(plan.network_id);
    for (auto const& name : names) {
        bool const joins = random.chance(75);
        if (all || (joins && !none))
            provider.network_ids.push_back(name);
    }
}

Provider make_provider(Random& random, World const& world, std::size_t number, ProviderKind kind) {
    Provider provider;
    provider.number = number;
    provider.kind = kind;
    provider.npi = made_up_npi(number);
    provider.places = {static_cast<std::size_t>(random.below(world.places.size()))};
    if (is_person(kind) && random.chance(25)) {
        auto const second = static_cast<std::size_t>(random.below(world.places.size()));
        if (second != provider.places.front())
            provider.places.push_back(second);
    }
    if (is_person(kind)) {
        provider.id = "practitioner-" + padded(number + 1, 5);
        provider.role_id = "role-" + padded(number + 1, 5);
        provider.person = {std::string(random.pick(given_names)), std::string(random.pick(family_names))};
        provider.name = provider.person.full();
        provider.gender = random.chance(50) ? "female" : "male";
    } else {
        provider.id = "facility-" + padded(number + 1, 5);
        provider.role_id = "affiliation-" + padded(number + 1, 5);
        provider.name = organization_name(provider, world.places[provider.places.front()]);
    }
    set_languages(random, provider);
    provider.accepting = accepting(random);
    provider.in_networks_since = {2015, 1, 1};
    return provider;
}

} // namespace

bool Provider::in_network(std::string const& network_id) const {
    return std::find(network_ids.begin(), network_ids.end(), network_id) != network_ids.end();
}

EobParty Provider::party() const {
    return {(is_person(kind) ? "Practitioner/" : "Organization/") + id, name, npi};
}

Taxonomy taxonomy(ProviderKind kind) {
    return taxonomies.at(static_cast<std::size_t>(kind));
}

Provider const& World::some(Random& random, ProviderKind kind, std::string const& network_id) const {
    auto const& all = by_kind[static_cast<std::size_t>(kind)];
    auto const start = random.below(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const& provider = providers[all[(start + i) % all.size()]];
        if (provider.in_network(network_id))
            return provider;
    }
    return providers[all.front()];
}

Provider const& World::outside(ProviderKind kind) const {
    return providers[by_kind[static_cast<std::size_t>(kind)].back()];
}

World make_world(std::uint64_t seed, std::int64_t members) {
    constexpr std::uint64_t world_part = 0xD1EC7017ULL;
    constexpr std::int64_t providers_min = 60;
    constexpr std::int64_t providers_max = 6000;
    Random random(seed, world_part);
    World world;
    world.plans = make_plans();
    auto const count =
        static_cast<std::size_t>(std::clamp(providers_min + members / 20, providers_min, providers_max));
    for (std::size_t i = 0; i < count / 3; ++i)
        world.places.push_back(make_place(random, i));

    for (auto const& share : shares) {
        // At least the one in every network, the one in none, and one between.
        auto const of_kind = std::max<std::size_t>(3, count * static_cast<std::size_t>(share.of_100) / 100);
        for (std::size_t i = 0; i < of_kind; ++i) {
            auto provider = make_provider(random, world, world.providers.size(), share.kind);
            set_networks(random, provider, world.plans, i == 0, i + 1 == of_kind);
            world.by_kind[static_cast<std::size_t>(share.kind)].push_back(provider.number);
            world.providers.push_back(std::move(provider));
        }
    }
    return world;
}

} // namespace portico::central::sample
