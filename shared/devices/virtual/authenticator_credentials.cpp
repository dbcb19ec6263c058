#include "shared/base/uuid.h"
#include "shared/devices/virtual/authenticator.h"
#include "shared/devices/virtual/pin_protocol.h"

#include <algorithm>

namespace portico {

namespace {

constexpr std::size_t credential_id_bytes = 32;
constexpr int es256 = -7;

// authenticatorMakeCredential parameters.
enum Make : int {
    make_hash = 1,
    make_rp,
    make_user,
    make_algorithms,
    make_exclude,
    make_options = 7,
    make_auth,
    make_protocol
};
// authenticatorGetAssertion parameters.
enum Get : int { get_rp = 1, get_hash, get_allow, get_options = 5, get_auth, get_protocol };

std::string const* text_of(CborValue const* map, char const* key) {
    auto const* value = map == nullptr ? nullptr : map->find(key);
    return value == nullptr ? nullptr : value->text();
}

std::string text_or_empty(CborValue const* map, char const* key) {
    auto const* text = text_of(map, key);
    return text == nullptr ? std::string() : *text;
}

bool option(CborValue const& parameters, int options_at, char const* name, bool otherwise) {
    auto const* options = parameters.find(options_at);
    auto const* value = options == nullptr ? nullptr : options->find(name);
    return value == nullptr || value->boolean() == nullptr ? otherwise : *value->boolean();
}

bool offers_es256(CborValue const* algorithms) {
    if (algorithms == nullptr || algorithms->array() == nullptr)
        return false;
    return std::ranges::any_of(*algorithms->array(), [](CborValue const& entry) {
        auto const* algorithm = entry.find("alg");
        return algorithm != nullptr && *algorithm == CborValue(es256);
    });
}

bool lists(CborValue const* ids, Bytes const& id) {
    if (ids == nullptr || ids->array() == nullptr)
        return false;
    return std::ranges::any_of(*ids->array(), [&id](CborValue const& entry) {
        auto const* listed = entry.find("id");
        return listed != nullptr && listed->bytes() != nullptr && *listed->bytes() == id;
    });
}

CtapStatus status_of(Touch touch) {
    switch (touch) {
    case Touch::Given:
        return CtapStatus::Ok;
    case Touch::Cancelled:
        return CtapStatus::KeepaliveCancel;
    case Touch::TimedOut:
        break;
    }
    return CtapStatus::UserActionTimeout;
}

/// aaguid, length and credential id, COSE key: the attested part of authenticator data.
Bytes attested_part(KeyCredential const& credential) {
    static constexpr std::string_view model = "portico-soft-key";
    Bytes out(model.begin(), model.end());
    out.push_back(static_cast<std::uint8_t>(credential.id.size() >> 8U));
    out.push_back(static_cast<std::uint8_t>(credential.id.size() & 0xFFU));
    out.insert(out.end(), credential.id.begin(), credential.id.end());
    CborValue const cose =
        CborValue::Map{{1, 2}, {3, es256}, {-1, 1}, {-2, credential.key.x()}, {-3, credential.key.y()}};
    auto const bytes = cose.encode();
    out.insert(out.end(), bytes.begin(), bytes.end());
    return out;
}

Bytes joined(Bytes first, Bytes const& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace

Authenticator::Reply Authenticator::make_credential(CborValue const& parameters, TouchWait const& touch) {
    auto const* hash = parameters.find(make_hash);
    auto const* rp_id = text_of(parameters.find(make_rp), "id");
    auto const* user = parameters.find(make_user);
    auto const* user_id = user == nullptr ? nullptr : user->find("id");
    if (hash == nullptr || hash->bytes() == nullptr || rp_id == nullptr || user_id == nullptr ||
        user_id->bytes() == nullptr)
        return CtapStatus::MissingParameter;
    if (!offers_es256(parameters.find(make_algorithms)))
        return CtapStatus::UnsupportedAlgorithm;
    if (!option(parameters, make_options, "up", true))
        return CtapStatus::InvalidOption;
    bool const wants_own_check = option(parameters, make_options, "uv", false);
    if (wants_own_check && !options_.fingerprint)
        return CtapStatus::InvalidOption;
    auto const user_check = check_user(parameters, make_auth, make_protocol);
    if (user_check.status != CtapStatus::Ok)
        return user_check.status;
    bool const verified = user_check.verified || wants_own_check;
    if (!verified && !state_.pin_hash.empty())
        return CtapStatus::PinRequired;
    auto const* exclude = parameters.find(make_exclude);
    bool const excluded = std::ranges::any_of(state_.credentials, [&](KeyCredential const& held) {
        return held.rp_id == *rp_id && lists(exclude, held.id);
    });
    // The touch comes first, so that nobody learns what a key holds without one.
    if (auto const status = status_of(touch()); status != CtapStatus::Ok)
        return status;
    if (excluded)
        return CtapStatus::CredentialExcluded;
    KeyCredential credential{random_bytes(credential_id_bytes),
                             *rp_id,
                             *user_id->bytes(),
                             text_or_empty(user, "name"),
                             text_or_empty(user, "displayName"),
                             option(parameters, make_options, "rk", false),
                             P256Key::generate()};
    ++state_.signature_count;
    auto const attested = attested_part(credential);
    auto const data = auth_data(*rp_id, verified, &attested);
    CborValue::Map statement;
    if (options_.attests_itself)
        statement = {{"alg", es256}, {"sig", credential.key.sign(joined(data, *hash->bytes()))}};
    if (auto const status = store(std::move(credential)); status != CtapStatus::Ok)
        return status;
    return CborValue(CborValue::Map{
        {1, options_.attests_itself ? "packed" : "none"}, {2, data}, {3, std::move(statement)}});
}

CtapStatus Authenticator::store(KeyCredential credential) {
    if (credential.resident) // one resident credential for each account: the new one replaces the old
        std::erase_if(state_.credentials, [&](KeyCredential const& held) {
            return held.resident && held.rp_id == credential.rp_id && held.user_id == credential.user_id;
        });
    if (state_.credentials.size() >= options_.credentials_max)
        return CtapStatus::KeyStoreFull;
    state_.credentials.push_back(std::move(credential));
    persist();
    return CtapStatus::Ok;
}

std::vector<std::size_t> Authenticator::applicable(std::string const& rp_id, CborValue const* allow) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < state_.credentials.size(); ++i) {
        auto const& held = state_.credentials[i];
        if (held.rp_id == rp_id && (allow == nullptr ? held.resident : lists(allow, held.id)))
            found.push_back(i);
    }
    return found;
}

Authenticator::Reply Authenticator::get_assertion(CborValue const& parameters, TouchWait const& touch) {
    auto const* rp = parameters.find(get_rp);
    auto const* hash = parameters.find(get_hash);
    if (rp == nullptr || rp->text() == nullptr || hash == nullptr || hash->bytes() == nullptr)
        return CtapStatus::MissingParameter;
    bool const wants_own_check = option(parameters, get_options, "uv", false);
    if (wants_own_check && !options_.fingerprint)
        return CtapStatus::InvalidOption;
    auto const user_check = check_user(parameters, get_auth, get_protocol);
    if (user_check.status != CtapStatus::Ok)
        return user_check.status;
    auto found = applicable(*rp->text(), parameters.find(get_allow));
    if (found.empty())
        return CtapStatus::NoCredentials;
    if (auto const status = status_of(touch()); status != CtapStatus::Ok)
        return status;
    if (parameters.find(get_allow) != nullptr)
        found = {found.back()};
    pending_ = {found, *rp->text(), *hash->bytes(), user_check.verified || wants_own_check};
    auto const newest = pending_.credentials.back();
    pending_.credentials.pop_back();
    return sign_assertion(state_.credentials[newest], found.size());
}

Authenticator::Reply Authenticator::next_assertion() {
    if (pending_.credentials.empty())
        return CtapStatus::NotAllowed;
    auto const index = pending_.credentials.back();
    pending_.credentials.pop_back();
    return sign_assertion(state_.credentials[index], 1);
}

Authenticator::Reply Authenticator::sign_assertion(KeyCredential const& credential, std::size_t total) {
    ++state_.signature_count;
    persist();
    auto const data = auth_data(pending_.rp_id, pending_.verified, nullptr);
    CborValue::Map reply{{1, CborValue::Map{{"id", credential.id}, {"type", "public-key"}}},
                         {2, data},
                         {3, credential.key.sign(joined(data, pending_.client_data_hash))}};
    if (credential.resident) {
        CborValue::Map user{{"id", credential.user_id}};
        // Names tell accounts apart, and only a verified user may see them.
        if (pending_.verified && total > 1) {
            user.emplace_back("name", credential.user_name);
            user.emplace_back("displayName", credential.user_display_name);
        }
        reply.emplace_back(4, std::move(user));
    }
    if (total > 1)
        reply.emplace_back(5, static_cast<std::int64_t>(total));
    return CborValue(std::move(reply));
}

} // namespace portico
