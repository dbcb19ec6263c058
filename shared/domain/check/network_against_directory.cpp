#include "shared/domain/check/rules.h"

namespace portico::rules {

void network_against_directory(Compared const& compared, DirectoryWord const& directory, Findings& out) {
    auto const is_side = [](NetworkStatus status) {
        return status == NetworkStatus::InNetwork || status == NetworkStatus::OutOfNetwork;
    };
    auto const& billed = compared.alone.billing_network;
    if (!is_side(directory.status) || !is_side(billed) || billed == directory.status ||
        !directory.since.contains(compared.facts.service.start))
        return;
    // Emergency care and the like is paid as in network whoever gave it; the member lost nothing.
    if (compared.alone.payment_network == directory.status)
        return;
    Finding finding;
    finding.kind = FindingKind::NetworkStatusDiffersFromDirectory;
    finding.eob = compared.facts.id;
    finding.line_sequences = compared.alone.line_sequences;
    if (compared.alone.member_share)
        finding.amounts = {{"share", *compared.alone.member_share}};
    out.push_back(std::move(finding));
}

} // namespace portico::rules
