#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <optional>

namespace portico::terminal {

/// Numbers the commands of a program; 0 is none.
using RequestNumber = std::uint64_t;

/// Something that was asked for and arrives later. Only the reply to the newest request is taken.
template <class T>
struct Load {
    RequestNumber request = 0;
    std::optional<T> value;
    std::optional<Error> failure;

    bool waiting() const { return request != 0; }
    void begin(RequestNumber number) {
        request = number;
        failure.reset();
    }
    /// Whether it was the reply that is waited for.
    bool take(RequestNumber number, Result<T>& result) {
        if (number == 0 || number != request)
            return false;
        request = 0;
        if (result.has_value()) {
            value = std::move(result).value();
            failure.reset();
        } else {
            failure = result.error();
        }
        return true;
    }
};

/// Something that was asked to be done.
struct Doing {
    RequestNumber request = 0;
    std::optional<Error> failure;

    bool waiting() const { return request != 0; }
    void begin(RequestNumber number) {
        request = number;
        failure.reset();
    }
    bool take(RequestNumber number, Error const* error) {
        if (number == 0 || number != request)
            return false;
        request = 0;
        failure = error != nullptr ? std::optional(*error) : std::nullopt;
        return true;
    }
};

} // namespace portico::terminal
