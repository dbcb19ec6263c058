#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

enum class AcceptingPatients : std::uint8_t { Unknown, Yes, No, ExistingOnly, WaitingList };

/// One practitioner or organisation at one location: a row of "find a doctor".
/// Source: Plan-Net PractitionerRole / OrganizationAffiliation + Location.
struct ProviderListing {
    std::string id; ///< "<role id>/<location id>", stable over imports
    std::string name;
    bool is_person = true;
    std::string npi;
    std::vector<std::string> specialty_codes; ///< NUCC taxonomy
    std::vector<std::string> specialties;     ///< display words
    std::string address;                      ///< street, one line
    std::string city, state;
    std::string zip5; ///< first five digits, empty when the source has none
    std::string phone;
    std::optional<double> latitude, longitude;
    std::vector<std::string> network_ids;
    AcceptingPatients accepting = AcceptingPatients::Unknown;
    std::vector<std::string> languages; ///< BCP 47
    std::vector<std::string> accessibility;
};

/// "06511" from "065111234" or "06511-1234". Errors: InvalidInput "zip_invalid".
Result<std::string> zip5(std::string_view text);

} // namespace portico
