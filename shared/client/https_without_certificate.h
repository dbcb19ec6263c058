#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <curl/curl.h>

#include <string_view>

namespace portico::client {

/// A connection of a terminal that has no certificate yet: whom it trusts, and what became of it.
struct WithoutCertificate {
    /// SHA-256 of a certificate in the server's chain, 32 bytes; null: libcurl compares a pin.
    Bytes const* fingerprint = nullptr;
    /// By the server of the last handshake, once its own certificate was found good: it serves certified
    /// terminals.
    bool was_asked = false;
};

/// 64 hexadecimal digits, colons forgiven. Errors: InvalidInput "fingerprint_invalid".
Result<Bytes> parse_fingerprint(std::string_view text);

/// For CURLOPT_SSL_CTX_FUNCTION; CURLOPT_SSL_CTX_DATA is a WithoutCertificate that outlives the connection.
CURLcode use_without_certificate(CURL* easy, void* ssl_context, void* terms);

} // namespace portico::client
