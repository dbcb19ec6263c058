#include "shared/devices/real/fido_call.h"

#include <algorithm>
#include <fido.h>

namespace portico {

namespace {

/// libfido2 keeps the flags for each thread by itself: every thread that calls it has to say so.
void start_library() {
    thread_local bool started = false;
    if (started)
        return;
    started = true;
    // A U2F key has no PIN: signing in with it would be one factor that looks like two.
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
}

Error locked_or_refused(int code) {
    switch (code) {
    case FIDO_ERR_PIN_AUTH_BLOCKED:
        return error(ErrorKind::Refused, "key_pin_auth_blocked",
                     "too many wrong PINs since the key was plugged in");
    case FIDO_ERR_PIN_BLOCKED:
        return error(ErrorKind::Locked, "key_pin_blocked", "the key's PIN is blocked; the key must be reset");
    case FIDO_ERR_PIN_NOT_SET:
        return error(ErrorKind::Refused, "key_pin_not_set", "the key has no PIN yet");
    case FIDO_ERR_PIN_REQUIRED:
    case FIDO_ERR_UV_BLOCKED:
        return error(ErrorKind::Refused, "key_pin_required", "the key wants its PIN");
    case FIDO_ERR_UV_INVALID:
        return error(ErrorKind::Refused, "key_fingerprint_wrong", "the key did not know the finger");
    case FIDO_ERR_PIN_POLICY_VIOLATION:
        return error(ErrorKind::InvalidInput, "key_pin_policy", "the key does not take such a PIN");
    default:
        break;
    }
    return error(ErrorKind::Unavailable, "key_unreadable",
                 "the key's answer cannot be used (libfido2 code " + std::to_string(code) + ")");
}

Error by_code(int code) {
    switch (code) {
    case FIDO_ERR_NO_CREDENTIALS:
    case FIDO_ERR_INVALID_CREDENTIAL:
        return error(ErrorKind::NotFound, "key_no_credential", "the key holds no credential for this plan");
    case FIDO_ERR_CREDENTIAL_EXCLUDED:
        return error(ErrorKind::Conflict, "key_already_registered",
                     "the key is registered to this account already");
    case FIDO_ERR_KEY_STORE_FULL:
    case FIDO_ERR_LIMIT_EXCEEDED:
        return error(ErrorKind::Full, "key_full", "the key has no room for another credential");
    case FIDO_ERR_USER_ACTION_TIMEOUT:
    case FIDO_ERR_ACTION_TIMEOUT:
    case FIDO_ERR_OPERATION_DENIED:
        return error(ErrorKind::TimedOut, "key_touch_timeout", "the key was not touched in time");
    case FIDO_ERR_UNSUPPORTED_OPTION:
    case FIDO_ERR_INVALID_OPTION:
    case FIDO_ERR_UNSUPPORTED_ALGORITHM:
    case FIDO_ERR_UNSUPPORTED_EXTENSION:
    case FIDO_ERR_INVALID_COMMAND:
        return error(ErrorKind::Unavailable, "key_not_supported", "the key cannot do what was asked");
    default:
        return locked_or_refused(code);
    }
}

} // namespace

void FidoCall::Close::operator()(fido_dev* device) const {
    fido_dev_close(device);
    fido_dev_free(&device);
}

Result<FidoCall> FidoCall::open(KeyPort& port, PluggedKey const& key, std::chrono::milliseconds timeout,
                                TouchPrompt touch, std::stop_token cancel) {
    start_library();
    FidoCall call;
    call.channel_ =
        std::make_unique<HidChannel>(port, key.path, timeout, std::move(touch), std::move(cancel));
    call.device_.reset(fido_dev_new());
    if (!call.device_)
        return error(ErrorKind::Internal, "out_of_memory", "libfido2 could not make a device");
    if (int const code = call.channel_->attach(call.device()); code != FIDO_OK)
        return call.failure(code);
    if (call.channel_->end() != HidChannel::End::None)
        return call.failure(FIDO_ERR_RX);
    if (!fido_dev_is_fido2(call.device()))
        return error(ErrorKind::Unavailable, "key_not_supported", "the key does not speak FIDO2");
    return call;
}

Error FidoCall::failure(int code) const {
    if (channel_->open_error())
        return *channel_->open_error();
    switch (channel_->end()) {
    case HidChannel::End::Cancelled:
        return error(ErrorKind::Cancelled, "cancelled");
    case HidChannel::End::TimedOut:
        return error(ErrorKind::TimedOut, "key_touch_timeout", "the key was not touched in time");
    case HidChannel::End::Unplugged:
        return error(ErrorKind::Unavailable, "key_unplugged", "the key was pulled out during the call");
    case HidChannel::End::None:
        break;
    }
    if (code != FIDO_ERR_PIN_INVALID)
        return by_code(code);
    auto wrong = error(ErrorKind::Refused, "key_pin_wrong", "the key's PIN was wrong");
    int tries = 0;
    if (fido_dev_get_retry_count(device(), &tries) == FIDO_OK && tries >= 0)
        wrong.tries_left = tries;
    if (wrong.tries_left == 0)
        return by_code(FIDO_ERR_PIN_BLOCKED);
    return wrong;
}

bool FidoCall::has_pin() const {
    return fido_dev_has_pin(device());
}

bool FidoCall::has_fingerprint() const {
    return fido_dev_has_uv(device());
}

CPin::CPin(Secret const& pin) {
    if (pin.empty())
        return;
    text_.reserve(pin.size() + 1);
    text_.assign(pin.bytes().begin(), pin.bytes().end());
    text_.push_back(0);
}

CPin::~CPin() {
    wipe(text_.data(), text_.size());
}

char const* CPin::get() const {
    return text_.empty() ? nullptr : reinterpret_cast<char const*>(text_.data());
}

Result<void> CPin::check(Secret const& pin) {
    auto const text = pin.reveal();
    auto const characters = std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; // UTF-8: every byte that begins a character
    });
    if (characters < static_cast<std::ptrdiff_t>(key_pin_characters_min) || text.size() > key_pin_bytes_max ||
        text.find('\0') != text.npos || !is_utf8(text))
        return error(ErrorKind::InvalidInput, "key_pin_policy", "a key PIN has 4 characters to 63 bytes");
    return ok();
}

} // namespace portico
