#include "shared/domain/check/rules.h"

namespace portico::rules {

void network_against_directory(Eob const& eob, DirectoryWord const& directory, Findings& out) {
    auto const is_side = [](NetworkStatus status) {
        return status == NetworkStatus::InNetwork || status == NetworkStatus::OutOfNetwork;
    };
    auto const& billed = eob.billing_network;
    if (!is_side(directory.status) || !is_side(billed) || billed == directory.status ||
        !directory.since.contains(eob.service.start))
        return;
    // Emergency care and the like is paid as in network whoever gave it; the member lost nothing.
    if (eob.payment_network == directory.status)
        return;
    Finding finding;
    finding.kind = FindingKind::NetworkStatusDiffersFromDirectory;
    finding.eob = eob.id;
    for (auto const& line : eob.lines)
        finding.line_sequences.push_back(line.sequence);
    if (auto const share = dollar_flow(eob).member_share)
        finding.amounts = {{"share", *share}};
    out.push_back(std::move(finding));
}

} // namespace portico::rules
