#include "shared/terminal/calls.h"

#include "shared/base/encoding.h"

namespace portico::terminal {

Result<std::vector<Bytes>> decoded(std::vector<std::string> const& texts) {
    std::vector<Bytes> out;
    out.reserve(texts.size());
    for (auto const& text : texts)
        out.push_back(TRY(from_base64url(text)));
    return out;
}

Result<api::SecurityKeySignIn> ask_key(client::Central& central, client::Sync* sync, client::With const& with,
                                       SecurityKey& key, KeyQuestion const& question) {
    auto const challenge = TRY(heard(sync, central.challenge(with, {.purpose = question.purpose})));
    // Before the list: g++ 12 leaks what a braced list holds when a TRY in it returns.
    auto challenge_bytes = TRY(from_base64url(challenge.challenge));
    auto allow = TRY(decoded(challenge.credential_ids));
    if (question.of_anybody)
        allow.clear();
    GetAssertionRequest const request{.rp_id = challenge.rp_id,
                                      .origin = challenge.origin,
                                      .challenge = std::move(challenge_bytes),
                                      .allow = std::move(allow)};
    auto const made = TRY(key.get_assertion(request, question.pin, question.touch_wanted, question.given_up));
    return api::SecurityKeySignIn{.challenge_id = challenge.challenge_id,
                                  .credential_id = to_base64url(made.credential_id),
                                  .authenticator_data = to_base64url(made.auth_data),
                                  .client_data_json = to_base64url(as_bytes(made.client_data_json)),
                                  .signature = to_base64url(made.signature),
                                  .user_handle = to_base64url(made.user_handle)};
}

} // namespace portico::terminal
