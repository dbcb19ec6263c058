#pragma once

#include "central/plan/judged_eob.h"
#include "central/plan/plan_records.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace portico::central {

/// The plan's records as JSON text, as the store keeps them (sealed or plain).
template <class T>
std::string encode(T const& record);
/// Errors: Corrupt "record_unreadable".
template <class T>
Result<T> decode(std::string_view text);

extern template std::string encode(MemberRecord const&);
extern template std::string encode(CoverageRecord const&);
extern template std::string encode(Eob const&);
extern template std::string encode(StoredSummary const&);
extern template std::string encode(JudgedEob const&);
extern template std::string encode(PractitionerRecord const&);
extern template std::string encode(OrganizationRecord const&);
extern template std::string encode(LocationRecord const&);
extern template std::string encode(ServiceRecord const&);
extern template std::string encode(RoleRecord const&);
extern template std::string encode(PlanRecord const&);
extern template std::string encode(DrugRecord const&);
extern template std::string encode(FormularyItemRecord const&);
extern template std::string encode(ProviderListing const&);
extern template std::string encode(InsurancePlan const&);

extern template Result<MemberRecord> decode(std::string_view);
extern template Result<CoverageRecord> decode(std::string_view);
extern template Result<Eob> decode(std::string_view);
extern template Result<StoredSummary> decode(std::string_view);
extern template Result<JudgedEob> decode(std::string_view);
extern template Result<PractitionerRecord> decode(std::string_view);
extern template Result<OrganizationRecord> decode(std::string_view);
extern template Result<LocationRecord> decode(std::string_view);
extern template Result<ServiceRecord> decode(std::string_view);
extern template Result<RoleRecord> decode(std::string_view);
extern template Result<PlanRecord> decode(std::string_view);
extern template Result<ProviderListing> decode(std::string_view);
extern template Result<InsurancePlan> decode(std::string_view);

} // namespace portico::central
