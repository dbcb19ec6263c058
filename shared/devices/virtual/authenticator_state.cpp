#include "shared/devices/virtual/authenticator_state.h"

#include "shared/devices/virtual/cbor_value.h"

#include <fstream>
#include <sstream>

namespace portico {

namespace {

Error invalid_state() {
    return error(ErrorKind::Corrupt, "key_state_invalid",
                 "the virtual security key's state file cannot be read");
}

template <class T>
Result<T> field(T const* value) {
    if (value == nullptr)
        return invalid_state();
    return *value;
}

CborValue const& at(CborValue const& map, char const* name) {
    static CborValue const none;
    auto const* value = map.find(name);
    return value == nullptr ? none : *value;
}

CborValue to_cbor(KeyCredential const& credential) {
    return CborValue::Map{{"id", credential.id},
                          {"rp_id", credential.rp_id},
                          {"user_id", credential.user_id},
                          {"user_name", credential.user_name},
                          {"user_display_name", credential.user_display_name},
                          {"resident", credential.resident},
                          {"key", credential.key.to_der()}};
}

Result<KeyCredential> credential_from(CborValue const& map) {
    auto const der = TRY(field(at(map, "key").bytes()));
    return KeyCredential{TRY(field(at(map, "id").bytes())),
                         TRY(field(at(map, "rp_id").text())),
                         TRY(field(at(map, "user_id").bytes())),
                         TRY(field(at(map, "user_name").text())),
                         TRY(field(at(map, "user_display_name").text())),
                         TRY(field(at(map, "resident").boolean())),
                         TRY(P256Key::from_der(der))};
}

} // namespace

Result<void> AuthenticatorState::save(std::filesystem::path const& file) const {
    CborValue::Array list;
    for (auto const& credential : credentials)
        list.push_back(to_cbor(credential));
    CborValue const whole = CborValue::Map{{"pin_hash", pin_hash},
                                           {"pin_tries", pin_tries},
                                           {"signature_count", std::int64_t{signature_count}},
                                           {"credentials", std::move(list)}};
    auto const bytes = whole.encode();
    auto fresh = file;
    fresh += ".new";
    std::error_code failed;
    {
        std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
        std::filesystem::permissions(
            fresh, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failed);
        auto const text = as_text(bytes);
        out.write(text.data(), static_cast<std::streamsize>(text.size())).flush();
        if (!out)
            return error(ErrorKind::Full, "key_state_unwritable",
                         "cannot write the virtual security key's state");
    }
    std::filesystem::rename(fresh, file, failed);
    if (failed)
        return error(ErrorKind::Internal, "key_state_unwritable",
                     "cannot replace the virtual security key's state");
    return ok();
}

Result<AuthenticatorState> AuthenticatorState::load(std::filesystem::path const& file) {
    AuthenticatorState state;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return state;
    std::ostringstream text;
    text << in.rdbuf();
    auto const whole = TRY(CborValue::parse(as_bytes(text.view())));
    state.pin_hash = TRY(field(at(whole, "pin_hash").bytes()));
    state.pin_tries = static_cast<int>(TRY(field(at(whole, "pin_tries").integer())));
    state.signature_count = static_cast<std::uint32_t>(TRY(field(at(whole, "signature_count").integer())));
    for (auto const& entry : TRY(field(at(whole, "credentials").array())))
        state.credentials.push_back(TRY(credential_from(entry)));
    return state;
}

} // namespace portico
