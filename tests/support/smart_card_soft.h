#pragma once

#include "shared/devices/real/pkcs11_chip_card_reader.h"
#include "shared/devices/virtual/virtual_chip_card_slot.h"
#include "tests/support/device_process.h"
#include "tests/support/smart_card_issue.h"

#include <set>

namespace portico::test {

inline constexpr char const* sample_card_pin = "246801";

/// Where SoftHSM2's module is; empty when it is not installed.
std::string soft_card_module();

/// A virtual reader with SoftHSM2 cards: "member" (P-256), "member-rsa", "foreign" (another authority's),
/// "expired".
struct SoftCardBench {
    /// Makes the cards of these names.
    explicit SoftCardBench(std::set<std::string> const& names = {"member"});

    DeviceFolder folder;
    CardIdentity authority = make_card_authority("Sample Plan Card Authority");
    CardIdentity foreign_authority = make_card_authority("Another Authority");
    VirtualChipCardSlot slot;
};

} // namespace portico::test
