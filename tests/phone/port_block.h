#pragma once

#include <cstdint>

namespace portico::test {

/// Ports of loopback that no other test of this machine takes meanwhile, below those that the system gives to
/// whoever asks for any. For programs that must be told their ports.
class PortBlock {
public:
    static constexpr int size = 200;
    PortBlock();
    PortBlock(PortBlock const&) = delete;
    PortBlock& operator=(PortBlock const&) = delete;
    ~PortBlock();
    std::uint16_t at(int offset) const { return static_cast<std::uint16_t>(first_ + offset); }

private:
    int first_ = 0;
    int lock_ = -1;
};

} // namespace portico::test
