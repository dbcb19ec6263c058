#pragma once

#include "shared/base/ids.h"
#include "shared/domain/date.h"
#include "shared/domain/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico {

struct PersonName {
    std::string given; ///< all given names, blank between
    std::string family;
    std::string full() const {
        return given.empty() ? family : family.empty() ? given : given + " " + family;
    }
    bool operator==(PersonName const&) const = default;
};

struct PostalAddress {
    std::vector<std::string> lines;
    std::string city;
    std::string state;
    std::string zip; ///< as written: "06511", "065111234", "06511-1234"
    bool operator==(PostalAddress const&) const = default;
};

/// FHIR Patient, what a service desk needs of it. SSN-like identifiers are not kept here.
struct Member {
    PatientId id;
    std::string member_id; ///< the plan's member number, as on the card
    PersonName name;
    Date birth_date;
    PostalAddress address;
    std::string phone;
    std::string email;
    std::string language; ///< BCP 47; empty when unknown
};

enum class LineOfBusiness : std::uint8_t {
    Individual,
    Family,
    Employer,
    MedicareAdvantage,
    Medicaid,
    Unknown
};

/// FHIR Coverage (C4BB / C4DIC).
struct Coverage {
    CoverageId id;
    PatientId beneficiary;
    std::string subscriber_id; ///< member number of the subscriber
    std::string subscriber_name;
    std::string dependant_number; ///< Coverage.dependent, "01"
    std::string relationship;     ///< self, spouse, child...
    std::string payer_name;
    std::string plan_id; ///< InsurancePlan id or class "plan" value
    std::string plan_name;
    std::string group; ///< class "group" value
    std::string rx_bin, rx_pcn, rx_group, rx_id;
    Period period;
    bool active = true; ///< status active
    LineOfBusiness line_of_business = LineOfBusiness::Unknown;
    bool active_on(Date day) const { return active && period.contains(day); }
};

enum class AccumulatorKind : std::uint8_t { Deductible, OutOfPocket };
enum class AccumulatorScope : std::uint8_t { Individual, Family };

/// Deductible or out-of-pocket maximum and how far it is met in the plan year.
struct Accumulator {
    AccumulatorKind kind{};
    AccumulatorScope scope{};
    bool in_network = true;
    Money limit;
    Money met; ///< counted from EOBs in force in the plan year
    Period plan_year;
};

} // namespace portico
