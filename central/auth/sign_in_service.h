#pragma once

#include "central/auth/member_source.h"
#include "central/auth/session_table.h"
#include "central/auth/sign_in_hooks.h"
#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <filesystem>
#include <memory>
#include <string>

namespace portico::central {

class PasswordHasher;
struct HashCost;

/// Names by which keys and people know this plan.
struct RelyingParty {
    std::string plan_name;
    std::string rp_id;  ///< "plan.example.org"
    std::string origin; ///< "https://plan.example.org"
};

/// Everything that decides who somebody is. Built once by `serve` after the store is open:
///     auto service = TRY(SignInService::create(parts));
///     services.sign_in = service.get();
/// The calls over HTTPS are the functions of sign_in_calls.h and account_calls.h. Safe from any thread; a
/// call may wait for the hashing thread (never more than 9 calls at a time, the rest are told TooMany
/// "sign_in_busy"), so the server needs more than 9 worker threads.
class SignInService {
public:
    struct Parts {
        Store& store;
        Vault const& vault;
        Clock const& clock;
        SessionTable& sessions;
        MemberSource& members;
        RelyingParty relying_party;
        SignInHooks hooks;
        /// The data folder: keys/card-authority.key is there when this node may sign revocation lists.
        std::filesystem::path data;
    };
    /// Brings the tables up to date. Errors: those of the store.
    static Result<std::unique_ptr<SignInService>> create(Parts parts);
    /// The same with another cost of hashing, for tests.
    static Result<std::unique_ptr<SignInService>> create(Parts parts, HashCost const& cost);
    SignInService(SignInService const&) = delete;
    SignInService& operator=(SignInService const&) = delete;
    ~SignInService();

    /// Forgets spent challenges and old sessions, renews the chip cards' revocation list before it expires.
    /// `serve` calls it at start and once an hour.
    Result<void> maintain();

    /// What the calls work with.
    Parts& parts() { return parts_; }
    PasswordHasher& hasher() { return *hasher_; }

private:
    SignInService(Parts parts, std::unique_ptr<PasswordHasher> hasher);
    Parts parts_;
    std::unique_ptr<PasswordHasher> hasher_;
};

} // namespace portico::central
