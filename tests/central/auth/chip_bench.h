#pragma once

#include "central/auth/account_desk.h"
#include "central/auth/chip_card/card_check.h"
#include "shared/crypto/x509_parts.h"
#include "tests/central/auth/auth_bench.h"

#include <functional>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>
#include <string>

namespace portico::test {

/// The key inside a chip card.
struct Chip {
    explicit Chip(EVP_PKEY* made) : key(made, &EVP_PKEY_free) {}
    static Chip rsa(unsigned bits = 2048) { return Chip(EVP_RSA_gen(bits)); }
    static Chip ec(char const* curve = "P-256") { return Chip(EVP_EC_gen(curve)); }

    /// PKCS#10; signed with another key when told.
    std::string request(EVP_PKEY* signer = nullptr) const {
        crypto::x509_parts::Handle<X509_REQ, X509_REQ_free> const request(X509_REQ_new());
        X509_REQ_set_version(request.get(), X509_REQ_VERSION_1);
        crypto::x509_parts::set_name(X509_REQ_get_subject_name(request.get()), "card");
        X509_REQ_set_pubkey(request.get(), key.get());
        X509_REQ_sign(request.get(), signer != nullptr ? signer : key.get(), EVP_sha256());
        crypto::x509_parts::Bio const bio(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509_REQ(bio.get(), request.get());
        return crypto::x509_parts::contents(bio.get());
    }
    Bytes sign(ByteView data, EVP_MD const* digest = EVP_sha256()) const {
        Bytes signature(1024);
        std::size_t size = signature.size();
        auto* context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, digest, nullptr, key.get());
        EVP_DigestSign(context, signature.data(), &size, data.data(), data.size());
        EVP_MD_CTX_free(context);
        signature.resize(size);
        return signature;
    }
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key;
};

inline Bytes der_of(std::string const& pem) {
    auto const bio = crypto::x509_parts::memory(pem);
    crypto::x509_parts::Handle<X509, X509_free> const certificate(
        PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    unsigned char* data = nullptr;
    int const size = i2d_X509(certificate.get(), &data);
    Bytes der(data, data + size);
    OPENSSL_free(data);
    return der;
}

struct ChipBench : AuthBench {
    MemberAccount account = alex();
    central::AccountDesk desk{*sign_in};
    TestTerminal kiosk = terminal();

    api::ChipCardSignIn shown(Chip const& chip, Bytes const& certificate,
                              std::string const& mechanism = "rsa_pkcs1_sha256") {
        auto const challenge = kiosk.challenge("chip_card");
        return {challenge.challenge_id, to_base64url(certificate),
                to_base64url(chip.sign(from_base64url(challenge.challenge).value())), mechanism};
    }
    Result<api::SessionReply> show(Chip const& chip, Bytes const& certificate,
                                   std::string const& mechanism = "rsa_pkcs1_sha256") {
        auto const request = shown(chip, certificate, mechanism);
        auto with = kiosk.call();
        return central::sign_in_chip_card(with, request);
    }
    Bytes issue(Chip const& chip, bool handed_over = true, std::string const& patient = "patient-1") {
        auto const issued = must(desk.issue_chip_card(PatientId(patient), chip.request(), handed_over));
        serial = issued.serial;
        return der_of(issued.certificate_pem);
    }
    central::CardTrust trust() {
        return must(store->read<central::CardTrust>([](storage::Database& db) -> Result<central::CardTrust> {
            return *TRY(central::read_card_trust(db));
        }));
    }
    std::string serial;
};

/// A certificate as the test wants it, signed by `signer`.
inline Bytes forge(Chip const& subject, Chip const& signer, UtcTime now, int valid_days,
                   std::function<void(X509*)> const& extend) {
    crypto::x509_parts::Handle<X509, X509_free> const certificate(X509_new());
    crypto::x509_parts::start_certificate(certificate.get(), now, valid_days);
    crypto::x509_parts::set_name(X509_get_subject_name(certificate.get()), "forged");
    crypto::x509_parts::set_name(X509_get_issuer_name(certificate.get()), "Sample Health Plan chip cards");
    X509_set_pubkey(certificate.get(), subject.key.get());
    extend(certificate.get());
    X509_sign(certificate.get(), signer.key.get(), EVP_sha256());
    unsigned char* data = nullptr;
    int const size = i2d_X509(certificate.get(), &data);
    Bytes der(data, data + size);
    OPENSSL_free(data);
    return der;
}

/// The plan's own authority, made again with its key: to issue what it never would.
inline Chip stolen_authority(AuthBench const& bench) {
    auto const file = (bench.folder.path / "keys" / "card-authority.key").string();
    crypto::x509_parts::Bio const bio(BIO_new_file(file.c_str(), "r"));
    return Chip(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

/// What the plan's authority would never sign, signed with its key.
inline Bytes certified_by_stolen_authority(ChipBench& bench, Chip const& chip,
                                           char const* key_usage = "critical,digitalSignature",
                                           char const* purpose = "clientAuth") {
    namespace parts = crypto::x509_parts;
    auto const authority = bench.trust().authority;
    auto const* data = authority.data();
    parts::Handle<X509, X509_free> const issuer(
        d2i_X509(nullptr, &data, static_cast<long>(authority.size())));
    return forge(chip, stolen_authority(bench), bench.clock.now(), 30, [&](X509* certificate) {
        parts::extend(certificate, issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
        parts::extend(certificate, issuer.get(), NID_subject_key_identifier, "hash");
        parts::extend(certificate, issuer.get(), NID_authority_key_identifier, "keyid");
        if (key_usage != nullptr)
            parts::extend(certificate, issuer.get(), NID_key_usage, key_usage);
        if (purpose != nullptr)
            parts::extend(certificate, issuer.get(), NID_ext_key_usage, purpose);
    });
}

} // namespace portico::test
