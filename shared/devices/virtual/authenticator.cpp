#include "shared/devices/virtual/authenticator.h"

#include "shared/base/uuid.h"
#include "shared/devices/virtual/pin_protocol.h"

namespace portico {

namespace {

constexpr int message_bytes_max = 2048;

enum Command : std::uint8_t { make = 0x01, get = 0x02, info = 0x04, pin = 0x06, next = 0x08 };

// Made up: no vendor has it.
Bytes const aaguid{'p', 'o', 'r', 't', 'i', 'c', 'o', '-', 's', 'o', 'f', 't', '-', 'k', 'e', 'y'};

Bytes to_reply(CtapStatus status, std::optional<CborValue> const& value) {
    Bytes out{static_cast<std::uint8_t>(status)};
    if (value) {
        auto const body = value->encode();
        out.insert(out.end(), body.begin(), body.end());
    }
    return out;
}

} // namespace

Result<std::unique_ptr<Authenticator>> Authenticator::create(AuthenticatorOptions options) {
    AuthenticatorState state;
    if (!options.state_file.empty())
        state = TRY(AuthenticatorState::load(options.state_file));
    return std::unique_ptr<Authenticator>(new Authenticator(std::move(options), std::move(state)));
}

Authenticator::Authenticator(AuthenticatorOptions options, AuthenticatorState state)
    : options_(std::move(options)), state_(std::move(state)), agreement_key_(P256Key::generate()),
      pin_token_(random_bytes(32)) {}

void Authenticator::power_cycle() {
    std::lock_guard const lock(guard_);
    ++power_cycles_;
    wrong_pins_since_power_ = 0;
    agreement_key_ = P256Key::generate();
    pin_token_ = random_bytes(32);
    pending_ = {};
}

bool Authenticator::has_pin() const {
    std::lock_guard const lock(guard_);
    return !state_.pin_hash.empty();
}

std::size_t Authenticator::credential_count() const {
    std::lock_guard const lock(guard_);
    return state_.credentials.size();
}

void Authenticator::set_signature_count(std::uint32_t count) {
    std::lock_guard const lock(guard_);
    state_.signature_count = count;
    persist();
}

std::uint32_t Authenticator::signature_count() const {
    std::lock_guard const lock(guard_);
    return state_.signature_count;
}

void Authenticator::persist() {
    // A bench whose disk is full goes on with what is in memory.
    if (!options_.state_file.empty())
        std::ignore = state_.save(options_.state_file).has_error();
}

Bytes Authenticator::handle(std::uint8_t command, ByteView parameters, TouchWait const& touch,
                            std::optional<std::uint64_t> given_after) {
    std::lock_guard const lock(guard_);
    if (given_after && *given_after != power_cycles_)
        return to_reply(CtapStatus::NotAllowed, {});
    CborValue value = CborValue::Map{};
    if (!parameters.empty()) {
        auto parsed = CborValue::parse(parameters);
        if (parsed.has_error() || parsed.value().map() == nullptr)
            return to_reply(CtapStatus::InvalidCbor, {});
        value = std::move(parsed.value());
    }
    auto const reply = run(command, value, touch);
    return to_reply(reply.status, reply.value);
}

Authenticator::Reply Authenticator::run(std::uint8_t command, CborValue const& parameters,
                                        TouchWait const& touch) {
    if (command != Command::next)
        pending_ = {};
    switch (command) {
    case Command::make:
        return make_credential(parameters, touch);
    case Command::get:
        return get_assertion(parameters, touch);
    case Command::info:
        return get_info();
    case Command::pin:
        return client_pin(parameters);
    case Command::next:
        return next_assertion();
    default:
        return CtapStatus::InvalidCommand;
    }
}

Authenticator::Reply Authenticator::get_info() const {
    CborValue::Array protocols;
    for (int const version : options_.pin_protocols)
        protocols.emplace_back(version);
    CborValue::Map settings{{"rk", true}, {"up", true}};
    if (options_.fingerprint)
        settings.emplace_back("uv", true);
    settings.emplace_back("plat", false);
    settings.emplace_back("clientPin", !state_.pin_hash.empty());
    return CborValue(CborValue::Map{{1, CborValue::Array{"FIDO_2_0"}},
                                    {3, aaguid},
                                    {4, std::move(settings)},
                                    {5, message_bytes_max},
                                    {6, std::move(protocols)}});
}

/// Source: WebAuthn level 2, section 6.1.
Bytes Authenticator::auth_data(std::string const& rp_id, bool verified, Bytes const* attested) const {
    constexpr unsigned present = 0x01;
    constexpr unsigned user_verified = 0x04;
    constexpr unsigned has_attested = 0x40;
    auto out = sha256(as_bytes(rp_id));
    out.push_back(static_cast<std::uint8_t>(present | (verified ? user_verified : 0U) |
                                            (attested != nullptr ? has_attested : 0U)));
    for (unsigned shift = 32; shift != 0;) {
        shift -= 8;
        out.push_back(static_cast<std::uint8_t>(state_.signature_count >> shift));
    }
    if (attested != nullptr)
        out.insert(out.end(), attested->begin(), attested->end());
    return out;
}

} // namespace portico
