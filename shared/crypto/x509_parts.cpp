#include "shared/crypto/x509_parts.h"

#include "shared/base/uuid.h"

#include <arpa/inet.h>
#include <ctime>

namespace portico::crypto::x509_parts {

Bio memory(std::string_view text) {
    return Bio(must(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))));
}

std::string contents(BIO* bio) {
    char* data = nullptr;
    auto const size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
    Bio const bio(must(BIO_new(BIO_s_mem())));
    must(PEM_write_bio_X509(bio.get(), certificate));
    return contents(bio.get());
}

bool is_p256(EVP_PKEY* key) {
    std::array<char, 32> group{};
    std::size_t size = 0;
    return EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
           std::string_view(group.data(), size) == "prime256v1";
}

bool is_ip_address(std::string const& host) {
    std::array<unsigned char, 16> address{};
    return inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

std::optional<UtcTime> utc(ASN1_TIME const* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return std::nullopt;
    return UtcTime(std::chrono::seconds(timegm(&parts)));
}

std::vector<std::string> host_names(X509* certificate) {
    std::vector<std::string> names;
    auto* found =
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(found); ++i) {
        auto const* name = sk_GENERAL_NAME_value(found, i);
        if (name->type == GEN_DNS) {
            names.emplace_back(reinterpret_cast<char const*>(ASN1_STRING_get0_data(name->d.dNSName)),
                               static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        } else if (name->type == GEN_IPADD) {
            std::array<char, INET6_ADDRSTRLEN> text{};
            int const family = ASN1_STRING_length(name->d.iPAddress) == 4 ? AF_INET : AF_INET6;
            inet_ntop(family, ASN1_STRING_get0_data(name->d.iPAddress), text.data(), text.size());
            names.emplace_back(text.data());
        }
    }
    GENERAL_NAMES_free(found);
    return names;
}

void set_name(X509_NAME* name, std::string const& common_name) {
    must(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                    reinterpret_cast<unsigned char const*>(common_name.data()),
                                    static_cast<int>(common_name.size()), -1, 0));
}

void start_certificate(X509* certificate, UtcTime now, int valid_days) {
    must(X509_set_version(certificate, X509_VERSION_3));
    auto serial = random_bytes(16);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7FU) | 0x40U); // positive, always 16 bytes
    BIGNUM* number = must(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    must(BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)));
    BN_free(number);
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    must(ASN1_TIME_set(X509_getm_notBefore(certificate), seconds - 3600));
    must(ASN1_TIME_set(X509_getm_notAfter(certificate), seconds + std::time_t{86400} * valid_days));
}

void finish_leaf(X509* certificate, X509* issuer, char const* extended_key_usage) {
    must(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)));
    extend(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate, issuer, NID_key_usage, "critical,digitalSignature");
    extend(certificate, issuer, NID_ext_key_usage, extended_key_usage);
    extend(certificate, issuer, NID_subject_key_identifier, "hash");
    extend(certificate, issuer, NID_authority_key_identifier, "keyid");
}

void extend(X509* certificate, X509* issuer, int nid, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    Handle<X509_EXTENSION, X509_EXTENSION_free> const extension(
        must(X509V3_EXT_conf_nid(nullptr, &context, nid, value)));
    must(X509_add_ext(certificate, extension.get(), -1));
}

} // namespace portico::crypto::x509_parts
