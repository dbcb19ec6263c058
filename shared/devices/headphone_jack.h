#pragma once

#include <cstdint>
#include <functional>

namespace portico {

/// Whether what is spoken stays with one person.
enum class Headphones : std::uint8_t {
    NoJack, ///< this terminal cannot tell, so nothing personal is ever spoken
    Out,
    In,
};

/// The socket of headphones. Nothing blocks.
class HeadphoneJack {
public:
    HeadphoneJack() = default;
    HeadphoneJack(HeadphoneJack const&) = delete;
    HeadphoneJack& operator=(HeadphoneJack const&) = delete;
    virtual ~HeadphoneJack() = default;

    virtual Headphones state() const = 0;
    /// `changed` gets the present state at once and then each change, from the device's thread. An empty
    /// function ends it.
    virtual void watch(std::function<void(Headphones)> changed) = 0;
};

} // namespace portico
