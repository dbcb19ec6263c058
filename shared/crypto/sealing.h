#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <string>
#include <string_view>

/// Sealing at rest and on the way. libsodium and OpenSSL only.
namespace portico::crypto {

/// Must be called once before anything else here; safe to call again. Stops the program if the library fails.
void initialise();

/// A key for records (32 bytes). Kept outside the database it protects.
class RecordKey {
public:
    static RecordKey generate();
    /// Errors: InvalidInput "record_key_invalid".
    static Result<RecordKey> from_bytes(ByteView bytes);
    ByteView bytes() const { return secret_.bytes(); }
    /// A key for another purpose, derived by HKDF-SHA256 with `purpose` as its info.
    RecordKey derive(std::string_view purpose) const;

private:
    explicit RecordKey(Secret secret) : secret_(std::move(secret)) {}
    Secret secret_;
};

/// AES-256-GCM with a random 96-bit nonce in front. `context` (table and row key) is authenticated, so that a
/// sealed record cannot be moved to another row.
Bytes seal_record(RecordKey const& key, std::string_view context, ByteView plain);
/// Errors: Corrupt "record_seal_broken".
Result<Bytes> open_record(RecordKey const& key, std::string_view context, ByteView sealed);

/// HMAC-SHA256 for indexes: finds people by equality without storing what they are found by.
Bytes keyed_hash(RecordKey const& key, std::string_view text);
Bytes sha256(ByteView bytes);

/// Central's key pair for what waits on terminals (X25519).
struct SealingKeyPair {
    Bytes public_key; ///< 32 bytes
    Secret secret_key;
    static SealingKeyPair generate();
    /// From the secret half. Errors: InvalidInput "sealing_key_invalid".
    static Result<SealingKeyPair> from_secret(ByteView secret_key);
};
/// libsodium sealed box: only the holder of the secret key opens it; the writer cannot.
/// Errors: InvalidInput "sealing_key_invalid".
Result<Bytes> seal_to(ByteView public_key, ByteView plain);
/// Errors: Corrupt "sealed_box_broken".
Result<Secret> open_sealed(SealingKeyPair const& keys, ByteView sealed);

} // namespace portico::crypto
