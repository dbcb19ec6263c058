#include "central/auth/sign_in_service.h"

#include "central/auth/attempts.h"
#include "central/auth/challenges.h"
#include "central/auth/password_hasher.h"
#include "central/auth/schema.h"

#include <utility>

namespace portico::central {

SignInService::SignInService(Parts parts, std::unique_ptr<PasswordHasher> hasher)
    : parts_(std::move(parts)), hasher_(std::move(hasher)) {}

SignInService::~SignInService() = default;

Result<std::unique_ptr<SignInService>> SignInService::create(Parts parts) {
    return create(std::move(parts), HashCost{});
}

Result<std::unique_ptr<SignInService>> SignInService::create(Parts parts, HashCost const& cost) {
    {
        // Migrations have transactions of their own: not on the store's writer.
        auto connection = TRY(storage::Database::open(parts.store.file()));
        TRY(migrate_auth(connection));
    }
    return std::unique_ptr<SignInService>(
        new SignInService(std::move(parts), std::make_unique<PasswordHasher>(cost)));
}

Result<void> SignInService::maintain() {
    auto const now = parts_.clock.now();
    return parts_.store.write([&](storage::Database& database) -> Result<void> {
        TRY(purge_challenges(database, now));
        TRY(purge_attempts(database, now));
        return parts_.sessions.purge(database);
    });
}

} // namespace portico::central
