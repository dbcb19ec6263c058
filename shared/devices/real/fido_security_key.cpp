#include "shared/devices/real/fido_security_key.h"

#include "shared/devices/real/fido_requests.h"

#include <fido.h>

namespace portico {

namespace {

/// For calls that need no finger.
constexpr std::chrono::milliseconds key_answer_timeout_ms{3000};

} // namespace

FidoSecurityKey::FidoSecurityKey(KeyPort& port)
    : port_(port), watcher_([this](std::stop_token stop) { run(std::move(stop)); }) {}

FidoSecurityKey::~FidoSecurityKey() = default;

void FidoSecurityKey::run(std::stop_token stop) {
    std::optional<PluggedKey> known;
    while (!stop.stop_requested()) {
        look(known);
        port_.wait_for_change(stop);
    }
}

void FidoSecurityKey::look(std::optional<PluggedKey>& known) {
    auto const key = newest();
    if (key.has_error()) {
        known.reset();
        if (key.error().reason == "key_absent")
            state_.set(KeyAbsent{});
        else
            state_.set(KeyFault{key.error()});
        return;
    }
    if (known == key.value())
        return;
    // Between a quick pull and re-insertion no list was empty: the watcher still sees one absence.
    state_.set(KeyAbsent{});
    known = key.value();
    ++insertions_;
    std::lock_guard const call_lock(call_guard_);
    state_.set(read_state(*known));
}

SecurityKeyState FidoSecurityKey::read_state(PluggedKey const& key) {
    auto const unreadable = error(ErrorKind::Unavailable, "key_unreadable", "the key does not answer");
    auto opened = FidoCall::open(port_, key, key_answer_timeout_ms, {}, {});
    if (opened.has_error()) {
        auto const& reason = opened.error().reason;
        // One that is still in was not pulled: nothing would tell its person to put it in again.
        if (reason == "key_unplugged")
            return is_gone(key) ? SecurityKeyState(KeyAbsent{}) : KeyFault{unreadable};
        if (reason == "key_touch_timeout")
            return KeyFault{unreadable};
        return KeyFault{opened.error()};
    }
    auto const& call = opened.value();
    return KeyReady{key.product, call.has_pin(), call.has_fingerprint(), insertions_};
}

Result<PluggedKey> FidoSecurityKey::newest() const {
    auto const keys = TRY(port_.list());
    if (keys.empty())
        return error(ErrorKind::Unavailable, "key_absent", "no security key is plugged in");
    return keys.front();
}

bool FidoSecurityKey::is_gone(PluggedKey const& key) const {
    auto const now = newest();
    return now.has_value() ? now.value() != key : now.error().reason == "key_absent";
}

Result<Attestation> FidoSecurityKey::make_credential(MakeCredentialRequest const& request, Secret const& pin,
                                                     TouchPrompt const& touch, std::stop_token cancel) {
    std::lock_guard const lock(call_guard_);
    auto const key = TRY(newest());
    auto const call = TRY(FidoCall::open(port_, key, request.timeout, touch, std::move(cancel)));
    return fido_make_credential(call, request, pin);
}

Result<Assertion> FidoSecurityKey::get_assertion(GetAssertionRequest const& request, Secret const& pin,
                                                 TouchPrompt const& touch, std::stop_token cancel) {
    std::lock_guard const lock(call_guard_);
    auto const key = TRY(newest());
    auto const call = TRY(FidoCall::open(port_, key, request.timeout, touch, std::move(cancel)));
    return fido_get_assertion(call, request, pin);
}

Result<int> FidoSecurityKey::pin_tries_left() {
    std::lock_guard const lock(call_guard_);
    auto const key = TRY(newest());
    auto const call = TRY(FidoCall::open(port_, key, key_answer_timeout_ms, {}, {}));
    int tries = 0;
    if (int const code = fido_dev_get_retry_count(call.device(), &tries); code != FIDO_OK)
        return call.failure(code);
    return tries;
}

Result<void> FidoSecurityKey::set_pin(Secret const& new_pin) {
    TRY(CPin::check(new_pin));
    std::lock_guard const lock(call_guard_);
    auto const key = TRY(newest());
    auto set = set_first_pin(key, new_pin);
    // After a failure too: the key may have taken the PIN, and only its answer was lost.
    state_.set(read_state(key));
    // Pulled since: the watcher told of that before we told otherwise.
    if (is_gone(key))
        state_.set(KeyAbsent{});
    return set;
}

Result<void> FidoSecurityKey::set_first_pin(PluggedKey const& key, Secret const& new_pin) {
    auto const call = TRY(FidoCall::open(port_, key, key_answer_timeout_ms, {}, {}));
    if (call.has_pin())
        return error(ErrorKind::Conflict, "key_pin_set_already", "the key has a PIN already");
    CPin const pin(new_pin);
    if (int const code = fido_dev_set_pin(call.device(), pin.get(), nullptr); code != FIDO_OK)
        return call.failure(code);
    return ok();
}

} // namespace portico
