#include "central/sample/families.h"

#include "central/sample/known_people.h"
#include "central/sample/sample.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace portico::central::sample {

namespace {

constexpr std::array<std::string_view, 28> given_names{
    "Avery",  "Bailey", "Cameron", "Devon",   "Elliot", "Frankie",     "Glenn",
    "Hayden", "Ira",    "Jordan",  "Kendall", "Logan",  "Morgan",      "Nico",
    "Oakley", "Parker", "Quincy",  "Riley",   "Sydney", "Taylor",      "Ulani",
    "Val",    "Winter", "Xen",     "Yuri",    "Zion",   "Jos\xC3\xA9", "Zo\xC3\xAB"};
constexpr std::array<std::string_view, 20> family_names{"Example",
                                                        "Samplewell",
                                                        "Testerman",
                                                        "Madeupson",
                                                        "Demopoulos",
                                                        "Mockingham",
                                                        "Fixtureson",
                                                        "Trialova",
                                                        "Prototype",
                                                        "Specimen",
                                                        "Nobody",
                                                        "Anyperson",
                                                        "Fauxley",
                                                        "Imagino",
                                                        "Inventado",
                                                        "Falsoni",
                                                        "Beispiel",
                                                        "Muestra",
                                                        "Exempl\xC3\xA9",
                                                        "Pr\xC3\xB3"
                                                        "ba"};
constexpr std::array<std::string_view, 4> towns{"Testville", "Exampleton", "Sampleford", "Mockbridge"};
constexpr std::array<std::string_view, 4> zips{"06101", "06510", "06604", "06702"};

/// After Alex's family, in this order, when the sample has room for them.
enum class Special : std::uint8_t { LongName, Accented, Khmer, Arabic, WithoutClaims, ManyClaims, None };

/// Families from this one on carry a planted discrepancy: first one of each kind, then one in so many.
constexpr std::uint64_t first_planted_family = 7;
constexpr std::uint64_t planted_kinds = 9;
constexpr std::uint64_t later_planted_every = 29;

std::string padded(std::int64_t number, int width) {
    std::array<char, 32> buffer{};
    static_cast<void>(
        std::snprintf(buffer.data(), buffer.size(), "%0*lld", width, static_cast<long long>(number)));
    return buffer.data();
}

Date years_before(Date today, int years, Random& random) {
    auto const days = static_cast<std::int64_t>(years) * 365 + static_cast<std::int64_t>(random.below(365));
    return date_from_day_number(day_number(today) - days);
}

/// What all members of a family have in common.
struct Household {
    std::uint64_t family = 0;
    std::int64_t first_member = 0; ///< number of the subscriber, from 1
    std::string family_name;
    PostalAddress address;
    std::string group;
    SamplePlan const* plan = nullptr;
    Period period;
};

SampleMember make_member(Household const& house, int position, std::string given, std::string relationship) {
    auto const number = house.first_member + position;
    auto const subscriber = "SHP" + std::to_string(10'000'000 + house.first_member);
    auto const dependant = padded(position + 1, 2);
    SampleMember out;
    out.member.id = PatientId("patient-" + padded(number, 7));
    out.member.member_id = subscriber + "-" + dependant;
    out.member.name = {std::move(given), house.family_name};
    out.member.address = house.address;
    out.member.phone = "860-555-01" + padded(number % 100, 2);
    out.member.email = "member" + std::to_string(number) + "@example.org";
    out.member.language = "en";

    auto const& plan = house.plan->plan;
    out.coverage.id = CoverageId("coverage-" + padded(number, 7));
    out.coverage.beneficiary = out.member.id;
    out.coverage.subscriber_id = subscriber;
    out.coverage.dependant_number = dependant;
    out.coverage.relationship = std::move(relationship);
    out.coverage.payer_name = known::payer_name;
    out.coverage.plan_id = plan.id;
    out.coverage.plan_name = plan.name;
    out.coverage.group = house.group;
    out.coverage.rx_bin = "999999";
    out.coverage.rx_pcn = "SHPRX";
    out.coverage.rx_group = house.group;
    out.coverage.rx_id = subscriber + dependant;
    out.coverage.period = house.period;
    out.coverage.line_of_business = plan.line_of_business;
    return out;
}

Family alex_family(World const& world, Date today) {
    Family family;
    family.plan = 2;
    family.employer_id = "employer-100";
    family.employer_name = "Testco";
    Household house;
    house.first_member = 1;
    house.family_name = known::alex_family_name;
    house.address = {
        {"12 Example Street"}, std::string(known::alex_city), "CT", std::string(known::alex_zip)};
    house.group = known::alex_group;
    house.plan = &world.plans[family.plan];
    house.period = {{today.year - 2, 1, 1}, {}};

    auto alex = make_member(house, 0, std::string(known::alex_given_name), "self");
    alex.member.birth_date = {1984, 5, 17};
    alex.member.phone = known::alex_phone;
    alex.member.email = known::alex_email;
    alex.gender = "female";
    auto jamie = make_member(house, 1, "Jamie", "spouse");
    jamie.member.birth_date = {1983, 11, 2};
    jamie.gender = "male";
    auto robin = make_member(house, 2, "Robin", "child");
    robin.member.birth_date = {2014, 8, 30};
    robin.gender = "other";
    family.members = {std::move(alex), std::move(jamie), std::move(robin)};
    return family;
}

Special special_of(std::uint64_t family, std::int64_t members) {
    if (family < 1 || family > 6 || members < known::special_families_members_min)
        return Special::None;
    auto const special = static_cast<Special>(family - 1);
    if (special == Special::ManyClaims && members < known::many_claims_members_min)
        return Special::None;
    return special;
}

void make_special(Special special, Family& family) {
    auto& first = family.members.front();
    auto const name_all = [&](std::string_view given, std::string_view family_name, char const* language) {
        first.member.name.given = given;
        first.member.language = language;
        for (auto& each : family.members)
            each.member.name.family = family_name;
    };
    switch (special) {
    case Special::LongName:
        name_all("Maximiliana-Bartholomea Alexandrina", known::long_name_family, "en");
        break;
    case Special::Accented:
        name_all(known::accented_given, known::accented_family, "es");
        break;
    case Special::Khmer:
        name_all(known::khmer_given, known::khmer_family, "km");
        break;
    case Special::Arabic:
        name_all(known::arabic_given, known::arabic_family, "ar");
        break;
    case Special::WithoutClaims:
        first.member.name.given = known::without_claims_given;
        for (auto& each : family.members)
            each.is_dead_end = true;
        break;
    case Special::ManyClaims:
        first.member.name.given = known::many_claims_given;
        first.claim_count = known::many_claims_count;
        break;
    case Special::None:
        break;
    }
}

std::optional<FindingKind> planted_in(std::uint64_t family) {
    if (family < first_planted_family)
        return std::nullopt;
    auto const place = family - first_planted_family;
    if (place < planted_kinds)
        return static_cast<FindingKind>(place);
    if (place % later_planted_every == 0)
        return static_cast<FindingKind>(place / later_planted_every % planted_kinds);
    return std::nullopt;
}

std::size_t plan_of(Random& random, std::optional<FindingKind> planted) {
    constexpr std::size_t employer = 2;
    // Only the PPO has both maxima and pays outside its network.
    if (planted)
        return employer;
    auto const roll = random.below(100);
    return roll < 12 ? 0U : roll < 30 ? 1U : roll < 68 ? employer : roll < 84 ? 3U : 4U;
}

int size_of(Random& random, LineOfBusiness line) {
    switch (line) {
    case LineOfBusiness::Individual:
    case LineOfBusiness::MedicareAdvantage:
        return 1;
    case LineOfBusiness::Family:
        return random.between(2, 5);
    default:
        return random.between(1, 4);
    }
}

void set_person(Random& random, SampleMember& person, LineOfBusiness line, int position, Date today) {
    int const age = line == LineOfBusiness::MedicareAdvantage ? random.between(66, 92)
                    : position < 2                            ? random.between(24, 62)
                                                              : random.between(3, 19);
    person.member.birth_date = years_before(today, age, random);
    auto const roll = random.below(100);
    person.gender = roll < 49 ? "female" : roll < 98 ? "male" : "other";
    if (random.chance(15))
        person.member.language = "es";
}

Family make_family(SampleOptions const& options, World const& world, std::uint64_t number,
                   std::int64_t first_member) {
    constexpr std::uint64_t family_part = 0x10000000ULL;
    Random random(options.seed, family_part + number);
    Family family;
    family.number = number;
    auto const special = special_of(number, options.members);
    if (special == Special::None)
        family.planted = planted_in(number);
    family.plan = special == Special::ManyClaims ? 3 : plan_of(random, family.planted);
    auto const& plan = world.plans[family.plan];

    Household house;
    house.family = number;
    house.first_member = first_member;
    house.family_name = random.pick(family_names);
    auto const town = static_cast<std::size_t>(random.below(towns.size()));
    house.address = {{std::to_string(random.between(1, 400)) + " Sample Avenue"},
                     std::string(towns[town]),
                     "CT",
                     std::string(zips[town])};
    if (random.chance(30))
        house.address.zip += "-" + padded(static_cast<std::int64_t>(random.below(9000)) + 1000, 4);
    house.plan = &plan;
    house.period = {{options.today.year - 2, 1, 1}, {}};
    house.group = "SHP-DIRECT";
    if (plan.plan.line_of_business == LineOfBusiness::Employer) {
        auto const employer = random.between(101, 120);
        family.employer_id = "employer-" + std::to_string(employer);
        family.employer_name = "Example Works " + std::to_string(employer);
        house.group = "EXW-" + std::to_string(employer);
    }

    int const size = special == Special::ManyClaims ? 1 : size_of(random, plan.plan.line_of_business);
    for (int i = 0; i < size; ++i) {
        auto person = make_member(house, i, std::string(random.pick(given_names)),
                                  i == 0   ? "self"
                                  : i == 1 ? "spouse"
                                           : "child");
        set_person(random, person, plan.plan.line_of_business, i, options.today);
        family.members.push_back(std::move(person));
    }
    make_special(special, family);
    return family;
}

/// A plan of a known size, to measure with.
void even_out(Family& family, int eobs_each) {
    family.planted.reset();
    for (auto& each : family.members) {
        each.is_dead_end = false;
        each.claim_count = eobs_each;
    }
}

} // namespace

void for_each_family(SampleOptions const& options, World const& world,
                     std::function<bool(Family const&)> const& take) {
    std::int64_t made = 0;
    for (std::uint64_t number = 0; made < options.members; ++number) {
        auto family =
            number == 0 ? alex_family(world, options.today) : make_family(options, world, number, made + 1);
        if (number != 0 && options.eobs_each >= 0)
            even_out(family, options.eobs_each);
        auto const room = static_cast<std::size_t>(options.members - made);
        if (family.members.size() > room)
            family.members.resize(room);
        made += static_cast<std::int64_t>(family.members.size());
        auto const subscriber = family.members.front().member.name.full();
        for (auto& each : family.members)
            each.coverage.subscriber_name = subscriber;
        if (!take(family))
            return;
    }
}

} // namespace portico::central::sample
