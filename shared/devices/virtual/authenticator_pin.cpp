#include "shared/base/secret.h"
#include "shared/base/uuid.h"
#include "shared/devices/virtual/authenticator.h"
#include "shared/devices/virtual/pin_protocol.h"

#include <algorithm>

namespace portico {

namespace {

constexpr int wrong_pins_per_power_max = 3;
constexpr std::size_t pin_hash_bytes = 16;
constexpr std::size_t new_pin_bytes = 64; // padded with zeros
constexpr std::size_t pin_bytes_min = 4;

// authenticatorClientPIN parameters and subcommands.
enum Parameter : int { protocol_at = 1, subcommand_at, agreement_at, auth_at, new_pin_at, pin_hash_at };
enum Subcommand : int { get_retries = 1, get_agreement, set_pin, change_pin, get_token };

Bytes hash_of(ByteView pin) {
    auto hash = sha256(pin);
    hash.resize(pin_hash_bytes);
    return hash;
}

/// The shared secret of the host's key, or nothing.
std::optional<PinProtocol> agree(P256Key const& own, CborValue const& parameters, int version) {
    auto const* peer = parameters.find(agreement_at);
    auto const* x = peer == nullptr ? nullptr : peer->find(-2);
    auto const* y = peer == nullptr ? nullptr : peer->find(-3);
    if (x == nullptr || y == nullptr || x->bytes() == nullptr || y->bytes() == nullptr)
        return std::nullopt;
    auto const shared = own.agree(*x->bytes(), *y->bytes());
    if (shared.has_error())
        return std::nullopt;
    return PinProtocol(version, shared.value());
}

Bytes const* bytes_at(CborValue const& parameters, int key) {
    auto const* value = parameters.find(key);
    return value == nullptr ? nullptr : value->bytes();
}

int version_of(CborValue const& parameters) {
    auto const* value = parameters.find(protocol_at);
    auto const* number = value == nullptr ? nullptr : value->integer();
    return number == nullptr ? 0 : static_cast<int>(std::clamp<std::int64_t>(*number, 0, 100));
}

} // namespace

void Authenticator::preset_pin(std::string_view pin) {
    std::lock_guard const lock(guard_);
    state_.pin_hash = hash_of(as_bytes(pin));
    state_.pin_tries = authenticator_pin_tries_max;
    persist();
}

Authenticator::Reply Authenticator::client_pin(CborValue const& parameters) {
    auto const* subcommand = parameters.find(subcommand_at);
    if (subcommand == nullptr || subcommand->integer() == nullptr)
        return CtapStatus::MissingParameter;
    if (*subcommand->integer() == get_retries)
        return CborValue(CborValue::Map{{3, state_.pin_tries}});
    if (std::ranges::find(options_.pin_protocols, version_of(parameters)) == options_.pin_protocols.end())
        return CtapStatus::InvalidParameter;
    switch (*subcommand->integer()) {
    case get_agreement:
        return CborValue(CborValue::Map{
            {1,
             CborValue::Map{{1, 2}, {3, -25}, {-1, 1}, {-2, agreement_key_.x()}, {-3, agreement_key_.y()}}}});
    case set_pin:
        return set_or_change_pin(parameters, false);
    case change_pin:
        return set_or_change_pin(parameters, true);
    case get_token:
        return pin_token(parameters);
    default:
        return CtapStatus::InvalidParameter;
    }
}

Authenticator::Reply Authenticator::set_or_change_pin(CborValue const& parameters, bool change) {
    auto const* auth = bytes_at(parameters, auth_at);
    auto const* new_pin = bytes_at(parameters, new_pin_at);
    auto const* old_hash = bytes_at(parameters, pin_hash_at);
    if (auth == nullptr || new_pin == nullptr || (change && old_hash == nullptr))
        return CtapStatus::MissingParameter;
    if (change == state_.pin_hash.empty())
        return change ? CtapStatus::PinNotSet : CtapStatus::PinAuthInvalid;
    auto const session = agree(agreement_key_, parameters, version_of(parameters));
    if (!session)
        return CtapStatus::InvalidParameter;
    auto signed_part = *new_pin;
    if (change)
        signed_part.insert(signed_part.end(), old_hash->begin(), old_hash->end());
    if (!session->verify(signed_part, *auth))
        return CtapStatus::PinAuthInvalid;
    if (change) {
        auto const hash = session->decrypt(*old_hash);
        if (!hash)
            return CtapStatus::PinAuthInvalid;
        if (auto const status = try_pin(*hash); status != CtapStatus::Ok)
            return status;
    }
    auto padded = session->decrypt(*new_pin);
    if (!padded)
        return CtapStatus::PinAuthInvalid;
    auto const status = accept_new_pin(*padded);
    wipe(padded->data(), padded->size());
    return status;
}

CtapStatus Authenticator::accept_new_pin(ByteView padded) {
    if (padded.size() != new_pin_bytes || padded.back() != 0)
        return CtapStatus::PinPolicyViolation;
    auto const length = static_cast<std::size_t>(std::ranges::find(padded, 0) - padded.begin());
    if (length < pin_bytes_min)
        return CtapStatus::PinPolicyViolation;
    state_.pin_hash = hash_of(padded.first(length));
    state_.pin_tries = authenticator_pin_tries_max;
    wrong_pins_since_power_ = 0;
    pin_token_ = random_bytes(32);
    persist();
    return CtapStatus::Ok;
}

/// Counts the try down before it looks at the PIN, so that pulling the plug wins nothing.
CtapStatus Authenticator::try_pin(Bytes const& hash) {
    if (state_.pin_tries == 0)
        return CtapStatus::PinBlocked;
    if (wrong_pins_since_power_ >= wrong_pins_per_power_max)
        return CtapStatus::PinAuthBlocked;
    --state_.pin_tries;
    persist();
    if (equal_constant_time(hash, state_.pin_hash)) {
        state_.pin_tries = authenticator_pin_tries_max;
        wrong_pins_since_power_ = 0;
        persist();
        return CtapStatus::Ok;
    }
    agreement_key_ = P256Key::generate();
    ++wrong_pins_since_power_;
    if (state_.pin_tries == 0)
        return CtapStatus::PinBlocked;
    return wrong_pins_since_power_ >= wrong_pins_per_power_max ? CtapStatus::PinAuthBlocked
                                                               : CtapStatus::PinInvalid;
}

Authenticator::Reply Authenticator::pin_token(CborValue const& parameters) {
    auto const* sealed = bytes_at(parameters, pin_hash_at);
    if (sealed == nullptr)
        return CtapStatus::MissingParameter;
    if (state_.pin_hash.empty())
        return CtapStatus::PinNotSet;
    auto const session = agree(agreement_key_, parameters, version_of(parameters));
    if (!session)
        return CtapStatus::InvalidParameter;
    auto const hash = session->decrypt(*sealed);
    if (!hash)
        return CtapStatus::PinAuthInvalid;
    if (auto const status = try_pin(*hash); status != CtapStatus::Ok)
        return status;
    return CborValue(CborValue::Map{{2, session->encrypt(pin_token_)}});
}

Authenticator::PinCheck Authenticator::check_user(CborValue const& parameters, int pin_auth_at,
                                                  int pin_protocol_at) const {
    auto const* auth = bytes_at(parameters, pin_auth_at);
    if (auth == nullptr)
        return {};
    auto const* protocol = parameters.find(pin_protocol_at);
    auto const* version = protocol == nullptr ? nullptr : protocol->integer();
    if (version == nullptr)
        return {CtapStatus::MissingParameter, false};
    if (state_.pin_hash.empty())
        return {CtapStatus::PinNotSet, false};
    auto const* hash = bytes_at(parameters, pin_auth_at == 8 ? 1 : 2); // clientDataHash
    if (hash == nullptr ||
        !PinProtocol::verify_with_token(static_cast<int>(*version), pin_token_, *hash, *auth))
        return {CtapStatus::PinAuthInvalid, false};
    return {CtapStatus::Ok, true};
}

} // namespace portico
