#pragma once

#include <cstdint>
#include <string_view>

/// Who is in every sample plan, whatever its seed, so that demos and tests can rely on them. All made up.
namespace portico::central::sample::known {

inline constexpr std::string_view payer_name = "Sample Health Plan";
inline constexpr std::string_view payer_id = "payer-sample";
inline constexpr std::string_view service_phone = "1-800-555-0100";
inline constexpr std::string_view web = "https://plan.example.org";

/// Member 1. Plan: the employer PPO below, with the family.
inline constexpr std::string_view alex_patient_id = "patient-0000001";
inline constexpr std::string_view alex_member_id = "SHP10000001-01";
inline constexpr std::string_view alex_coverage_id = "coverage-0000001";
inline constexpr std::string_view alex_given_name = "Alex";
inline constexpr std::string_view alex_family_name = "Sample";
inline constexpr std::string_view alex_birth_date = "1984-05-17";
inline constexpr std::string_view alex_zip = "06101";
inline constexpr std::string_view alex_city = "Testville";
inline constexpr std::string_view alex_phone = "860-555-0101";
inline constexpr std::string_view alex_email = "alex.sample@example.org";
inline constexpr std::string_view alex_plan_id = "plan-silver-ppo";
inline constexpr std::string_view alex_plan_name = "Sample Silver PPO";
inline constexpr std::string_view alex_group = "TESTCO-100";

/// Members 2 and 3: partner and child (born 2014).
inline constexpr std::string_view jamie_patient_id = "patient-0000002";
inline constexpr std::string_view jamie_member_id = "SHP10000001-02";
inline constexpr std::string_view robin_patient_id = "patient-0000003";
inline constexpr std::string_view robin_member_id = "SHP10000001-03";

/// Alex's EOBs that stand for something. Each is there from members = 1 on.
inline constexpr std::string_view alex_clean_eob = "eob-0000001-0001";          ///< paid, adds up, no finding
inline constexpr std::string_view alex_duplicate_line_eob = "eob-0000001-0002"; ///< lines 2 and 3
inline constexpr std::string_view alex_denied_eob = "eob-0000001-0003";         ///< denied, and rightly so
inline constexpr std::string_view alex_denied_yet_billed_eob = "eob-0000001-0004";
inline constexpr std::string_view alex_replaced_eob = "eob-0000001-0005"; ///< cancelled, by the next
inline constexpr std::string_view alex_replacement_eob = "eob-0000001-0006";
inline constexpr std::string_view alex_in_progress_eob = "eob-0000001-0007"; ///< nothing decided yet

/// First members of further families, present when the sample has at least this many members.
inline constexpr std::int64_t special_families_members_min = 20;
inline constexpr std::string_view long_name_family =
    "Featherstonehaugh-Wolfeschlegelstein-Montgomery-Sampleton";
inline constexpr std::string_view accented_given = "\xC3\x81ngela Mar\xC3\xAD"
                                                   "a";
inline constexpr std::string_view accented_family = "Ord\xC3\xB3\xC3\xB1"
                                                    "ez-Ejemplo";
/// Khmer and Arabic for "example" and the like.
inline constexpr std::string_view khmer_given =
    "\xE1\x9E\xA7\xE1\x9E\x91\xE1\x9E\xB6\xE1\x9E\xA0\xE1\x9E\x9A\xE1\x9E\x8E\xE1\x9F\x8D";
inline constexpr std::string_view khmer_family =
    "\xE1\x9E\x9F\xE1\x9E\xB6\xE1\x9E\x80\xE1\x9E\x9B\xE1\x9F\x92\xE1\x9E\x94\xE1\x9E\x84";
inline constexpr std::string_view arabic_given = "\xD8\xAA\xD8\xAC\xD8\xB1\xD8\xA8\xD8\xA9";
inline constexpr std::string_view arabic_family = "\xD9\x85\xD8\xAB\xD8\xA7\xD9\x84";
inline constexpr std::string_view without_claims_given = "Noclaims";

/// Present from this many members on: one with 5,000 claims.
inline constexpr std::int64_t many_claims_members_min = 200;
inline constexpr int many_claims_count = 5000;
inline constexpr std::string_view many_claims_given = "Manyclaims";

} // namespace portico::central::sample::known
