#include "shared/devices/virtual/virtual_headphone_jack.h"

namespace portico {

Headphones VirtualHeadphoneJack::state() const {
    std::lock_guard const lock(guard_);
    return state_;
}

void VirtualHeadphoneJack::watch(std::function<void(Headphones)> changed) {
    std::lock_guard const lock(guard_);
    changed_ = std::move(changed);
    if (changed_)
        changed_(state_);
}

void VirtualHeadphoneJack::set(Headphones state) {
    std::lock_guard const lock(guard_);
    if (state == state_)
        return;
    state_ = state;
    if (changed_)
        changed_(state_);
}

} // namespace portico
