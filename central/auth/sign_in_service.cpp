#include "central/auth/sign_in_service.h"

#include "central/auth/attempts.h"
#include "central/auth/challenges.h"
#include "central/auth/chip_card/card_authority.h"
#include "central/auth/password_hasher.h"
#include "central/auth/schema.h"
#include "shared/base/clock.h"

#include <utility>

namespace portico::central {

namespace {

/// Only where the chip cards' key is; other nodes read what that one signed.
Result<void> keep_revocation_list(storage::Database& database, std::filesystem::path const& data,
                                  UtcTime now) {
    auto const trust = TRY(read_card_trust(database));
    if (!trust || to_micros(now) < trust->next_update_us - revocation_list_renew_days * day_us)
        return ok();
    auto const authority = CardAuthority::open(database, data);
    if (authority.has_error() && authority.error().kind == ErrorKind::NotFound)
        return ok();
    return TRY(authority).renew_revocation_list(database, now);
}

} // namespace

SignInService::SignInService(Parts parts, std::unique_ptr<PasswordHasher> hasher)
    : parts_(std::move(parts)), hasher_(std::move(hasher)) {}

SignInService::~SignInService() = default;

Result<std::unique_ptr<SignInService>> SignInService::create(Parts parts) {
    return create(std::move(parts), HashCost{});
}

Result<std::unique_ptr<SignInService>> SignInService::create(Parts parts, HashCost const& cost) {
    {
        // Migrations have transactions of their own: not on the store's writer.
        auto connection = TRY(parts.store.address().connect());
        TRY(migrate_auth(connection));
    }
    return std::unique_ptr<SignInService>(
        new SignInService(std::move(parts), std::make_unique<PasswordHasher>(cost)));
}

Result<void> SignInService::maintain() {
    auto const now = parts_.clock.now();
    return parts_.store.write([&](storage::Database& database) -> Result<void> {
        TRY(keep_revocation_list(database, parts_.data, now));
        TRY(purge_challenges(database, now));
        TRY(purge_attempts(database, now));
        return parts_.sessions.purge(database);
    });
}

} // namespace portico::central
