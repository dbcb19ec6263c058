#include "shared/devices/real/fido_requests.h"

#include "shared/devices/webauthn_client_data.h"

#include <cbor.h>
#include <fido.h>
#include <initializer_list>

namespace portico {

namespace {

struct FreeCred {
    void operator()(fido_cred_t* cred) const { fido_cred_free(&cred); }
};
struct FreeAssert {
    void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
};

Bytes copy(unsigned char const* data, std::size_t size) {
    return data == nullptr ? Bytes{} : Bytes(data, data + size);
}

/// Every setter's code counts: libfido2 keeps an old challenge when a setter fails.
Result<void> all_set(std::initializer_list<int> codes) {
    for (int const code : codes)
        if (code != FIDO_OK)
            return error(ErrorKind::InvalidInput, "key_request_invalid",
                         "libfido2 refused part of the request (code " + std::to_string(code) + ")");
    return ok();
}

/// Asked for before the key is: a key without PIN or finger could only fail later and less clearly.
Result<void> check_user_verification(FidoCall const& call, bool wanted, Secret const& pin) {
    if (!pin.empty()) {
        if (!call.has_pin())
            return error(ErrorKind::Refused, "key_pin_not_set", "the key has no PIN yet");
        return CPin::check(pin);
    }
    if (!wanted || call.has_fingerprint())
        return ok();
    if (call.has_pin())
        return error(ErrorKind::Refused, "key_pin_required", "the key wants its PIN");
    return error(ErrorKind::Refused, "key_pin_not_set", "the key has no PIN yet");
}

Error unreadable() {
    return error(ErrorKind::Unavailable, "key_unreadable", "the key's answer is incomplete");
}

/// The COSE key within authenticator data. Source: WebAuthn level 2, section 6.5.1.
Result<Bytes> public_key_of(ByteView auth_data) {
    constexpr std::size_t id_length_at = 32 + 1 + 4 + 16;
    if (auth_data.size() < id_length_at + 2)
        return unreadable();
    std::size_t const id_length = (std::size_t{auth_data[id_length_at]} << 8U) | auth_data[id_length_at + 1];
    if (auth_data.size() <= id_length_at + 2 + id_length)
        return unreadable();
    auto const rest = auth_data.subspan(id_length_at + 2 + id_length);
    cbor_load_result loaded{};
    auto* item = cbor_load(rest.data(), rest.size(), &loaded);
    if (item == nullptr)
        return unreadable();
    bool const is_map = cbor_isa_map(item);
    cbor_decref(&item);
    if (!is_map)
        return unreadable();
    return Bytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(loaded.read));
}

void append_head(Bytes& out, unsigned major, std::size_t count) {
    unsigned char head[9];
    std::size_t const size = major == 2   ? cbor_encode_bytestring_start(count, head, sizeof head)
                             : major == 3 ? cbor_encode_string_start(count, head, sizeof head)
                                          : cbor_encode_map_start(count, head, sizeof head);
    out.insert(out.end(), head, head + size);
}

void append_text(Bytes& out, std::string_view text) {
    append_head(out, 3, text.size());
    out.insert(out.end(), text.begin(), text.end());
}

/// {"fmt", "attStmt", "authData"}; the statement is spliced in as the key wrote it.
Bytes attestation_object(std::string_view format, ByteView statement, ByteView auth_data) {
    Bytes out;
    append_head(out, 5, 3);
    append_text(out, "fmt");
    append_text(out, format);
    append_text(out, "attStmt");
    out.insert(out.end(), statement.begin(), statement.end());
    append_text(out, "authData");
    append_head(out, 2, auth_data.size());
    out.insert(out.end(), auth_data.begin(), auth_data.end());
    return out;
}

Result<Attestation> read_attestation(fido_cred_t const* cred, std::string client_data) {
    Attestation answer;
    answer.credential_id = copy(fido_cred_id_ptr(cred), fido_cred_id_len(cred));
    answer.auth_data = copy(fido_cred_authdata_raw_ptr(cred), fido_cred_authdata_raw_len(cred));
    auto const statement = copy(fido_cred_attstmt_ptr(cred), fido_cred_attstmt_len(cred));
    char const* format = fido_cred_fmt(cred);
    if (answer.credential_id.empty() || answer.auth_data.empty() || statement.empty() || format == nullptr)
        return unreadable();
    answer.public_key_cose = TRY(public_key_of(answer.auth_data));
    answer.attestation_object = attestation_object(format, statement, answer.auth_data);
    answer.client_data_json = std::move(client_data);
    return answer;
}

} // namespace

Result<Attestation> fido_make_credential(FidoCall const& call, MakeCredentialRequest const& request,
                                         Secret const& pin) {
    TRY(check_user_verification(call, request.verify_user, pin));
    auto client_data = webauthn_client_data("webauthn.create", request.challenge, request.origin);
    std::unique_ptr<fido_cred_t, FreeCred> const cred(fido_cred_new());
    if (!cred)
        return error(ErrorKind::Internal, "out_of_memory");
    auto const data = as_bytes(client_data);
    CPin const c_pin(pin);
    bool const finger = request.verify_user && c_pin.get() == nullptr;
    TRY(all_set({
        fido_cred_set_type(cred.get(), COSE_ES256),
        fido_cred_set_clientdata(cred.get(), data.data(), data.size()),
        fido_cred_set_rp(cred.get(), request.rp_id.c_str(), request.rp_name.c_str()),
        fido_cred_set_user(cred.get(), request.user_id.data(), request.user_id.size(),
                           request.user_name.c_str(), request.user_display_name.c_str(), nullptr),
        fido_cred_set_rk(cred.get(), request.resident_key ? FIDO_OPT_TRUE : FIDO_OPT_OMIT),
        fido_cred_set_uv(cred.get(), finger ? FIDO_OPT_TRUE : FIDO_OPT_OMIT),
    }));
    for (auto const& id : request.exclude)
        TRY(all_set({fido_cred_exclude(cred.get(), id.data(), id.size())}));
    if (int const code = fido_dev_make_cred(call.device(), cred.get(), c_pin.get()); code != FIDO_OK)
        return call.failure(code);
    return read_attestation(cred.get(), std::move(client_data));
}

Result<Assertion> fido_get_assertion(FidoCall const& call, GetAssertionRequest const& request,
                                     Secret const& pin) {
    TRY(check_user_verification(call, request.verify_user, pin));
    Assertion answer;
    answer.client_data_json = webauthn_client_data("webauthn.get", request.challenge, request.origin);
    // A fresh object each time: one that was used keeps its challenge when the setter fails.
    std::unique_ptr<fido_assert_t, FreeAssert> const assertion(fido_assert_new());
    if (!assertion)
        return error(ErrorKind::Internal, "out_of_memory");
    auto const data = as_bytes(answer.client_data_json);
    CPin const c_pin(pin);
    bool const finger = request.verify_user && c_pin.get() == nullptr;
    TRY(all_set({
        fido_assert_set_clientdata(assertion.get(), data.data(), data.size()),
        fido_assert_set_rp(assertion.get(), request.rp_id.c_str()),
        fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE),
        fido_assert_set_uv(assertion.get(), finger ? FIDO_OPT_TRUE : FIDO_OPT_OMIT),
    }));
    for (auto const& id : request.allow)
        TRY(all_set({fido_assert_allow_cred(assertion.get(), id.data(), id.size())}));
    if (int const code = fido_dev_get_assert(call.device(), assertion.get(), c_pin.get()); code != FIDO_OK)
        return call.failure(code);
    if (fido_assert_count(assertion.get()) == 0)
        return unreadable();
    // Several accounts on one key come newest first (CTAP 2.1, section 6.2.2).
    answer.credential_id =
        copy(fido_assert_id_ptr(assertion.get(), 0), fido_assert_id_len(assertion.get(), 0));
    // The library keeps authenticator data wrapped in its CBOR byte string; the raw bytes are what is signed.
    auto const wrapped =
        copy(fido_assert_authdata_ptr(assertion.get(), 0), fido_assert_authdata_len(assertion.get(), 0));
    cbor_load_result loaded{};
    auto* item = cbor_load(wrapped.data(), wrapped.size(), &loaded);
    if (item != nullptr && cbor_isa_bytestring(item) && cbor_bytestring_is_definite(item))
        answer.auth_data = copy(cbor_bytestring_handle(item), cbor_bytestring_length(item));
    if (item != nullptr)
        cbor_decref(&item);
    answer.signature = copy(fido_assert_sig_ptr(assertion.get(), 0), fido_assert_sig_len(assertion.get(), 0));
    answer.user_handle =
        copy(fido_assert_user_id_ptr(assertion.get(), 0), fido_assert_user_id_len(assertion.get(), 0));
    if (answer.credential_id.empty() && request.allow.size() == 1)
        answer.credential_id = request.allow.front(); // a key may leave out the only one it was offered
    if (answer.auth_data.empty() || answer.signature.empty() || answer.credential_id.empty())
        return unreadable();
    return answer;
}

} // namespace portico
