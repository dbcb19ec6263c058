#pragma once

#include "shared/base/encoding.h"

#include <memory>

namespace portico::crypto {

/// SHA-256 of what comes piece by piece: a file too large to hold.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;
    ~Sha256();

    void add(ByteView bytes);
    /// 32 bytes. Nothing can be added after.
    Bytes finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace portico::crypto
