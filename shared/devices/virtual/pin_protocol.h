#pragma once

#include "shared/base/encoding.h"

#include <optional>

namespace portico {

/// PIN/UV auth protocol one or two, the authenticator's side. Source: CTAP 2.1, sections 6.5.6 and 6.5.7.
class PinProtocol {
public:
    /// `version` 1 or 2; `shared_x` is the X coordinate that ECDH gave.
    PinProtocol(int version, ByteView shared_x);

    /// True when `signature` is the peer's over `message`.
    bool verify(ByteView message, ByteView signature) const;
    /// Nothing when the length cannot be right.
    std::optional<Bytes> decrypt(ByteView sealed) const;
    Bytes encrypt(ByteView plain) const;

    /// True when `signature` was made over `message` with the pinUvAuthToken.
    static bool verify_with_token(int version, ByteView token, ByteView message, ByteView signature);

private:
    int version_;
    Bytes mac_key_;
    Bytes cipher_key_;
};

Bytes sha256(ByteView bytes);

} // namespace portico
