#include "central/auth/webauthn/client_data.h"

#include "shared/api/json.h"
#include "shared/base/secret.h"

namespace portico::central {

namespace {

Error invalid_client_data() {
    return error(ErrorKind::InvalidInput, "client_data_invalid", "not WebAuthn client data");
}

Result<std::string> text_member(boost::json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    if (value == nullptr || !value->is_string())
        return invalid_client_data();
    return std::string(value->get_string());
}

} // namespace

Result<ClientData> parse_client_data(std::string_view json) {
    if (json.size() > client_data_bytes_max || !is_utf8(json))
        return invalid_client_data();
    auto const parsed = api::parse_json(json);
    if (parsed.has_error() || !parsed.value().is_object())
        return invalid_client_data();
    auto const& object = parsed.value().get_object();
    ClientData data;
    data.type = TRY(text_member(object, "type"));
    data.origin = TRY(text_member(object, "origin"));
    auto challenge = from_base64url(TRY(text_member(object, "challenge")));
    if (challenge.has_error())
        return invalid_client_data();
    data.challenge = std::move(challenge).value();
    if (auto const* cross = object.if_contains("crossOrigin"); cross != nullptr) {
        if (!cross->is_bool())
            return invalid_client_data();
        data.cross_origin = cross->get_bool();
    }
    if (object.contains("topOrigin"))
        data.cross_origin = true;
    return data;
}

Result<void> check_client_data(ClientData const& data, std::string_view type, ByteView challenge,
                               std::string_view origin) {
    if (data.type != type)
        return error(ErrorKind::Refused, "client_data_type");
    if (challenge.empty() || !equal_constant_time(data.challenge, challenge))
        return error(ErrorKind::Refused, "client_data_challenge");
    if (data.origin != origin)
        return error(ErrorKind::Refused, "client_data_origin");
    if (data.cross_origin)
        return error(ErrorKind::Refused, "client_data_cross_origin");
    return ok();
}

} // namespace portico::central
