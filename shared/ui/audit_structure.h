#pragma once

#include "shared/ui/audit.h"

#include <vector>

namespace portico::ui {

/// The part of `audit` that judges how the nodes hang together and what a person who does not see, or does
/// not touch, can make of them: language, ids, tree, explanations, live regions, switches. Which rule comes
/// from where: docs/accessibility.md.
std::vector<AuditFinding> structure_findings(SemanticFrame const& frame, Catalog const& catalog,
                                             AuditLimits const& limits);

/// Whether the node's words are English because the screen's language has only some files of the catalog, and
/// the screen says so.
bool is_told_fallback(SemanticFrame const& frame, Node const& node, Catalog const& catalog);

} // namespace portico::ui
