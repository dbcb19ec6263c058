#pragma once

#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"

#include <string>

namespace portico::crypto {
class CertificateAuthority;
}

namespace portico::central {

class SignInService;   // central/auth/
class SessionTable;    // central/auth/
class AuditLog;        // central/audit/
class ChangeFeed;      // central/changes/
class PlanData;        // central/plan/
class OperationLedger; // central/operations/
class CardIssues;      // central/operations/
class Terminals;       // central/terminals/
class Notifier;        // central/notify/
struct Releases;       // central/releases/

/// Everything a handler may reach. One of each, built by `serve` (central/serve.cpp) and by the tests' bench;
/// outlives all handlers. Members are pointers so that a test can build only what it needs.
class Services {
public:
    Services(Clock& clock_in, Store& store_in, Vault const& vault_in)
        : clock(clock_in), store(store_in), vault(vault_in) {}

    Clock& clock;
    Store& store;
    Vault const& vault;
    std::string plan_name;
    std::string rp_id;  ///< WebAuthn relying party id
    std::string origin; ///< WebAuthn origin
    SignInService* sign_in = nullptr;
    SessionTable* sessions = nullptr;
    AuditLog* audit = nullptr;
    ChangeFeed* changes = nullptr;
    PlanData* plan = nullptr;
    OperationLedger* operations = nullptr;
    CardIssues* card_issues = nullptr;
    Terminals* terminals = nullptr;
    Notifier* notify = nullptr;
    crypto::CertificateAuthority const* authority = nullptr; ///< certifies terminals
    Releases* releases = nullptr;
};

} // namespace portico::central
