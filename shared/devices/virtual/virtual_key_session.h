#pragma once

#include "shared/devices/virtual/virtual_key_slot.h"

namespace portico {

/// The device's end of one opened wire: CTAPHID around the authenticator. Runs on a thread of its own until
/// the host closes the wire or the key is pulled.
class VirtualKeySession {
public:
    VirtualKeySession(VirtualKeySlot& slot, std::shared_ptr<FileDescriptor> wire,
                      std::shared_ptr<Authenticator> authenticator)
        : slot_(slot), wire_(std::move(wire)), authenticator_(std::move(authenticator)),
          power_cycles_(authenticator_->power_cycles()) {}
    void serve();

private:
    enum class Wake : std::uint8_t { Report, Touched, Time };

    Wake wait(int timeout_ms, bool for_touch);
    std::optional<HidMessage> receive();
    void answer(HidMessage const& message);
    Bytes welcome(ByteView nonce);
    bool send(HidMessage const& message);
    Touch wait_for_touch(std::uint32_t channel);
    Touch blink(std::uint32_t channel);

    VirtualKeySlot& slot_;
    std::shared_ptr<FileDescriptor> wire_;
    std::shared_ptr<Authenticator> authenticator_;
    std::uint64_t power_cycles_;
    HidAssembler assembler_;
    std::uint32_t last_channel_ = 0;
    bool gone_ = false;
};

} // namespace portico
