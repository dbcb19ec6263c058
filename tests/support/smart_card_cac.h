#pragma once

#include "shared/devices/real/pkcs11_chip_card_reader.h"
#include "tests/support/device_process.h"
#include "tests/support/smart_card_issue.h"

#include <memory>

namespace portico::test {

/// A chip card over the whole real road: OpenSC, pcscd, the virtual reader of vsmartcard, and libcacard's CAC
/// card behind it (RSA, PIN `sample_cac_pin`, blocked after three wrong ones). One at a time on a machine,
/// for pcscd has one socket; a lock file sees to that.
class CacBench {
public:
    /// Empty when everything is there, else what is missing.
    static std::string missing();

    CacBench();
    ~CacBench();
    CacBench(CacBench const&) = delete;
    CacBench& operator=(CacBench const&) = delete;

    /// pcscd answers.
    bool start();
    /// Puts the card in; it is pulled after `commands` APDUs, unless negative.
    void insert(int commands = -1);
    void remove();
    /// The card has not been pulled.
    bool inserted() { return card_ && card_->running(); }
    /// What pcscd and the card have said, for a test that fails.
    std::string told() const;
    /// The reader through OpenSC's module.
    std::unique_ptr<Pkcs11ChipCardReader> reader() const;

    CardIdentity const& identity() const { return identity_; }

private:
    bool make_database();

    int lock_ = -1;
    int port_ = 0;
    DeviceFolder folder_;
    CardIdentity identity_;
    std::unique_ptr<DeviceProcess> pcscd_;
    std::unique_ptr<DeviceProcess> card_;
};

inline constexpr char const* sample_cac_pin = "246801";

} // namespace portico::test
