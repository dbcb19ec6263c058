#pragma once

#include "central/sample/plans.h"
#include "central/sample/random.h"
#include "shared/domain/directory.h"
#include "shared/domain/eob.h"

#include <string>
#include <vector>

namespace portico::central::sample {

enum class ProviderKind : std::uint8_t {
    PrimaryCare,
    Pediatrics,
    Cardiology,
    Orthopedics,
    Dermatology,
    Psychology,
    Dentist, ///< the last of the persons
    Hospital,
    Laboratory,
    ImagingCenter,
    UrgentCare,
    Pharmacy,
};
constexpr std::size_t provider_kind_count = 12;

inline bool is_person(ProviderKind kind) {
    return kind <= ProviderKind::Dentist;
}

/// Where care is given; several providers share one.
struct Place {
    std::string id; ///< of the Location
    std::string name;
    std::string organization_id;
    std::string organization_name;
    PostalAddress address;
    double latitude = 0;
    double longitude = 0;
    std::string phone;
    bool step_free = false;
};

/// A practitioner or an organisation that bills.
struct Provider {
    std::size_t number = 0;
    ProviderKind kind{};
    std::string id;      ///< of the Practitioner or Organization
    std::string role_id; ///< of the PractitionerRole or OrganizationAffiliation
    std::string npi;
    PersonName person;
    std::string name;
    std::string gender;
    std::vector<std::size_t> places;
    std::vector<std::string> network_ids;
    std::vector<std::string> languages; ///< BCP 47
    AcceptingPatients accepting = AcceptingPatients::Yes;
    Date in_networks_since;

    bool in_network(std::string const& network_id) const;
    EobParty party() const;
};

struct Taxonomy {
    std::string_view code; ///< NUCC
    std::string_view display;
};
Taxonomy taxonomy(ProviderKind kind);

/// Everything of the sample that is not a member's.
struct World {
    std::vector<SamplePlan> plans;
    std::vector<Place> places;
    std::vector<Provider> providers;
    /// By kind: indexes into `providers`. The first of a kind is in every network, the last in none.
    std::array<std::vector<std::size_t>, provider_kind_count> by_kind;

    Provider const& some(Random& random, ProviderKind kind, std::string const& network_id) const;
    Provider const& outside(ProviderKind kind) const; ///< in no network
};

/// `members` sets how many providers there are: 60 for a small plan, up to 6,000.
World make_world(std::uint64_t seed, std::int64_t members);

} // namespace portico::central::sample
