#pragma once

#include "shared/devices/real/hid_channel.h"

#include <memory>

struct fido_dev;

namespace portico {

/// One key opened for one call. The channel outlives the libfido2 device that reads through it.
class FidoCall {
public:
    /// Errors as SecurityKey: key_unplugged, key_not_supported, key_unreadable, cancelled, key_touch_timeout.
    static Result<FidoCall> open(KeyPort& port, PluggedKey const& key, std::chrono::milliseconds timeout,
                                 TouchPrompt touch, std::stop_token cancel);

    fido_dev* device() const { return device_.get(); }
    /// The error that a libfido2 return code of this call stands for. Asks the key for its tries left when
    /// the PIN was wrong.
    Error failure(int code) const;
    bool has_pin() const;
    bool has_fingerprint() const;

private:
    struct Close {
        void operator()(fido_dev* device) const;
    };
    FidoCall() = default;

    std::unique_ptr<HidChannel> channel_;
    std::unique_ptr<fido_dev, Close> device_;
};

/// A PIN as the C string that libfido2 wants; wiped with it.
class CPin {
public:
    explicit CPin(Secret const& pin);
    ~CPin();
    CPin(CPin const&) = delete;
    CPin& operator=(CPin const&) = delete;
    /// Null when the PIN is empty.
    char const* get() const;
    /// Errors: InvalidInput "key_pin_policy".
    static Result<void> check(Secret const& pin);

private:
    Bytes text_;
};

inline constexpr std::size_t key_pin_characters_min = 4;
inline constexpr std::size_t key_pin_bytes_max = 63;

} // namespace portico
