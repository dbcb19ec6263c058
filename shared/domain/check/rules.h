#pragma once

#include "shared/domain/eob_check.h"

#include <vector>

/// The rules of the EOB check, one file each. `self` holds the facts of the EOB that is checked.
namespace portico::rules {

using Findings = std::vector<Finding>;

void totals_against_lines(Eob const& eob, Findings& out);
void allowed_against_paid_and_share(Eob const& eob, Findings& out);
void duplicate_lines(Eob const& eob, Findings& out);
void duplicate_claim(Eob const& eob, EobFacts const& self, std::span<EobFacts const> all, Findings& out);
void denied_yet_billed(Eob const& eob, Findings& out);
void network_against_directory(Eob const& eob, DirectoryWord const& directory, Findings& out);
void over_maximum(Eob const& eob, EobFacts const& self, std::span<PlanYear const> years,
                  std::span<EobFacts const> all, Findings& out);
void replaced_still_counted(Eob const& eob, EobFacts const& self, std::span<EobFacts const> all,
                            Findings& out);

} // namespace portico::rules
