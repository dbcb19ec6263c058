#pragma once

#include "central/plan/plan_records.h"
#include "central/store/store.h"
#include "shared/base/result.h"

#include <string>
#include <vector>

namespace portico::central {

/// Joins the parts of the directory to listings and the plans with their owners, and puts what changed into
/// the feed of reference data; what is gone is published as removed. Does nothing when no part changed since
/// the last time. Interrupted, it begins anew and ends the same. Many small transactions.
Result<void> publish_reference_data(Store& store);

/// The ids of the listings a role has: "<role id>/<location id>", or "<role id>/none" without a location;
/// none when it is not active.
std::vector<std::string> listing_ids(RoleRecord const& role);

} // namespace portico::central
