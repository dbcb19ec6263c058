#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <memory>

struct evp_pkey_st;

namespace portico {

/// Stops the program: for what can only fail for want of memory.
void must(bool done);

/// A P-256 key pair of the software authenticator.
class P256Key {
public:
    static P256Key generate();
    /// Errors: Corrupt "key_invalid".
    static Result<P256Key> from_der(ByteView private_key);
    Bytes to_der() const;

    /// Affine coordinates, 32 bytes each.
    Bytes x() const;
    Bytes y() const;
    /// ECDSA over SHA-256 of `message`; DER.
    Bytes sign(ByteView message) const;
    /// X coordinate of the shared point. Errors: InvalidInput "key_invalid" when (x, y) is not on the curve.
    Result<Bytes> agree(ByteView peer_x, ByteView peer_y) const;

private:
    struct Free {
        void operator()(evp_pkey_st* key) const;
    };
    explicit P256Key(evp_pkey_st* key) : key_(key) {}
    std::unique_ptr<evp_pkey_st, Free> key_;
};

} // namespace portico
