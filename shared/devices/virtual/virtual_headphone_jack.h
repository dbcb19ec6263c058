#pragma once

#include "shared/devices/headphone_jack.h"

#include <mutex>

namespace portico {

/// A headphone jack for the bench. Any thread.
class VirtualHeadphoneJack final : public HeadphoneJack {
public:
    void plug() { set(Headphones::In); }
    void unplug() { set(Headphones::Out); }

    Headphones state() const override;
    void watch(std::function<void(Headphones)> changed) override;

private:
    void set(Headphones state);

    mutable std::mutex guard_;
    Headphones state_ = Headphones::Out;
    std::function<void(Headphones)> changed_;
};

} // namespace portico
