#pragma once

#include "shared/base/clock.h"
#include "tests/support/account_setup.h"
#include "tests/support/scratch_folder.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace portico::test {

/// What every simulated world begins with, made once by central's own code: a small plan with its directory,
/// terminals with certificates, and a member who signs in with a security key.
class SimBase {
public:
    static SimBase& ours();

    struct Terminal {
        TerminalId id;
        Bytes fingerprint; ///< of its certificate
    };

    /// Central's data folder, as after a clean stop.
    std::filesystem::path central() const { return folder_.path / "central"; }
    std::vector<Terminal> const& terminals() const { return terminals_; }
    /// The member's: it counts on from world to world, as a key does.
    WebauthnKey& key() { return member_->key; }
    std::string const& listing() const { return listing_; }
    std::int64_t provider_count() const { return provider_count_; }
    Bytes const& sealing_key() const { return sealing_key_; }
    UtcTime now() const { return now_; }

private:
    SimBase();
    ScratchFolder folder_;
    UtcTime now_;
    std::vector<Terminal> terminals_;
    std::optional<MemberAccount> member_;
    std::string listing_; ///< one of the directory
    std::int64_t provider_count_ = 0;
    Bytes sealing_key_;
};

} // namespace portico::test
