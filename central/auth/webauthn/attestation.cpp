#include "central/auth/webauthn/attestation.h"

#include "central/auth/webauthn/cbor_reader.h"
#include "central/auth/webauthn/client_data.h"
#include "central/auth/webauthn/cose_key.h"
#include "shared/crypto/sealing.h"

#include <openssl/err.h>
#include <openssl/x509.h>

namespace portico::central {

namespace {

Error invalid_attestation() {
    return error(ErrorKind::InvalidInput, "attestation_invalid", "not a WebAuthn attestation object");
}

/// attStmt of the formats we look into.
struct Statement {
    std::uint64_t entries = 0;
    std::int64_t algorithm = 0;
    ByteView signature;
    bool has_certificates = false;
    ByteView first_certificate;
};

struct AttestationObject {
    std::string format;
    ByteView authenticator_data;
    Statement statement;
};

Result<ByteView> bytes_of(CborReader& reader) {
    auto const item = TRY(reader.next());
    if (item.kind != CborItem::Kind::Bytes)
        return invalid_attestation();
    return item.bytes;
}

Result<void> read_certificates(CborReader& reader, Statement& statement) {
    auto const list = TRY(reader.next());
    if (list.kind != CborItem::Kind::Array || list.value == 0)
        return invalid_attestation();
    statement.has_certificates = true;
    statement.first_certificate = TRY(bytes_of(reader));
    for (std::uint64_t i = 1; i < list.value; ++i)
        TRY(bytes_of(reader));
    return ok();
}

Result<Statement> read_statement(CborReader& reader) {
    Statement statement;
    TRY(reader.map([&](CborItem const& key) -> Result<void> {
        ++statement.entries;
        auto const name = key.kind == CborItem::Kind::Text ? as_text(key.bytes) : std::string_view();
        if (name == "alg")
            statement.algorithm = TRY(reader.next()).integer();
        else if (name == "sig")
            statement.signature = TRY(bytes_of(reader));
        else if (name == "x5c")
            TRY(read_certificates(reader, statement));
        else
            TRY(reader.skip());
        return ok();
    }));
    return statement;
}

Result<AttestationObject> read_object(ByteView bytes) {
    if (bytes.size() > attestation_object_bytes_max)
        return invalid_attestation();
    AttestationObject object;
    bool has_statement = false;
    CborReader reader(bytes);
    TRY(reader.map([&](CborItem const& key) -> Result<void> {
        auto const name = key.kind == CborItem::Kind::Text ? as_text(key.bytes) : std::string_view();
        if (name == "fmt") {
            auto const format = TRY(reader.next());
            if (format.kind != CborItem::Kind::Text || format.bytes.size() > 32)
                return invalid_attestation();
            object.format = std::string(as_text(format.bytes));
        } else if (name == "authData") {
            object.authenticator_data = TRY(bytes_of(reader));
        } else if (name == "attStmt") {
            object.statement = TRY(read_statement(reader));
            has_statement = true;
        } else {
            return invalid_attestation();
        }
        return ok();
    }));
    if (!reader.at_end() || object.format.empty() || !has_statement || object.authenticator_data.empty())
        return invalid_attestation();
    return object;
}

struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

/// Packed with certificates: the signature must at least be the first certificate's (section 8.2.1); whose
/// certificate that is we do not judge.
Result<void> verify_with_certificate(Statement const& statement, ByteView signed_bytes) {
    auto const* der = statement.first_certificate.data();
    std::unique_ptr<X509, FreeCertificate> const certificate(
        d2i_X509(nullptr, &der, static_cast<long>(statement.first_certificate.size())));
    EVP_PKEY* const key = certificate ? X509_get_pubkey(certificate.get()) : nullptr;
    ERR_clear_error();
    if (key == nullptr)
        return invalid_attestation();
    CoseKey const signer{static_cast<CoseAlgorithm>(statement.algorithm), PublicKey(key)};
    if (verify_signature(signer, signed_bytes, statement.signature).has_error())
        return error(ErrorKind::Refused, "attestation_signature");
    return ok();
}

/// Section 7.1, steps 18-21. Returns what to remember of it.
Result<std::string> verify_statement(AttestationObject const& object, ByteView cose_key,
                                     std::string_view client_data_json) {
    if (object.format == "none") {
        if (object.statement.entries != 0)
            return error(ErrorKind::Refused, "attestation_not_none");
        return std::string("none");
    }
    if (object.format != "packed")
        return "unverified:" + object.format;
    Bytes signed_bytes(object.authenticator_data.begin(), object.authenticator_data.end());
    auto const hash = crypto::sha256(as_bytes(client_data_json));
    signed_bytes.insert(signed_bytes.end(), hash.begin(), hash.end());
    if (object.statement.has_certificates) {
        TRY(verify_with_certificate(object.statement, signed_bytes));
        return std::string("unverified:packed");
    }
    std::size_t used = 0;
    auto const key = TRY(parse_cose_key(cose_key, used));
    if (object.statement.algorithm != static_cast<std::int64_t>(key.algorithm))
        return error(ErrorKind::Refused, "attestation_algorithm");
    if (verify_signature(key, signed_bytes, object.statement.signature).has_error())
        return error(ErrorKind::Refused, "attestation_signature");
    return std::string("self");
}

} // namespace

Result<NewCredential> verify_registration(RegistrationExpected const& expected,
                                          RegistrationAnswer const& answer) {
    auto const client = TRY(parse_client_data(answer.client_data_json));                    // 5-6
    TRY(check_client_data(client, "webauthn.create", expected.challenge, expected.origin)); // 7-10
    auto const object = TRY(read_object(answer.attestation_object));                        // 11-12
    auto const data = TRY(parse_authenticator_data(object.authenticator_data));             // 12
    TRY(check_authenticator_data(data, expected.rp_id));                                    // 13-16
    if (!data.credential)                                                                   // 6.5.4
        return error(ErrorKind::Refused, "attestation_credential_missing");
    if (as_text(data.credential->id) != as_text(answer.credential_id))
        return error(ErrorKind::Refused, "credential_id_differs");
    NewCredential made{data.credential->id, data.credential->cose_key, data.credential->aaguid,
                       data.sign_count,     data.backup_eligible,      data.backed_up,
                       std::string()};
    made.attestation = TRY(verify_statement(object, made.cose_key, answer.client_data_json)); // 18-21
    return made;
}

} // namespace portico::central
