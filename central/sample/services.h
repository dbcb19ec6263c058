#pragma once

#include "central/sample/plans.h"
#include "shared/domain/code.h"

#include <span>

namespace portico::central::sample {

/// Something a provider bills.
struct Service {
    std::string_view system;
    std::string_view code;
    std::string_view display; ///< our own words
    std::int64_t charge_cents = 0;
    Benefit benefit = Benefit::Preventive;
};

/// A diagnosis that fits a visit.
struct Diagnosis {
    std::string_view code; ///< ICD-10-CM
    std::string_view display;
};

namespace services {
inline constexpr std::string_view cpt = "http://www.ama-assn.org/go/cpt";
inline constexpr std::string_view cdt = "http://www.ada.org/cdt";
inline constexpr std::string_view ndc = "http://hl7.org/fhir/sid/ndc";
inline constexpr std::string_view revenue = "https://www.nubc.org/CodeSystem/RevenueCodes";

extern Service const office_visit, long_office_visit, specialist_visit, preventive_visit, urgent_visit,
    emergency_visit, counseling, blood_count, metabolic_panel, blood_draw, chest_xray, knee_mri, colonoscopy,
    cataract_surgery, cosmetic, room_and_board, operating_room, hospital_pharmacy;
/// For adults and for children, so that a random pick makes sense.
std::span<Service const> office();
std::span<Service const> specialty();
std::span<Service const> laboratory();
std::span<Service const> imaging();
std::span<Service const> outpatient();
std::span<Service const> drugs();
std::span<Service const> dental();
std::span<Diagnosis const> diagnoses();
} // namespace services

} // namespace portico::central::sample
