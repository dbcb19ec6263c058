#pragma once

#include "shared/base/clock.h"

#include <array>
#include <memory>
#include <new>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Small pieces around OpenSSL's X.509, for the files that make or check certificates.
namespace portico::crypto::x509_parts {

template <auto free_function>
struct Free {
    template <class T>
    void operator()(T* thing) const {
        free_function(thing);
    }
};
template <class T, auto free_function>
using Handle = std::unique_ptr<T, Free<free_function>>;
using Bio = Handle<BIO, BIO_free_all>;

/// OpenSSL's own calls fail here only without memory, or by a fault of ours that no test of these calls lets
/// pass.
template <class T>
T must(T value) {
    if (!value)
        throw std::bad_alloc();
    return value;
}

Bio memory(std::string_view text);
std::string contents(BIO* bio);
std::string to_pem(X509* certificate);
bool is_p256(EVP_PKEY* key);
bool is_ip_address(std::string const& host);
std::optional<UtcTime> utc(ASN1_TIME const* time);
std::vector<std::string> host_names(X509* certificate);
void set_name(X509_NAME* name, std::string const& common_name);
/// Version 3, a random serial, validity from an hour before `now` (clocks differ).
void start_certificate(X509* certificate, UtcTime now, int valid_days);
/// Issuer, key usage and extended key usage of a certificate that signs no other.
void finish_leaf(X509* certificate, X509* issuer, char const* extended_key_usage);
void extend(X509* certificate, X509* issuer, int nid, char const* value);

} // namespace portico::crypto::x509_parts
